"""System, security and audit administrators: three accounts in production."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from config.groups import set_up_groups
from members.domain.audit import record
from members.domain.offices import GROUP_NAMES, Office, give_office, may, offices_of
from members.models import Action, AuditEntry, Member
from tests.counting import count_queries
from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def separate(settings, home):
    settings.SEPARATE_OFFICES = True
    set_up_groups(root_page=home)


def officer(office: Office, name="林管理") -> Member:
    member = make_member(name)
    give_office(member=member, office=office)
    return Member.objects.get(pk=member.pk)


def edit(client, account: Member, **changes):
    fields = {"name": account.name, "phone": account.phone, "email": "", "is_active": "on"}
    return client.post(reverse("wagtailusers_users:edit", args=[account.pk]), fields | changes)


@pytest.mark.parametrize("office", Office)
def test_officer_may_what_her_office_is_for_and_nothing_else(separate, office):
    member = officer(office)

    assert [each for each in Office if may(member, each)] == [office]


def test_superuser_stands_for_all_three_where_nothing_is_separate(db):
    member = officer(Office.SYSTEM)

    assert all(may(member, each) for each in Office)


def test_inactive_officer_may_nothing(separate):
    member = officer(Office.AUDIT)
    member.is_active = False

    assert not may(member, Office.AUDIT)


@pytest.mark.parametrize("second", [Office.SECURITY, Office.AUDIT])
def test_second_office_is_refused_at_the_console(separate, second):
    member = officer(Office.SYSTEM)

    with pytest.raises(CommandError, match="三个账号"):
        call_command("give_office", member.phone, second.value)

    assert offices_of(Member.objects.get(pk=member.pk)) == {Office.SYSTEM}


def test_console_says_when_nobody_has_the_phone(separate):
    with pytest.raises(CommandError, match="没有这个手机号"):
        call_command("give_office", "13500000000", "audit")


def test_second_office_is_refused_in_the_form(client, separate):
    client.force_login(officer(Office.SECURITY))
    account = officer(Office.AUDIT, "黄审计")

    response = edit(client, account, is_superuser="on", groups=group_ids(Office.AUDIT))

    assert "三个账号分别担任" in response.content.decode()
    assert not Member.objects.get(pk=account.pk).is_superuser


def test_officer_does_not_change_her_own_rights(client, separate):
    member = officer(Office.SECURITY)
    client.force_login(member)

    edit(client, member, groups=group_ids(Office.AUDIT))

    assert offices_of(Member.objects.get(pk=member.pk)) == {Office.SECURITY}


def test_system_administrator_gives_no_rights(client, separate):
    client.force_login(officer(Office.SYSTEM))
    account = make_member("黄玉兰")

    edit(client, account, name="黄玉莲", is_superuser="on", groups=group_ids(Office.AUDIT))

    account = Member.objects.get(pk=account.pk)
    assert (account.name, account.is_superuser, account.groups.count()) == ("黄玉莲", False, 0)


def test_security_administrator_gives_rights_and_sees_no_phone(client, separate):
    client.force_login(officer(Office.SECURITY))
    account = make_member("黄玉兰")
    url = reverse("wagtailusers_users:edit", args=[account.pk])

    assert account.phone not in client.get(url).content.decode()
    edit(client, account, phone="13500000000", groups=group_ids(Office.AUDIT))

    changed = Member.objects.get(pk=account.pk)
    assert (changed.phone, offices_of(changed)) == (account.phone, {Office.AUDIT})


@pytest.mark.parametrize("office", [Office.SECURITY, Office.AUDIT])
def test_system_administrator_does_not_touch_other_officers(client, separate, office):
    client.force_login(officer(Office.SYSTEM))
    account = officer(office, "黄玉兰")

    edit(client, account, phone="13500000000", password1="x" * 12, password2="x" * 12)
    bulk = reverse("wagtail_bulk_action", args=["members", "member", "set_active_state"])
    client.post(f"{bulk}?id={account.pk}", {"mark_as_active": "False"})

    changed = Member.objects.get(pk=account.pk)
    assert (changed.phone, changed.password, changed.is_active) == (
        account.phone,
        account.password,
        True,
    )


@pytest.mark.parametrize("office", Office)
def test_trail_is_open_to_the_auditor_alone(client, separate, office):
    client.force_login(officer(office))

    response = client.get(reverse("audit:index"))

    assert response.status_code == (200 if office == Office.AUDIT else 302)


def test_change_of_rights_is_written_down(client, separate):
    security = officer(Office.SECURITY)
    client.force_login(security)
    account = make_member("黄玉兰")

    edit(client, account, groups=group_ids(Office.AUDIT))

    entry = AuditEntry.objects.get(actor_id=security.pk, action=Action.ROLE_CHANGED)
    assert (entry.subject_id, entry.detail) == (str(account.pk), {"fields": ["groups"]})


def test_full_phone_in_the_account_form_is_a_view_that_is_written_down(client, separate):
    system = officer(Office.SYSTEM)
    client.force_login(system)
    account = make_member("黄玉兰")

    client.get(reverse("wagtailusers_users:edit", args=[account.pk]))

    entry = AuditEntry.objects.get(actor_id=system.pk)
    assert (entry.action, entry.subject_id) == (Action.PERSONAL_DATA_VIEWED, str(account.pk))


def group_ids(*offices: Office) -> list[int]:
    groups = Member.groups.rel.model.objects.filter(
        name__in=[GROUP_NAMES[each] for each in offices]
    )
    return [group.pk for group in groups]


def test_trail_says_who_did_what_to_whom_and_when(client, separate):
    auditor, account = officer(Office.AUDIT), make_member("黄玉兰")
    record(action=Action.SCORE_CHANGED, by=account, subject=account)
    client.force_login(auditor)

    page = client.get(reverse("audit:index")).content.decode()

    for said in ("改动成绩或学时", f"黄玉兰（{account.pk}）", f"执委 {account.pk}"):
        assert said in page


def test_trail_takes_as_many_queries_for_thirty_rows_as_for_one(client, separate):
    client.force_login(officer(Office.AUDIT))
    record(action=Action.EXPORTED, by=make_member(), subject=make_member())
    for_one = count_queries(client, "audit:index")

    for _ in range(29):
        record(action=Action.EXPORTED, by=make_member(), subject=make_member())

    assert count_queries(client, "audit:index") == for_one
