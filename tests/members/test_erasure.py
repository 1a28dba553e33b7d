"""Asking for the erasure, a week to think it over, and the night that does it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from federations.models import StaffRole
from members.consenting import ERASING, GATE_KEY
from members.domain.consents import give_consent
from members.domain.erasure import (
    HOOK,
    ErasureRefused,
    ask_erasure,
    cancel_erasure,
    erase_due_members,
)
from members.models import Action, AuditEntry, ConsentWay, Erasure, Member
from members.password_views import PROVED_KEY
from tests.factories import PASSWORD, TICK, make_member, make_staff

URL = "/me/privacy/erasure/"
NOW = timezone.now()
WEEK = timedelta(days=7)
SURE = {"sure": "on"}
PAGE = {"HTTP_ACCEPT": "text/html"}


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def name_of(member) -> str:
    return Member.objects.get(pk=member.pk).name


class TestAsking:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client, member):
        client.force_login(member)

    def test_password_proves_who_asks(self, client, member):
        response = client.post(URL, {"password": PASSWORD, **SURE}, follow=True)

        assert "已申请注销并退出登录" in response.text
        assert Erasure.objects.waiting().get().member == member
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({"password": "wrong-password", **SURE}, "密码不对"),
            ({"code": "123456", **SURE}, "验证码已失效"),
            (SURE, "证明是您本人"),
            ({"password": PASSWORD}, "请在方框里打勾"),
        ],
    )
    def test_without_proof_nothing_is_asked(self, client, data, said):
        html = client.post(URL, data).text

        assert said in html
        assert not Erasure.objects.exists()

    def test_guessing_the_password_ends(self, client):
        for _each in range(5):
            client.post(URL, {"password": "wrong-password", **SURE})

        html = client.post(URL, {"password": PASSWORD, **SURE}).text
        assert "密码输错次数太多" in html

    def test_code_by_sms_proves_it_too(self, client, sent):
        client.post(URL, {"send": "1"})

        client.post(URL, {"code": sent[0][1], **SURE})

        assert Erasure.objects.waiting().exists()

    def test_who_signed_in_by_code_just_now_is_not_asked_again(self, client):
        session = client.session
        session[PROVED_KEY] = timezone.now().timestamp()
        session.save()

        client.post(URL, SURE)

        assert Erasure.objects.waiting().exists()

    def test_all_devices_are_signed_out(self, client, member):
        other = Client()
        other.force_login(member)

        client.post(URL, {"password": PASSWORD, **SURE})

        assert other.get("/me/").url.startswith("/accounts/login/")


class TestWaiting:
    @pytest.fixture
    def waiting(self, client, member):
        give_consent(member=member, way=ConsentWay.PAGE, now=NOW)
        ask_erasure(member=member, now=timezone.now())
        data = {"login": member.phone, "password": PASSWORD, **TICK}
        client.post("/accounts/login/", data)
        return member

    def test_signing_in_leads_to_the_choice(self, client, waiting):
        assert client.session[GATE_KEY] == ERASING
        assert client.get("/me/", **PAGE).url == URL
        assert "取消注销，继续使用" in client.get(URL, **PAGE).text

    def test_cancelling_goes_on_as_before(self, client, waiting):
        client.post(URL)
        client.post("/privacy/agree/", TICK)

        assert client.get("/me/", **PAGE).status_code == 200
        assert erase_due_members(now=NOW + 2 * WEEK) == 0
        assert Action.ERASURE_CANCELLED in actions()

    def test_asking_twice_is_asking_once(self, waiting):
        ask_erasure(member=waiting, now=NOW + timedelta(days=3))

        assert Erasure.objects.count() == 1

    def test_cancelling_nothing_is_no_error(self, member):
        assert cancel_erasure(member=member, now=NOW) is False


class TestTheNight:
    def test_nothing_happens_within_the_week(self, member):
        ask_erasure(member=member, now=NOW)

        assert erase_due_members(now=NOW + WEEK - timedelta(minutes=1)) == 0
        assert name_of(member) == "陈秀英"

    def test_after_a_week_it_is_done_once(self, member):
        ask_erasure(member=member, now=NOW)

        assert erase_due_members(now=NOW + WEEK) == 1
        assert erase_due_members(now=NOW + WEEK) == 0
        assert name_of(member) == "已注销成员"
        assert [each for each in actions() if each != Action.SESSION_ENDED] == [
            Action.ERASURE_ASKED,
            Action.ERASED,
        ]

    def test_her_phone_is_free_for_a_new_account(self, member):
        phone = member.phone
        ask_erasure(member=member, now=NOW)
        erase_due_members(now=NOW + WEEK)

        assert make_member("新来的", phone=phone).pk != member.pk

    def test_one_that_fails_holds_up_no_other_and_is_tried_again(self, member):
        other = make_member("黄桂芳")
        for each in (member, other):
            ask_erasure(member=each, now=NOW)

        def fail(each, now):
            if each.pk == member.pk:
                raise RuntimeError

        with hooks.register_temporarily(HOOK, fail):
            assert erase_due_members(now=NOW + WEEK) == 1
        assert (name_of(member), name_of(other)) == ("陈秀英", "已注销成员")
        assert erase_due_members(now=NOW + WEEK) == 1


class TestStaff:
    def test_role_in_force_is_an_obstacle(self, client, tree):
        staff = make_staff(tree.town)
        client.force_login(staff)

        with pytest.raises(ErasureRefused):
            ask_erasure(member=staff, now=NOW)
        assert "您还有工作人员的角色，不能注销" in client.get(URL).text

    def test_role_that_ended_is_none(self, tree):
        staff = make_staff(tree.town)
        StaffRole.objects.filter(member=staff).update(ends_on=date(2024, 6, 1))

        assert ask_erasure(member=staff, now=NOW)

    def test_superuser_is_not_erased(self, db):
        with pytest.raises(ErasureRefused):
            ask_erasure(member=make_member(is_superuser=True), now=NOW)

    def test_role_given_meanwhile_puts_it_off(self, member, tree):
        ask_erasure(member=member, now=NOW)
        StaffRole.objects.create(
            member=member, federation=tree.town, role="viewer", starts_on=date(2024, 1, 1)
        )

        assert erase_due_members(now=NOW + WEEK) == 0
        assert name_of(member) == "陈秀英"


def test_page_is_linked_from_her_own(client, member):
    client.force_login(member)

    assert f'href="{reverse("members:erasure")}"' in client.get("/me/privacy/").text
