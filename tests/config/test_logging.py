import logging

import pytest
import structlog

from config.logging import logging_config
from tests.factories import TICK


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


@pytest.fixture
def written(tmp_path):
    """What the log holds after a logger of either kind has said something."""

    def write(say) -> str:
        file = tmp_path / "log"
        config = logging_config(json=True, file=file)
        before = logging.root.handlers[:]
        formatter = config["formatters"]["structured"]
        handler = logging.FileHandler(file, encoding="utf-8")
        made = {key: value for key, value in formatter.items() if key != "()"}
        handler.setFormatter(formatter["()"](**made))
        logging.root.handlers = [handler]
        try:
            say()
        finally:
            handler.close()
            logging.root.handlers = before
        return file.read_text(encoding="utf-8")

    return write


def break_with(phone: str) -> None:
    try:
        raise ValueError(f"no such member: {phone}")
    except ValueError:
        logging.getLogger("some.package").exception("failed")


@pytest.mark.parametrize(
    "say",
    [
        lambda phone: logging.getLogger("some.package").warning("sent to %s", phone),
        lambda phone: structlog.get_logger("ours").warning("sent", to=phone, all=[{"a": phone}]),
        lambda phone: structlog.get_logger("ours").warning("sent", number=int(phone)),
        break_with,
    ],
)
def test_number_that_reaches_the_log_is_not_written(written, say):
    text = written(lambda: say("13800138000"))

    assert "13800138000" not in text
    assert "1**********" in text


def test_longer_numbers_stay(written):
    text = written(lambda: logging.getLogger("some.package").warning("at 1764400000000"))

    assert "1764400000000" in text


def test_traceback_says_where_and_not_with_what(written):
    def fail():
        name = "陈" + "秀英"  # a local of the frame, which no line of the traceback shows
        raise KeyError(len(name))

    def say():
        try:
            fail()
        except KeyError:
            structlog.get_logger("ours").exception("failed")

    text = written(say)
    assert "in fail" in text
    assert "陈秀英" not in text


def test_error_page_and_its_report_name_nobody(client, home, settings, written, monkeypatch):
    """What was posted stands in no report: neither in the log nor in the answer."""
    settings.DEBUG = False
    client.raise_request_exception = False
    monkeypatch.setattr("members.code_views.ask_for_code", break_the_view)

    answers = []
    data = {"phone": "13800138000", **TICK}
    text = written(lambda: answers.append(client.post("/accounts/login/code/", data)))

    assert answers[0].status_code == 500
    assert "RuntimeError" in text
    assert "13800138000" not in text + answers[0].text


def break_the_view(**_facts):
    raise RuntimeError
