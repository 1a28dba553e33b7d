import logging

import pytest

from config.logging import logging_config


def test_request_log_leaves_out_what_was_typed(client, home, caplog):
    with caplog.at_level(logging.INFO):
        client.get("/?q=13800138000")

    assert "GET /" in caplog.text
    assert "13800138000" not in caplog.text


def test_every_request_has_an_id(client, home, caplog):
    with caplog.at_level(logging.INFO, logger="django_structlog"):
        client.get("/")

    assert "request_id" in caplog.text


@pytest.mark.parametrize("json", [True, False])
def test_log_goes_to_the_console_without_a_file(json):
    assert list(logging_config(json=json)["handlers"]) == ["console"]
