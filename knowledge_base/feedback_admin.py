"""条目反馈 in the admin: what readers say of an entry, without who they are."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from federations.admin_views.editing import EditingPolicy
from federations.editing import within_edited
from knowledge_base.models import Feedback, KnowledgePage

FEEDBACK_POLICY = EditingPolicy(Feedback)
PER_PAGE = 30


def judged_entries(user):
    """Entries with feedback that are hers to edit."""
    entries = KnowledgePage.objects.filter(within_edited(user, "federation"))
    return (
        entries.defer("body")
        .annotate(
            useful=Count("feedback", filter=Q(feedback__is_useful=True)),
            useless=Count("feedback", filter=Q(feedback__is_useful=False)),
            remarks=Count("feedback", filter=~Q(feedback__words="")),
            newest=Max("feedback__given_at"),
        )
        .filter(newest__isnull=False)
    )


class EditorsOnlyMixin:
    def dispatch(self, request, *args, **kwargs):
        if not FEEDBACK_POLICY.user_has_permission(request.user, "view"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class JudgedEntriesView(EditorsOnlyMixin, BaseListingView):
    page_title = _("条目反馈")
    header_icon = "comment"
    paginate_by = PER_PAGE
    index_url_name = "knowledge_feedback"
    index_results_url_name = "knowledge_feedback_results"
    default_ordering = "-useless"
    columns = [
        TitleColumn("title", label=_("条目"), url_name="knowledge_feedback_of"),
        Column("useful", label=_("有用"), sort_key="useful"),
        Column("useless", label=_("没用"), sort_key="useless"),
        Column("remarks", label=_("留言"), sort_key="remarks"),
        DateColumn("newest", label=_("最近一次"), sort_key="newest"),
    ]
    no_results_message = _("还没有读者给您的条目留下反馈。")

    def get_base_queryset(self):
        return judged_entries(self.request.user)


class RemarksView(EditorsOnlyMixin, BaseListingView):
    """What readers wrote about one entry; the bare answers are counted in the list."""

    page_title = _("条目反馈")
    header_icon = "comment"
    paginate_by = PER_PAGE
    default_ordering = "-given_at"
    columns = [
        BooleanColumn("is_useful", label=_("有用")),
        Column("words", label=_("留言")),
        DateColumn("given_at", label=_("时间")),
    ]
    no_results_message = _("还没有人写留言。")

    def get_base_queryset(self):
        self.entry = get_object_or_404(judged_entries(self.request.user), pk=self.kwargs["page"])
        return self.entry.feedback.exclude(words="")

    def get_page_subtitle(self):
        return self.entry.title

    def get_index_url(self):
        return reverse("knowledge_feedback_of", args=[self.kwargs["page"]])

    def get_index_results_url(self):
        return reverse("knowledge_feedback_of_results", args=[self.kwargs["page"]])

    def get_breadcrumbs_items(self):
        parent = {"url": reverse("knowledge_feedback"), "label": JudgedEntriesView.page_title}
        here = {"url": "", "label": self.entry.title}
        return [*super().get_breadcrumbs_items(), parent, here]


class FeedbackMenuItem(MenuItem):
    def is_shown(self, request):
        return FEEDBACK_POLICY.user_has_permission(request.user, "view")


urlpatterns = [
    path("", JudgedEntriesView.as_view(), name="knowledge_feedback"),
    path(
        "results/",
        JudgedEntriesView.as_view(results_only=True),
        name="knowledge_feedback_results",
    ),
    path("<id:page>/", RemarksView.as_view(), name="knowledge_feedback_of"),
    path(
        "<id:page>/results/",
        RemarksView.as_view(results_only=True),
        name="knowledge_feedback_of_results",
    ),
]
