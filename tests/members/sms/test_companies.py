"""Both companies' senders, against servers that check the signature as the companies do."""

import logging
import traceback

import pytest

from members.sms import Busy, NotSent, get_sender, sending
from tests.members.sms.companies import COMPANIES

PHONE, CODE = "13812341234", "123456"


def refusal() -> NotSent:
    with pytest.raises(NotSent) as caught:
        get_sender().send_code(PHONE, CODE)
    return caught.value


def each(field: str):
    pairs = [(name, code) for name, its in COMPANIES.items() for code in getattr(its, field)]
    return pytest.mark.parametrize(("company", "code"), pairs, indirect=["company"])


def test_a_signed_request_is_taken(company, server):
    get_sender().send_code(PHONE, CODE)

    assert server.taken == [(f"{company.phone_prefix}{PHONE}", CODE)]


def test_every_request_is_signed_anew(server):
    for _ in range(3):
        get_sender().send_code(PHONE, CODE)

    assert len(server.taken) == 3


@each("lasting")
def test_what_lasts_is_not_worth_another_try(server, code):
    server.next_codes = [code]

    refused = refusal()

    assert (type(refused), refused.code) == (NotSent, code)


@each("passing")
def test_what_passes_is_worth_another_try(server, code):
    server.next_codes = [code]

    refused = refusal()

    assert (type(refused), refused.code) == (Busy, code)


def test_a_refusal_names_the_companys_number_for_it(company, server):
    server.next_codes = [company.lasting[0]]

    assert refusal().request_id


@pytest.mark.parametrize("setting", ["SMS_KEY_ID", "SMS_KEY_SECRET"])
def test_wrong_keys_are_refused(company, server, settings, setting):
    setattr(settings, setting, "wrong")

    said = company.wrong_key if setting == "SMS_KEY_ID" else company.wrong_secret
    assert refusal().code == said


@pytest.mark.parametrize("setting", ["SMS_SIGN_NAME", "SMS_TEMPLATE"])
def test_what_was_not_approved_is_refused(server, settings, setting):
    setattr(settings, setting, "wrong")

    assert type(refusal()) is NotSent
    assert server.taken == []


def test_a_company_that_is_silent_is_not_waited_for(company, server, settings, monkeypatch):
    settings.SMS_REGION = "cn-silent"  # a client of its own, made with the short time
    monkeypatch.setattr(f"{module_of(company)}.READ_TIMEOUT", 1_000)
    server.seconds = 30

    assert type(refusal()) is Busy


def module_of(company) -> str:
    return company.settings["SMS_SENDER"].rpartition(".")[0]


def test_a_company_that_is_not_there_is_busy(server, settings):
    settings.SMS_ENDPOINT = "http://127.0.0.1:9"

    assert type(refusal()) is Busy


def test_no_error_carries_the_phone_or_the_code(company, server, settings):
    told = []
    for endpoint in (server.url, "http://127.0.0.1:9"):
        settings.SMS_ENDPOINT = endpoint
        server.next_codes = [company.passing[0]]
        told += traceback.format_exception(refusal())

    assert [secret for secret in (PHONE, CODE, "13800000000") if secret in "".join(told)] == []


def test_no_log_carries_the_phone_or_the_code(server, caplog):
    with caplog.at_level(logging.INFO):
        get_sender().send_code(PHONE, CODE)

    assert [secret for secret in (PHONE, CODE) if secret in caplog.text] == []


def test_a_company_has_seconds_to_answer():
    assert (sending.CONNECT_TIMEOUT, sending.READ_TIMEOUT) == (3_000, 5_000)
