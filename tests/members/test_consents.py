"""Consent by version and date: on the way in, in a running session, and taken back."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import documents
from members.consenting import COOKIE, GATE_KEY
from members.documents.editions import PRIVACY
from members.domain.challenges import RESEND
from members.domain.consents import give_consent, has_agreed, withdraw_consent
from members.models import Action, AuditEntry, Consent, ConsentWay
from tests.counting import count_queries
from tests.factories import PASSWORD, TICK, make_member

LOGIN, CODE, AGREE = "/accounts/login/", "/accounts/login/code/", "/privacy/agree/"
PAGE = {"HTTP_ACCEPT": "text/html,application/xhtml+xml"}
NOW = timezone.now()
CURRENT = {("privacy", "1.0"), ("terms", "1.0")}


def sign_in(client, member, **data):
    return client.post(LOGIN, {"login": member.phone, "password": PASSWORD, **data})


def sign_in_by_code(client, member, sent, **data):
    client.post(CODE, {"phone": member.phone, **data})
    return client.post(f"{CODE}confirm/", {"code": sent[-1][1]})


def rows(member) -> set:
    in_force = Consent.objects.filter(member=member, withdrawn_at=None)
    return set(in_force.values_list("document", "version"))


@pytest.fixture
def new_version(monkeypatch):
    """The privacy notice changes."""

    def publish():
        edition = replace(PRIVACY.current, version="2.0", changes="多存一样东西。")
        changed = replace(PRIVACY, editions=(edition, *PRIVACY.editions))
        monkeypatch.setitem(documents.DOCUMENTS, "privacy", changed)

    return publish


class TestSignIn:
    def test_box_is_not_ticked(self, client, db):
        for url in (LOGIN, CODE):
            (box,) = re.findall(r'<input[^>]*name="agree"[^>]*>', client.get(url).text)
            assert "checked" not in box

    def test_refusal_signs_nobody_in_and_keeps_the_phone(self, client, member):
        response = sign_in(client, member)

        assert "请先阅读，同意后在方框里打勾" in response.text
        assert f'value="{member.phone}"' in response.text
        assert "_auth_user_id" not in client.session
        assert not Consent.objects.exists()

    def test_no_code_is_sent_without_consent(self, client, member, sent):
        response = client.post(CODE, {"phone": member.phone})

        assert (response.status_code, sent) == (200, [])
        assert f'value="{member.phone}"' in response.text

    @pytest.mark.parametrize("tick", ["on", "privacy-0.9.terms-1.0", ""])
    def test_tick_for_another_version_is_no_tick(self, client, member, tick):
        sign_in(client, member, agree=tick)

        assert "_auth_user_id" not in client.session

    def test_password_sign_in_writes_version_date_and_way(self, client, member):
        sign_in(client, member, **TICK)

        assert rows(member) == CURRENT
        assert {each.way for each in Consent.objects.all()} == {ConsentWay.PASSWORD}
        assert client.session[GATE_KEY] == TICK["agree"]

    def test_code_sign_in_writes_its_way(self, client, member, sent):
        sign_in_by_code(client, member, sent, **TICK)

        assert {each.way for each in member.consents.all()} == {ConsentWay.SMS}

    def test_tick_of_one_is_not_the_consent_of_the_next(self, client, member, sent):
        other = make_member("黄桂芳")
        client.post(CODE, {"phone": other.phone, **TICK})

        sign_in_by_code(client, member, sent)

        assert rows(member) == rows(other) == set()

    def test_tick_stays_when_the_code_is_sent_again(self, client, member, sent):
        client.post(CODE, {"phone": member.phone, **TICK})
        RESEND.clear(member.phone)

        sign_in_by_code(client, member, sent)

        assert rows(member) == CURRENT

    def test_wrong_password_writes_nothing(self, client, member):
        client.post(LOGIN, {"login": member.phone, "password": "wrong-wrong", **TICK})

        assert not Consent.objects.exists()

    def test_device_that_agreed_is_not_asked_again(self, client, member):
        sign_in(client, member, **TICK)
        client.logout()
        client.cookies[COOKIE] = TICK["agree"]

        assert 'name="agree"' not in client.get(LOGIN).text
        assert sign_in(client, member).status_code == 302

    def test_cookie_stays_with_the_sign_in_pages(self, client, member):
        sign_in(client, member, **TICK)

        cookie = client.cookies[COOKIE]
        assert (cookie["path"], cookie["httponly"]) == ("/accounts/", True)

    def test_what_the_device_remembers_is_not_another_members_consent(self, client, member):
        client.cookies[COOKIE] = TICK["agree"]

        sign_in(client, member)

        assert rows(member) == set()
        assert client.get("/me/", **PAGE).url == f"{AGREE}?next=%2Fme%2F"

    def test_signing_in_again_writes_nothing_new(self, client, member):
        for _each in range(2):
            sign_in(client, member, **TICK)
            client.logout()

        assert member.consents.count() == 2


class TestGate:
    @pytest.fixture
    def signed_in(self, client, member):
        sign_in(client, member, **TICK)
        return member

    def test_agreed_session_is_left_alone(self, client, signed_in):
        assert client.get("/me/", **PAGE).status_code == 200

    def test_session_that_was_never_told_is_left_alone(self, client, member):
        client.force_login(member)

        assert client.get("/me/", **PAGE).status_code == 200

    def test_new_version_is_asked_for_once_in_a_running_session(
        self, client, signed_in, new_version
    ):
        new_version()

        asked = client.get("/me/?a=1", **PAGE)
        assert asked.url == f"{AGREE}?next=%2Fme%2F%3Fa%3D1"
        assert "多存一样东西。" in client.get(asked.url).text
        token = documents.current_token()
        agreed = client.post(AGREE, {"agree": token, "next": "/me/?a=1"})
        assert agreed.url == "/me/?a=1"
        assert client.get("/me/", **PAGE).status_code == 200
        assert ("privacy", "2.0") in rows(signed_in)

    def test_page_asks_for_the_tick(self, client, signed_in, new_version):
        new_version()

        response = client.post(AGREE, {"next": "/me/"})

        assert "请先阅读，同意后在方框里打勾" in response.text

    def test_stranger_address_is_not_followed(self, client, signed_in, new_version):
        new_version()

        response = client.post(
            AGREE, {"agree": documents.current_token(), "next": "https://evil.example/"}
        )

        assert response.url == "/me/"

    def test_posts_fragments_and_fetches_go_through(self, client, signed_in, new_version):
        """What a phone kept offline is acknowledged as before."""
        new_version()

        posted = client.post("/me/reminders/", {"wanted": "0"}, **PAGE)
        assert posted.url == "/me/"
        assert client.get("/me/", HTTP_HX_REQUEST="true", **PAGE).status_code == 200
        assert client.get("/me/", HTTP_ACCEPT="*/*").status_code == 200

    @pytest.mark.parametrize("url", ["/privacy/", "/terms/", AGREE])
    def test_what_she_needs_to_decide_is_open(self, client, signed_in, new_version, url):
        new_version()

        assert client.get(url, **PAGE).status_code == 200

    def test_agreeing_on_another_device_is_enough(self, client, signed_in, new_version):
        new_version()
        give_consent(member=signed_in, way=ConsentWay.PAGE, now=NOW)

        asked = client.get("/me/", **PAGE)
        assert client.get(asked.url, **PAGE).url == "/me/"
        assert client.get("/me/", **PAGE).status_code == 200

    def test_no_query_is_asked(self, client, member, signed_in):
        client.defaults.update(PAGE)
        told = count_queries(client, "members:notices")
        client.force_login(member)

        assert told == count_queries(client, "members:notices")


class TestWithdrawal:
    def test_ends_every_sign_in_and_keeps_the_record(self, client, member):
        other = Client()
        sign_in(client, member, **TICK)
        sign_in(other, member, **TICK)

        response = client.post(reverse("members:withdraw"), {"record": "keep"}, follow=True)

        assert "已撤回同意并退出登录" in response.text
        assert other.get("/me/", **PAGE).url.startswith(LOGIN)
        assert not has_agreed(member)

    def test_comes_back_by_agreeing_again(self, client, member):
        sign_in(client, member, **TICK)
        client.post(reverse("members:withdraw"), {"record": "keep"})

        sign_in(client, member, **TICK)

        assert rows(member) == CURRENT
        assert member.consents.filter(withdrawn_at__isnull=False).count() == 2
        assert client.get("/me/", **PAGE).status_code == 200

    def test_erasing_the_record_leads_to_the_erasure(self, client, member):
        client.force_login(member)

        response = client.post(reverse("members:withdraw"), {"record": "erase"})

        assert response.url == reverse("members:erasure")

    def test_both_are_audited(self, member):
        give_consent(member=member, way=ConsentWay.PAGE, now=NOW)
        withdraw_consent(member=member, now=NOW + timedelta(days=1))

        actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
        assert actions == [Action.CONSENT_GIVEN, Action.CONSENT_WITHDRAWN]

    def test_withdrawing_twice_is_withdrawing_once(self, member):
        give_consent(member=member, way=ConsentWay.PAGE, now=NOW)
        withdraw_consent(member=member, now=NOW)
        withdraw_consent(member=member, now=NOW + timedelta(days=1))

        assert {each.withdrawn_at for each in member.consents.all()} == {NOW}


class TestDocuments:
    @pytest.mark.parametrize(
        ("url", "title"), [("/privacy/", "个人信息保护说明"), ("/terms/", "用户协议")]
    )
    def test_visitor_reads_version_date_and_changes(self, client, db, url, title):
        html = client.get(url).text

        assert f'<h1 class="h1">{title}</h1>' in html
        assert "版本 1.0，自 2026年12月1日起" in html
        assert "第一版。" in html

    def test_older_version_stays_readable(self, client, db, new_version):
        new_version()

        assert "这是以前的版本" in client.get("/privacy/?version=1.0").text
        assert client.get("/privacy/?version=9.9").status_code == 404

    def test_notice_names_who_answers_for_it(self, client, db, settings):
        settings.PRIVACY_OPERATOR, settings.PRIVACY_CONTACT = "某某妇联", "020-00000000"

        html = client.get("/privacy/").text
        assert "某某妇联" in html
        assert "020-00000000" in html

    def test_every_page_leads_to_both(self, client, db):
        html = client.get(LOGIN).text

        assert 'href="/privacy/"' in html
        assert 'href="/terms/"' in html
