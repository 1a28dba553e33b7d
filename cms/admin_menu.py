"""内容 in the admin's menu: pages and what they are made of."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry
from wagtailmedia.models import get_media_model

from federations.editing import ANSWERING_ROLES, held_places, is_editor

CONTENT_HOOK = "register_content_menu_item"


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
