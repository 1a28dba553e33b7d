"""The reviews in Wagtail's admin: addresses, menu, the page editor, the page tree."""

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets import Button
from wagtail.permissions import register_permission_policy

from cms.models import SensitiveWord
from cms.reviews import waiting_for
from cms.reviews_admin import (
    api,
    deciding,
    editor,
    lists,
    publishing,
    sending,
    taking_down,
    word_list,
)
from cms.reviews_admin.frame import may_enter
from federations.admin_views.dashboard import CountSummaryItem
from federations.editing import is_editor

register_permission_policy(SensitiveWord, word_list.WORD_POLICY, exact_class=True)
WORDS = word_list.SensitiveWordViewSet("sensitive_word")
AFTER_THE_OTHERS = 100

URLS = [
    path("reviews/", deciding.WaitingView.as_view(), name="review_list"),
    path("reviews/<int:pk>/", deciding.DecideView.as_view(), name="review"),
    path("reviews/words/<int:page_id>/", sending.WordsView.as_view(), name="review_words"),
    path("reviews/correct/<int:page_id>/", publishing.CorrectView.as_view(), name="review_correct"),
    path("reviews/direct/<int:page_id>/", publishing.DirectView.as_view(), name="review_direct"),
    path("reviews/corrections/", lists.CorrectionsView.as_view(), name="review_corrections"),
    path("reviews/records/", lists.RecordsView.as_view(), name="review_records"),
    path(
        "reviews/records/<int:page_id>/",
        lists.PageRecordsView.as_view(),
        name="review_page_records",
    ),
    path("reviews/paste-words/", word_list.PasteView.as_view(), name="review_words_import"),
]


@hooks.register("register_admin_urls")
def register_urls():
    return URLS


@hooks.register("register_admin_viewset")
def register_viewset():
    return WORDS


class GuardedItem(MenuItem):
    """Shown to those who may see what is behind it."""

    def __init__(self, label, url_name, *, may_see, **kwargs):
        super().__init__(label, reverse(url_name), name=url_name.replace("_", "-"), **kwargs)
        self.may_see = may_see

    def is_shown(self, request):
        return self.may_see(request.user)


@hooks.register("register_admin_menu_item")
def register_menu():
    items = [
        GuardedItem(_("待审页面"), "review_list", may_see=is_editor, icon_name="tasks", order=100),
        GuardedItem(
            _("待补审"),
            "review_corrections",
            may_see=lists.may_see_corrections,
            icon_name="warning",
            order=200,
        ),
        GuardedItem(
            _("审校记录"), "review_records", may_see=may_enter, icon_name="list-ul", order=300
        ),
        WORDS.get_menu_item(order=WORDS.menu_order),
    ]
    return SubmenuMenuItem(
        _("审校"), Menu(items=items), name="reviews", icon_name="tasks", order=150
    )


class WaitingCount(CountSummaryItem):
    order = 50
    label, icon, url_name = gettext_lazy("个待审页面"), "tasks", "review_list"

    def is_shown(self):
        return is_editor(self.request.user)

    def get_rows(self):
        return waiting_for(self.request.user)


@hooks.register("construct_homepage_summary_items")
def add_waiting_count(request, items):
    items.append(WaitingCount(request))


@hooks.register("construct_homepage_panels")
def drop_moderation_panel(request, panels):
    """Its buttons lead to Wagtail's own dialogs; ours is the list 待审页面."""
    panels[:] = [panel for panel in panels if panel.name != "workflow_objects_to_moderate"]


@hooks.register("register_page_header_buttons")
def add_records_button(page, user, view_name, next_url=None):
    if page.pk and lists.may_see_records(user, page):
        yield Button(
            _("审校记录"),
            reverse("review_page_records", args=[page.pk]),
            icon_name="list-ul",
            priority=90,
        )


@hooks.register("construct_explorer_page_queryset")
def bring_owners(parent_page, pages, request):
    """Every row shows its federation, and asks whose it is."""
    return pages.prefetch_related("federation")


hooks.register("construct_admin_api", api.close_actions)
hooks.register("construct_page_action_menu", editor.arrange_actions)
hooks.register("before_edit_page", editor.say_why_returned)
hooks.register("after_edit_page", editor.follow_up)
hooks.register("after_create_page", editor.follow_up)
hooks.register("before_unpublish_page", taking_down.take_down_with_reason, order=AFTER_THE_OTHERS)
hooks.register("before_bulk_action", taking_down.refuse_in_bulk)
