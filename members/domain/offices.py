"""The three administrators (三员) and what each may: run the system, give rights, read the trail.

In production (SEPARATE_OFFICES) one account holds one office at most, so nobody can give herself
rights and then hide that she did. Elsewhere a superuser stands for all three.
"""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from members.domain.audit import record
from members.models import Action, Member


class Office(models.TextChoices):
    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDIT = "audit", _("审计员")


# The system's is `is_superuser`.
GROUP_NAMES = {Office.SECURITY: "安全管理员", Office.AUDIT: "审计员"}
ALL = frozenset(Office)


class OfficeConflict(Exception):
    """One account would hold several offices, or somebody would change her own."""


def offices_of(member: Member) -> frozenset[Office]:
    """Read once for each request: the menu asks often."""
    if not hasattr(member, "_offices"):
        names = set(member.groups.values_list("name", flat=True))
        member._offices = name_offices(is_superuser=member.is_superuser, group_names=names)
    return member._offices


def name_offices(*, is_superuser: bool, group_names: Iterable[str]) -> frozenset[Office]:
    names = set(group_names)
    held = {office for office, name in GROUP_NAMES.items() if name in names}
    return frozenset(held | {Office.SYSTEM} if is_superuser else held)


def may(member: Member, office: Office) -> bool:
    """Whether she may do what the office is for."""
    if not member.is_active:
        return False
    held = offices_of(member)
    return office in held or (Office.SYSTEM in held and not settings.SEPARATE_OFFICES)


def may_change_account(by: Member, account: Member) -> bool:
    """Who can change a phone or a password can sign in: officers' are left to themselves."""
    if not may(by, Office.SYSTEM):
        return False
    return not settings.SEPARATE_OFFICES or by == account or not offices_of(account)


def check_offices(*, by: Member, account: Member, held: frozenset[Office]) -> None:
    """Whether `by` may leave `account` with these. Raises OfficeConflict."""
    if settings.SEPARATE_OFFICES and (len(held) > 1 or by == account):
        raise OfficeConflict


@transaction.atomic
def give_office(*, member: Member, office: Office) -> None:
    """From the server's own console: how the first ones come into office.

    The account may enter the admin from now on. Raises OfficeConflict.
    """
    held = offices_of(member) | {office}
    if settings.SEPARATE_OFFICES and len(held) > 1:
        raise OfficeConflict
    if office == Office.SYSTEM:
        member.is_superuser = True
    else:
        member.groups.add(Group.objects.get_or_create(name=GROUP_NAMES[office])[0])
    member.is_staff = True
    member.save(update_fields=["is_superuser", "is_staff"])
    del member._offices
    record(action=Action.ROLE_CHANGED, by=None, subject=member, detail={"office": office})
