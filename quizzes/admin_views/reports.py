"""试题反馈 in the admin: what members say is wrong with a question, and the reply to it."""

import django_filters
from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from federations.admin_views.dashboard import CountSummaryItem
from federations.admin_views.editing import EditedViewSetMixin
from federations.admin_views.inspection import InspectView
from federations.admin_views.policies import StaffPolicy
from federations.editing import EDITING_ROLES, within_edited
from quizzes.admin_views.scope import edited_banks
from quizzes.desk.reports import order_seen
from quizzes.domain.reports import AlreadyReplied, reply_to_report
from quizzes.models import QuestionReport, ReportReason
from quizzes.question_types.markers import drop_markers
from quizzes.question_types.registry import get_type

# Nobody writes a report for a member, and none is thrown away.
REPORT_POLICY = StaffPolicy(
    QuestionReport, roles_by_action={"view": EDITING_ROLES, "change": EDITING_ROLES}
)
OWNER_FIELD = "version__question__bank__federation"
ALREADY_REPLIED = _("别人刚刚已经回复了这一条，您写的没有发出。")


class ReportFilterSet(WagtailFilterSet):
    waits = django_filters.ChoiceFilter(
        label=_("回复"),
        choices=[("1", _("等回复")), ("0", _("已回复"))],
        method="filter_waiting",
    )
    reason = django_filters.ChoiceFilter(label=_("哪里不对"), choices=ReportReason.choices)
    bank = django_filters.ModelChoiceFilter(
        label=_("题库"),
        field_name="version__question__bank",
        queryset=lambda request: edited_banks(request.user),
    )

    class Meta:
        model = QuestionReport
        fields = ["waits", "reason", "bank"]

    def filter_waiting(self, rows, name, value):
        return rows.filter(replied_at__isnull=value == "1")


class ReplyForm(forms.ModelForm):
    reply = forms.CharField(
        label=_("回复"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("反映的人会在“我的”里看到，最多 500 字。题目要改，请到试题里改。"),
        error_messages={"required": _("请先写回复再发送。")},
    )

    class Meta:
        model = QuestionReport
        fields = ["reply"]


class ReportIndexView(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("version__question__bank")


class ReplyView(generic.EditView):
    template_name = "admin_quizzes/reports/reply.html"
    page_title = _("回复")
    actions = ["edit"]
    success_message = _("回复已发给反映的人。")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | question_facts(self.object)

    def get_success_buttons(self):
        return []

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except AlreadyReplied:
            messages.error(self.request, ALREADY_REPLIED)
            return redirect(self.get_success_url())

    def save_instance(self):
        reply_to_report(
            report_id=self.object.pk,
            by=self.request.user,
            text=self.form.cleaned_data["reply"],
            now=timezone.now(),
        )
        log(instance=self.object, action="wagtail.edit", user=self.request.user)
        return self.object


def question_facts(report: QuestionReport) -> dict:
    """The question as it was asked, with its key; letters are those that she saw."""
    version = report.version
    question_type = get_type(version.type)
    spec, order = question_type.from_data(version.data), order_seen(report)
    return {
        "report": report,
        "version": version,
        "type_label": question_type.label,
        "answer_template": question_type.answer_template,
        "q": question_type.present(spec, order, []),
        "key": question_type.review(spec, order, [])["answer_text"],
        "is_order_known": bool(order),
    }


class InspectReportView(InspectView):
    page_title = _("试题反馈")


def shorten_stem(report: QuestionReport) -> str:
    return Truncator(drop_markers(report.version.stem)).chars(40)


def name_bank(report: QuestionReport) -> str:
    return report.version.question.bank.name


def report_url(report: QuestionReport) -> str:
    """To reply, or to read what was replied."""
    name = "inspect" if report.replied_at else "edit"
    return reverse(f"questionreport:{name}", args=[report.pk])


def name_reply(report: QuestionReport):
    return _("已回复") if report.replied_at else _("等回复")


class QuestionReportViewSet(EditedViewSetMixin, ModelViewSet):
    """Who reported is not shown: for the reply it does not matter."""

    model = QuestionReport
    owner_field = OWNER_FIELD
    icon = "comment"
    menu_order = 300
    list_display = [
        TitleColumn("stem", label=_("试题"), accessor=shorten_stem, get_url=report_url),
        Column("reason", label=_("哪里不对"), accessor="get_reason_display"),
        Column("text", label=_("说明"), accessor="text"),
        Column("bank", label=_("题库"), accessor=name_bank),
        DateColumn("made_at", label=_("反映时间")),
        Column("replied", label=_("状态"), accessor=name_reply),
    ]
    filterset_class = ReportFilterSet
    list_per_page = 30
    ordering = ["-made_at", "-pk"]
    search_fields = ["version__stem", "text"]
    add_to_reference_index = False
    index_view_class = ReportIndexView
    edit_view_class = ReplyView
    inspect_view_enabled = True
    inspect_view_class = InspectReportView
    inspect_view_fields = ["version", "reason", "text", "made_at", "reply", "replied_at"]

    def rows_for(self, user, action, rows=None):
        """A reply stands: what is answered can be read, not answered again."""
        allowed = super().rows_for(user, action, rows)
        return allowed.filter(replied_at=None) if action == "change" else allowed

    def get_form_class(self, for_update=False):
        return ReplyForm


class ReportCount(CountSummaryItem):
    """On the dashboard: how many wait for a reply."""

    order = 450
    label, icon, url_name = _("条试题反馈等回复"), "comment", "questionreport:index"

    def get_rows(self):
        waiting = QuestionReport.objects.filter(replied_at=None)
        return waiting.filter(within_edited(self.request.user, OWNER_FIELD))

    def is_shown(self):
        return REPORT_POLICY.user_has_permission(self.request.user, "view")
