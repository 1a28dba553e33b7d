"""The ways to 从 Word 导入: a button above every list of pages that takes them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from cms.word.targets import word_url
from cms.word.views import ImportedView, ImportView

LABEL = _("从 Word 导入")


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("word/<int:parent_id>/", ImportView.as_view(), name="word_import"),
        path("word/<int:parent_id>/<int:page_id>/", ImportedView.as_view(), name="word_imported"),
    ]


@hooks.register("register_page_header_buttons")
def add_button(page, user, view_name, next_url=None):
    if url := word_url(page, user):
        yield Button(LABEL, url=url, icon_name="upload", priority=16)
