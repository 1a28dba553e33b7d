from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry, register_permission_policy
from wagtailmedia.models import get_media_model

from cms import (  # noqa: F401 they register hooks
    admin_views,
    article_context,
    column_kinds,
    explorer,
    gate,
    guards,
    ownership,
    page_contexts,
    share_context,
)
from cms.comparing import register_comparisons
from cms.desk.base import HOOK as DESK_HOOK
from cms.desk.base import desk_lists
from cms.desk.broken import broken_lists
from cms.desk.coming import coming_lists
from cms.desk.health import health_lists
from cms.desk.mine import my_lists
from cms.desk.panels import place_panels
from cms.link_forms import ColumnLinkForm
from cms.local_admin import DOMAIN_POLICY, KIND_POLICY, PICK_POLICY, VIEWSETS
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
from cms.stage_admin import STAGE_POLICY, LifeStageViewSet
from cms.word import hooks as word_hooks  # noqa: F401 they register themselves
from federations.editing import ANSWERING_ROLES, held_places, is_editor

# Set here, not on the class: who may do what belongs to the admin.
BasePage.permissions_for_user = ownership.permissions_for_user
# Set here, not on the class: the form needs models that are not there yet when the page is made.
ColumnLinkPage.base_form_class = ColumnLinkForm

register_permission_policy(LocalPick, PICK_POLICY, exact_class=True)
register_permission_policy(PickKind, KIND_POLICY, exact_class=True)
register_permission_policy(AllowedDomain, DOMAIN_POLICY, exact_class=True)

register_comparisons()

CONTENT_HOOK = "register_content_menu_item"

register_permission_policy(LifeStage, STAGE_POLICY, exact_class=True)

stages = LifeStageViewSet()


@hooks.register("register_admin_viewset")
def register_stages():
    return stages


@hooks.register(CONTENT_HOOK)
def register_stage_menu_item():
    return stages.get_menu_item()


class PagesMenuItem(MenuItem):
    def is_shown(self, request):
        answers = is_editor(request.user) or held_places(request.user, ANSWERING_ROLES)
        return bool(answers) and user_has_any_page_permission(request.user)


class LibraryMenuItem(MenuItem):
    """Images, documents or media: shown to whoever may do something with them."""

    def __init__(self, *args, model, **kwargs):
        super().__init__(*args, **kwargs)
        self.model = model

    def is_shown(self, request):
        policy = policy_registry.get_by_type(self.model)
        may = policy.user_has_any_permission(request.user, ["add", "change", "delete"])
        return may and is_editor(request.user)


def content_items() -> list[MenuItem]:
    pages, images = reverse("wagtailadmin_explore_root"), reverse("wagtailimages:index")
    documents, media = reverse("wagtaildocs:index"), reverse("wagtailmedia:index")
    return [
        PagesMenuItem(_("页面"), pages, name="pages", icon_name="folder-open-inverse", order=100),
        LibraryMenuItem(
            _("图片"), images, name="images", icon_name="image", order=200, model=get_image_model()
        ),
        LibraryMenuItem(
            _("音视频"), media, name="media", icon_name="media", order=300, model=get_media_model()
        ),
        LibraryMenuItem(
            _("文档"),
            documents,
            name="documents",
            icon_name="doc-full-inverse",
            order=400,
            model=get_document_model(),
        ),
    ]


@hooks.register("register_admin_menu_item")
def register_content_menu():
    return SubmenuMenuItem(
        _("内容"),
        Menu(register_hook_name=CONTENT_HOOK, items=content_items()),
        name="content",
        icon_name="folder-open-inverse",
        order=100,
    )


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [*VIEWSETS, explorer.ColumnContentViewSet()]


for viewset in VIEWSETS:
    hooks.register(CONTENT_HOOK, viewset.get_menu_item)


for find_lists in (my_lists, coming_lists, broken_lists, health_lists):
    hooks.register(DESK_HOOK, find_lists)
hooks.register("construct_homepage_panels", place_panels)


@hooks.register("register_admin_urls")
def register_desk_urls():
    return [path("desk/", include("cms.desk.views"))]


class DeskMenuItem(MenuItem):
    def is_shown(self, request):
        return is_editor(request.user)


@hooks.register("register_admin_menu_item")
def register_desk_menu():
    listed = [each for each in desk_lists().values() if each.in_menu]
    items = [
        DeskMenuItem(
            each.title,
            reverse("desk_list", args=[each.key]),
            name=each.key,
            icon_name=each.icon,
            order=place,
        )
        for place, each in enumerate(listed)
    ]
    return SubmenuMenuItem(
        _("内容检查"), Menu(items=items), name="desk", icon_name="clipboard-list", order=160
    )


hooks.register("before_delete_page", guards.keep_used_page)
hooks.register("before_bulk_action", guards.keep_used_pages)
hooks.register("construct_main_menu", admin_views.tidy_main_menu)
hooks.register("construct_help_menu", admin_views.tidy_help_menu)


@hooks.register("insert_global_admin_css")
def add_stylesheet():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


register_permission_policy(SearchMiss, search_admin.MISS_POLICY, exact_class=True)
search_misses = search_admin.SearchMissViewSet()


@hooks.register("register_admin_viewset")
def register_search_misses():
    return search_misses


@hooks.register(CONTENT_HOOK)
def register_search_misses_item():
    return search_misses.get_menu_item()
