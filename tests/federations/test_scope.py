from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser

from federations import scope
from federations.models import StaffRole
from tests.factories import make_committee_member, make_member, make_staff


def names(federations):
    return {federation.name for federation in federations}


def test_staff_federations_are_the_whole_subtree(tree):
    staff = make_staff(tree.county)

    assert names(scope.staff_federations(staff)) == {"梅县区", "松口镇", "大黄村", "小黄村"}


def test_staff_federations_leave_out_siblings_and_superiors(tree):
    staff = make_staff(tree.village)

    assert names(scope.staff_federations(staff)) == {"大黄村"}


def test_staff_federations_end_with_the_term(tree):
    staff = make_staff(tree.county)
    StaffRole.objects.update(ends_on=date.today() - timedelta(days=1))

    assert names(scope.staff_federations(staff)) == set()


def test_staff_federations_of_another_role_are_empty(tree):
    viewer = make_staff(tree.county, role="viewer")

    assert names(scope.staff_federations(viewer, roles=["manager"])) == set()


def test_committee_member_needs_a_term_in_force(tree):
    member = make_committee_member(tree.village)
    member.appointments.update(ends_on=date.today() - timedelta(days=1))

    assert scope.is_committee_member(member) is False


def test_committee_member_is_never_anonymous(tree):
    assert scope.is_committee_member(AnonymousUser()) is False


def test_stranger_without_appointment_is_no_committee_member(db):
    assert scope.is_committee_member(make_member()) is False
