"""Editors for tests, with the group that their role asks for."""

from django.utils import timezone

from config.groups import set_up_groups, sync_groups
from federations.models import Federation, StaffRoleType
from members.models import Member
from tests.factories import make_staff


def make_editor(home, federation: Federation, role=StaffRoleType.EDITOR) -> Member:
    """Call it when the sections below `home` are there: the group is for them."""
    set_up_groups(root_page=home)
    editor = make_staff(federation, role, "林编辑")
    sync_groups(now=timezone.now(), member_ids=[editor.pk])
    return editor
