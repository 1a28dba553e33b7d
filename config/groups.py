"""The groups of the admin. A group opens the door; a staff role says how far, and for how long: see
federations.admin_views.policies and federations.editing.
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import localdate
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.models import AllowedDomain, LifeStage, LocalPick, PickKind
from courses.models import LessonMedia
from federations.models import StaffRole, StaffRoleType
from knowledge_base.models import KnowledgeCategory
from members.domain.offices import GROUP_NAMES
from members.models import Member
from quizzes.models import Question, QuestionBank

EDITORS = "内容编辑"
FEDERATION_MANAGERS = "妇联管理员"

GROUPS_BY_ROLE = {
    StaffRoleType.MANAGER: [FEDERATION_MANAGERS],
    StaffRoleType.VIEWER: [FEDERATION_MANAGERS],
    StaffRoleType.EDITOR: [EDITORS],
    StaffRoleType.REVIEWER: [EDITORS],
    StaffRoleType.EXAMINER: [EDITORS],
}
# Nobody has "publish_page": pages become public by the three reviews (cms.domain.reviews).
PAGE_PERMISSIONS = ["add_page", "change_page"]
# It opens the page tree and allows nothing in it (cms.ownership): managers take pages down.
LOOK_AROUND = ["unlock_page"]
# Staff roles decide about these: records in a group would only look as if they did.
DECIDED_BY_ROLE = [
    Question,
    QuestionBank,
    KnowledgeCategory,
    LifeStage,
    LocalPick,
    PickKind,
    AllowedDomain,
]


def group_names_for_role(role: str) -> list[str]:
    """Groups that a holder of `role` needs to work in the admin; `sync_groups` sees to them."""
    return GROUPS_BY_ROLE[StaffRoleType(role)]


@transaction.atomic
def sync_groups(*, now: datetime, member_ids: Iterable[int] | None = None) -> int:
    """Give the groups that roles in force ask for and take away the others; how many changed.

    Only staff accounts (可进入后台, a superuser's decision) join. Superusers are left alone.
    """
    members = Member.objects.filter(is_superuser=False)
    if member_ids is not None:
        members = members.filter(pk__in=list(member_ids))
    return sum(_sync_group(name, members, now) for name in (EDITORS, FEDERATION_MANAGERS))


def _sync_group(name: str, members, now: datetime) -> int:
    roles = [role for role, names in GROUPS_BY_ROLE.items() if name in names]
    held = StaffRole.objects.in_force(localdate(now)).filter(role__in=roles).values("member")
    group, _ = Group.objects.get_or_create(name=name)
    leaving = members.filter(groups=group).exclude(pk__in=held)
    joining = members.filter(is_staff=True, pk__in=held).exclude(groups=group)
    leaving, joining = list(leaving), list(joining)
    group.user_set.remove(*leaving)
    group.user_set.add(*joining)
    return len(leaving) + len(joining)


@transaction.atomic
def set_up_groups(*, root_page: Page) -> None:
    """Make the groups and give them what they need; harmless when repeated.

    Editors work in the sections below `root_page`, not on the front page itself.
    """
    editors, _ = Group.objects.get_or_create(name=EDITORS)
    managers, _ = Group.objects.get_or_create(name=FEDERATION_MANAGERS)
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name in GROUP_NAMES.values():
        Group.objects.get_or_create(name=name)[0].permissions.add(access)
    managers.permissions.add(access)
    editors.permissions.add(access)
    editors.permissions.remove(*_model_permissions())
    GroupPagePermission.objects.filter(group=editors, page=root_page).delete()
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    for section in root_page.get_children():
        _allow_pages(editors, section, PAGE_PERMISSIONS)
        _allow_pages(managers, section, LOOK_AROUND)
    _allow_collections(editors)


def _model_permissions():
    types = ContentType.objects.get_for_models(*DECIDED_BY_ROLE).values()
    return Permission.objects.filter(content_type__in=types)


def _allow_pages(group: Group, section: Page, codenames: list[str]) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=codenames,
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=section, permission=permission)


def _allow_collections(group: Group) -> None:
    root = Collection.get_first_root_node()
    codenames = [
        f"{action}_{model}"
        for model in ("image", "document", LessonMedia._meta.model_name, "media")
        for action in ("add", "change", "choose")
    ]
    for permission in Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs", "courses", "wagtailmedia"],
        codename__in=codenames,
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
