"""Groups follow the roles that are in force."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission

from config.groups import EDITORS, FEDERATION_MANAGERS, set_up_groups, sync_groups
from config.tasks import sync_groups as sync_groups_task
from federations.models import StaffRoleType
from tests.factories import make_committee_member, make_member, make_staff

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 8, 4, tzinfo=UTC)


@pytest.fixture
def groups(home, academy):
    set_up_groups(root_page=home)


def names(member) -> list[str]:
    return sorted(member.groups.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("role", "group"),
    [
        (StaffRoleType.EDITOR, EDITORS),
        (StaffRoleType.REVIEWER, EDITORS),
        (StaffRoleType.EXAMINER, EDITORS),
        (StaffRoleType.MANAGER, FEDERATION_MANAGERS),
        (StaffRoleType.VIEWER, FEDERATION_MANAGERS),
    ],
)
def test_role_gives_its_group(tree, groups, role, group):
    member = make_staff(tree.town, role)

    sync_groups(now=NOW)

    assert names(member) == [group]


def test_account_that_is_not_staff_gets_no_group(tree, groups):
    member = make_staff(tree.town)
    type(member).objects.update(is_staff=False)

    sync_groups(now=NOW)

    assert names(member) == []


def test_ended_role_takes_its_group(tree, groups):
    member = make_staff(tree.town)
    sync_groups(now=NOW)
    member.staff_roles.update(ends_on="2026-03-07")

    sync_groups(now=NOW)

    assert names(member) == []


def test_role_lasts_to_the_end_of_its_last_day(tree, groups):
    member = make_staff(tree.town)
    member.staff_roles.update(ends_on="2026-03-08")

    sync_groups(now=NOW)

    assert names(member) == [FEDERATION_MANAGERS]


def test_superuser_and_other_groups_are_left_alone(tree, groups):
    superuser = make_member("管理员", is_superuser=True)
    superuser.groups.add(Group.objects.get(name=EDITORS))
    member = make_member()
    member.groups.add(Group.objects.create(name="来宾"))

    sync_groups(now=NOW)

    assert (names(superuser), names(member)) == ([EDITORS], ["来宾"])


def test_only_the_named_members_are_looked_at(tree, groups):
    one, other = make_staff(tree.town), make_staff(tree.town)

    changed = sync_groups(now=NOW, member_ids=[one.pk])

    assert (changed, names(one), names(other)) == (1, [FEDERATION_MANAGERS], [])


def test_second_run_changes_nothing(tree, groups):
    make_staff(tree.town)
    sync_groups(now=NOW)

    assert sync_groups(now=NOW) == 0


def test_task_syncs_all(tree, groups):
    member = make_staff(tree.town, StaffRoleType.EDITOR)

    sync_groups_task()

    assert names(member) == [EDITORS]


def role_data(member, federation, role, ends_on=""):
    data = {"member": member.pk, "federation": federation.pk, "role": role}
    return data | {"starts_on": "2024-01-01", "ends_on": ends_on}


@pytest.fixture
def superuser(client, groups):
    superuser = make_member("管理员", is_staff=True, is_superuser=True)
    client.force_login(superuser)
    return superuser


def test_saved_role_gives_its_group_at_once(client, tree, superuser):
    member = make_committee_member(tree.village, is_staff=True)

    client.post(reverse("staffrole:add"), role_data(member, tree.village, "editor"))

    assert names(member) == [EDITORS]


def test_ended_role_takes_its_group_at_once(client, tree, superuser):
    member = make_staff(tree.town, StaffRoleType.EDITOR)
    sync_groups(now=NOW)

    url = reverse("staffrole:edit", args=[member.staff_roles.get().pk])
    client.post(url, role_data(member, tree.town, "editor", ends_on="2024-06-01"))

    assert names(member) == []


def test_role_given_to_another_takes_it_from_the_first(client, tree, superuser):
    first, second = make_staff(tree.town), make_committee_member(tree.village, is_staff=True)
    sync_groups(now=NOW)

    url = reverse("staffrole:edit", args=[first.staff_roles.get().pk])
    client.post(url, role_data(second, tree.town, "manager"))

    assert (names(first), names(second)) == ([], [FEDERATION_MANAGERS])


def test_deleted_role_takes_its_group_at_once(client, tree, superuser):
    member = make_staff(tree.town)
    sync_groups(now=NOW)

    client.post(reverse("staffrole:delete", args=[member.staff_roles.get().pk]))

    assert names(member) == []


def test_editors_work_in_the_sections_only(home, academy):
    group = Group.objects.create(name=EDITORS)
    set_up_groups(root_page=home)
    add = group.page_permissions.first().permission
    GroupPagePermission.objects.create(group=group, page=home, permission=add)

    set_up_groups(root_page=home)

    assert {each.page_id for each in group.page_permissions.all()} == {academy.pk}
