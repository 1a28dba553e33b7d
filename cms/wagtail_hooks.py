"""What `cms` adds to Wagtail and its admin. A part with hooks of its own is imported here."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.models import AbstractPage
from wagtail.permissions import register_permission_policy

from cms import (  # noqa: F401 they register hooks
    admin_menu,
    admin_views,
    article_context,
    column_kinds,
    explorer,
    gate,
    guards,
    local_admin,
    own_data,
    ownership,
    page_contexts,
    page_policy,
    share_context,
    stage_admin,
)
from cms.admin_menu import CONTENT_HOOK
from cms.comparing import register_comparisons
from cms.desk import hooks as desk_hooks  # noqa: F401 it registers hooks
from cms.link_forms import ColumnLinkForm
from cms.models import (
    AllowedDomain,
    BasePage,
    ColumnLinkPage,
    LifeStage,
    LocalPick,
    PickKind,
    SearchMiss,
)
from cms.reviews_admin import hooks as review_hooks  # noqa: F401 it registers hooks
from cms.search import admin as search_admin
from cms.search import page_kinds  # noqa: F401 it registers hooks
from cms.word import hooks as word_hooks  # noqa: F401 it registers hooks

# Set here, not on the class: who may do what belongs to the admin.
BasePage.permissions_for_user = ownership.permissions_for_user
# Set here, not on the class: the form needs models that are not there yet when the page is made.
ColumnLinkPage.base_form_class = ColumnLinkForm

register_comparisons()

# Before any view asks: a model's first question would otherwise fix the fallback policy.
register_permission_policy(LocalPick, local_admin.PICK_POLICY, exact_class=True)
register_permission_policy(PickKind, local_admin.KIND_POLICY, exact_class=True)
register_permission_policy(AllowedDomain, local_admin.DOMAIN_POLICY, exact_class=True)
register_permission_policy(LifeStage, stage_admin.STAGE_POLICY, exact_class=True)
register_permission_policy(SearchMiss, search_admin.MISS_POLICY, exact_class=True)
# In place of Wagtail's own, for every kind of page.
register_permission_policy(AbstractPage, page_policy.OwnedPagePolicy())

# In the menu 内容 by their `menu_order`; viewsets are registered by being here.
CONTENT_VIEWSETS = [
    *local_admin.VIEWSETS,
    stage_admin.LifeStageViewSet(),
    search_admin.SearchMissViewSet(),
]


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [*CONTENT_VIEWSETS, explorer.ColumnContentViewSet()]


for viewset in CONTENT_VIEWSETS:
    hooks.register(CONTENT_HOOK, viewset.get_menu_item)

hooks.register("before_delete_page", guards.keep_used_page)
hooks.register("before_bulk_action", guards.keep_used_pages)
hooks.register("construct_main_menu", admin_views.tidy_main_menu)
hooks.register("construct_help_menu", admin_views.tidy_help_menu)


@hooks.register("insert_global_admin_css")
def add_stylesheet():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
