from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from members.models import Action, AuditEntry
from tests.factories import make_member
from tests.members.devices import signed_in, still_in
from tests.members.test_second_factor import equipped


@pytest.fixture
def superuser(home):
    return make_member("系统管理员", is_staff=True, is_superuser=True)


@pytest.fixture
def staff(home):
    return make_member("林主任", is_staff=True)


def address(member) -> str:
    return reverse("reset_second_factor", args=[member.pk])


def test_reset_takes_all_away_and_ends_her_sessions(client, superuser, staff):
    equipped(staff)
    client.force_login(superuser)

    client.post(address(staff))

    hers = signed_in(staff)
    assert not Authenticator.objects.exists()
    assert still_in(hers)  # the password is enough again
    rows = AuditEntry.objects.filter(action=Action.SECOND_FACTOR_CHANGED)
    assert (rows.last().actor_id, rows.last().detail) == (superuser.pk, {"change": "reset"})


def test_reset_ends_sessions_that_are_open(client, superuser, staff):
    hers = signed_in(staff)
    client.force_login(superuser)

    client.post(address(staff))

    assert not still_in(hers)


def test_reset_asks_first(client, superuser, staff):
    equipped(staff)
    client.force_login(superuser)

    assert "核实是她本人" in client.get(address(staff)).text
    assert Authenticator.objects.exists()


def test_reset_is_not_for_oneself(client, superuser):
    equipped(superuser)
    client.force_login(superuser)

    client.post(address(superuser))

    assert Authenticator.objects.exists()


def test_reset_is_closed_to_other_staff(client, staff, superuser):
    equipped(superuser)
    client.force_login(staff)

    client.post(address(superuser))

    assert Authenticator.objects.filter(user=superuser).exists()


def test_list_of_accounts_leads_to_it(client, superuser, staff):
    client.force_login(superuser)

    assert address(staff) in client.get(reverse("wagtailusers_users:index")).text


def test_account_that_a_superuser_changed_is_signed_out_everywhere(client, superuser, staff):
    hers = signed_in(staff)
    client.force_login(superuser)
    data = {"phone": staff.phone, "name": staff.name, "email": "", "is_active": "on"}

    client.post(reverse("wagtailusers_users:edit", args=[staff.pk]), data | {"is_superuser": "on"})

    staff.refresh_from_db()
    assert (staff.is_superuser, still_in(hers)) == (True, False)


def test_superuser_who_changes_her_own_account_stays(superuser):
    client, other = signed_in(superuser), signed_in(superuser)
    data = {"phone": "13811110000", "name": superuser.name, "email": "", "is_superuser": "on"}

    client.post(reverse("wagtailusers_users:edit", args=[superuser.pk]), data)

    superuser.refresh_from_db()
    assert superuser.phone == "13811110000"
    assert (still_in(client), still_in(other)) == (True, False)


def test_console_resets_an_officers(superuser):
    equipped(superuser)
    hers = signed_in(make_member("别人"))

    call_command("reset_second_factor", str(superuser.pk), stdout=StringIO())

    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.filter(action=Action.SECOND_FACTOR_CHANGED).last().actor_id is None
    assert still_in(hers)


def test_console_names_an_account_that_is_not_there(db):
    with pytest.raises(CommandError, match="没有编号为 7 的账号"):
        call_command("reset_second_factor", "7")


def test_officers_are_not_reset_by_each_other(client, superuser, settings):
    settings.SEPARATE_OFFICES = True
    other = make_member("另一位系统管理员", is_staff=True, is_superuser=True)
    equipped(other)
    client.force_login(superuser)

    client.post(address(other))

    assert Authenticator.objects.filter(user=other).exists()


def test_erasure_ends_her_sessions_and_her_second_factor(staff):
    equipped(staff)
    hers = signed_in(make_member("别人")), signed_in(staff)

    [erase] = [each for each in hooks.get_hooks("erase_member") if each.__name__ == "erase_ways_in"]
    erase(staff, timezone.now())

    assert not Authenticator.objects.exists()
    assert not staff.devices.exists()
    assert [still_in(each) for each in hers] == [True, False]
