"""The groups of the admin. A group opens the door; for federations and people, a staff role says
how far: see federations.admin_views.policies.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from courses.models import LessonMedia
from federations.models import StaffRoleType
from knowledge_base.models import KnowledgeCategory
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
PAGE_PERMISSIONS = ["add_page", "change_page", "publish_page"]
EDITED_MODELS = [Question, QuestionBank, KnowledgeCategory]


def group_names_for_role(role: str) -> list[str]:
    """Groups that a holder of `role` needs to work in the admin.

    The role does not give them: an editor's group reaches every page of the site, so putting
    somebody into it stays with the superusers.
    """
    return GROUPS_BY_ROLE[StaffRoleType(role)]


@transaction.atomic
def set_up_groups(*, root_page: Page) -> None:
    """Make the groups and give them what they need; harmless when repeated."""
    editors, _ = Group.objects.get_or_create(name=EDITORS)
    managers, _ = Group.objects.get_or_create(name=FEDERATION_MANAGERS)
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    managers.permissions.add(access)
    editors.permissions.add(access, *_model_permissions())
    _allow_pages(editors, root_page)
    _allow_collections(editors)


def _model_permissions():
    types = ContentType.objects.get_for_models(*EDITED_MODELS).values()
    return Permission.objects.filter(content_type__in=types).exclude(
        codename__startswith="delete_knowledgecategory"
    )


def _allow_pages(group: Group, root_page: Page) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=PAGE_PERMISSIONS,
    ):
        GroupPagePermission.objects.get_or_create(
            group=group, page=root_page, permission=permission
        )


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
