"""Who opens the admin in these tests."""

import pytest

from config.groups import FEDERATION_MANAGERS, set_up_groups
from federations.models import StaffRoleType
from tests.factories import make_committee_member, make_member, make_staff


@pytest.fixture
def groups(home):
    set_up_groups(root_page=home)


@pytest.fixture
def manager(tree, groups):
    return admit(make_staff(tree.town))


@pytest.fixture
def viewer(tree, groups):
    return admit(make_staff(tree.town, StaffRoleType.VIEWER, "查看员"))


@pytest.fixture
def superuser(groups):
    return make_member("管理员", is_staff=True, is_superuser=True)


def admit(member):
    member.groups.add(member.groups.model.objects.get(name=FEDERATION_MANAGERS))
    return member


@pytest.fixture
def strangers(tree):
    """Rows of another city."""
    member = make_committee_member(tree.other_village)
    staff = make_staff(tree.other_town)
    return {
        "federation": tree.other_village,
        "appointment": member.appointments.get(),
        "accounts": member,
        "staffrole": staff.staff_roles.get(),
    }
