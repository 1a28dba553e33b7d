"""我的个人信息: one page that says what is kept, and corrects what is hers alone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from federations.domain.requests import ask_correction
from members.domain.audit import record
from members.domain.notices import tell
from members.models import Action, AuditEntry
from tests.counting import count_queries
from tests.factories import make_committee_member, make_staff

URL = "/me/privacy/"


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village, "黄桂芳")
    client.force_login(member)
    return member


def facts(client) -> dict:
    return {str(each.label): each.text for each in client.get(URL).context["facts"]}


def test_page_says_what_is_kept(client, member):
    tell(member_ids=[member.pk], text="欢迎", now=timezone.now())

    said = facts(client)
    assert (said["姓名"], said["手机号"]) == ("黄桂芳", member.masked_phone)
    assert (said["消息"], said["任职（含以前的）"]) == ("1 条", "1 条")


def test_page_counts_who_looked_at_the_whole_phone(client, member, tree):
    staff = make_staff(tree.town)
    for by in (staff, staff, member):
        record(action=Action.PERSONAL_DATA_VIEWED, by=by, subject=member)

    assert facts(client)["完整手机号被工作人员查看"] == "2 次"


def test_visitor_signs_in_first(client, db):
    for name in ("members:privacy", "members:withdraw", "members:erasure", "corrections"):
        assert client.get(reverse(name)).url.startswith("/accounts/login/")


def test_email_is_hers_to_change(client, member):
    client.post(URL, {"email": "a@example.com"})

    member.refresh_from_db()
    assert member.email == "a@example.com"
    assert AuditEntry.objects.get().detail == {"field": "email"}


def test_email_can_be_taken_away(client, member):
    client.post(URL, {"email": "a@example.com"})
    client.post(URL, {"email": ""})

    member.refresh_from_db()
    assert member.email == ""


def test_wrong_email_is_said_and_kept(client, member):
    html = client.post(URL, {"email": "王@"}).text

    assert "邮箱格式不对" in html
    assert 'value="王@"' in html


def test_table_of_retention_is_on_the_page(client, member):
    html = client.get(URL).text

    assert "5 分钟，只存加密后的校验值" in html
    assert "不少于 6 个月" in html


def test_same_queries_with_more_rows(client, member):
    ask_correction(member=member, thing="name", text="瑛", now=timezone.now())
    one = count_queries(client, "members:privacy")
    for thing in ("phone", "service", "other"):
        ask_correction(member=member, thing=thing, text="不对", now=timezone.now())
    tell(member_ids=[member.pk] * 30, text="欢迎", now=timezone.now())

    assert count_queries(client, "members:privacy") == one
