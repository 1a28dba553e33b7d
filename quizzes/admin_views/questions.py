"""试题 in the admin: the list, the authoring form, and the question as the member meets it."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from federations.admin_views.dashboard import CountSummaryItem
from federations.admin_views.editing import EditedViewSetMixin
from federations.admin_views.inspection import InspectView
from quizzes.admin_views.filters import SEARCH_FIELDS, QuestionFilterSet
from quizzes.admin_views.scope import QUESTION_POLICY, edited_questions
from quizzes.admin_views.transfer_buttons import QuestionTransferMixin
from quizzes.desk.drafts import is_question_drafted
from quizzes.desk.usage import find_uses
from quizzes.domain.bank import DuplicateQuestion
from quizzes.domain.removal import may_have_been_asked, remove_question
from quizzes.domain.versions import newest_version
from quizzes.forms import QuestionForm
from quizzes.models import Question, QuestionVersion, ReviewStage
from quizzes.question_types.base import QuestionError
from quizzes.question_types.markers import drop_markers
from quizzes.question_types.registry import get_type

IN_USE = gettext_lazy(
    "这道题在测验里用着，或可能已经出现在答卷里，不能删除。请勾选“停用”，它就不再出新卷。"
)


class StemColumn(TitleColumn):
    """The words of the stem, without the markers of its pictures."""

    def get_value(self, instance):
        return drop_markers(str(instance))


class QuestionIndexView(QuestionTransferMixin, generic.IndexView):
    add_item_label = gettext_lazy("添加试题")

    def _get_title_column(self, field_name, column_class=StemColumn, **kwargs):
        return super()._get_title_column(field_name, column_class, **kwargs)

    @cached_property
    def columns(self):
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="question"), *super().columns]

    def get_base_queryset(self):
        rows = super().get_base_queryset().select_related("current", "proposed", "bank")
        return rows.annotate(uses=Count("quiz_uses", distinct=True))


class FilingMixin:
    """The form files the question through the domain; only a race can still refuse it."""

    log_action = ""

    def save_instance(self):
        question = self.form.save()
        log(instance=question, action=self.log_action, user=self.request.user)
        return question

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except (DuplicateQuestion, QuestionError) as error:
            form.refuse(error)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def get_success_message(self, *args):
        proposed = self.object.proposed
        if proposed and proposed.stage != ReviewStage.NONE:
            return _("已保存并送审，三审通过后才用到测验里。")
        return super().get_success_message(*args)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"preview_url": reverse("question_preview_typed")}


class AddQuestionView(FilingMixin, generic.CreateView):
    log_action = "wagtail.create"


class EditQuestionView(FilingMixin, generic.EditView):
    log_action = "wagtail.edit"

    @cached_property
    def header_more_buttons(self):
        versions = reverse("question_versions", args=[self.object.pk])
        button = Button(_("版本与使用"), url=versions, icon_name="history", priority=5)
        return [button, *super().header_more_buttons]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        proposed = self.object.proposed
        decisions = proposed.decisions.select_related("decided_by") if proposed else ()
        return context | {"proposed": proposed, "decisions": decisions}


class DeleteQuestionView(generic.DeleteView):
    def dispatch(self, request, *args, **kwargs):
        if may_have_been_asked(self.object) or is_question_drafted(self.object.pk):
            messages.error(request, IN_USE)
            return redirect(reverse("question:edit", args=[self.object.pk]))
        return super().dispatch(request, *args, **kwargs)

    def delete_action(self):
        log(instance=self.object, action="wagtail.delete", user=self.request.user)
        remove_question(question=self.object)


class InspectQuestionView(InspectView):
    """The question as the member meets it, and where it is used."""

    page_title = gettext_lazy("预览")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        version = newest_version(self.object)
        return context | {"version": version, "uses": find_uses(self.object)}


def name_state(question: Question):
    if question.is_retired:
        return _("已停用")
    if question.proposed is None:
        return ""
    if question.proposed.stage == ReviewStage.NONE:
        return _("审核退回")
    return question.proposed.get_stage_display()


def name_type(question: Question):
    version: QuestionVersion | None = newest_version(question)
    return get_type(version.type).label if version else ""


def name_facility(question: Question):
    return "" if question.facility is None else f"{question.facility}%"


class QuestionViewSet(EditedViewSetMixin, ModelViewSet):
    model = Question
    owner_field = "bank__federation"
    icon = "help"
    menu_order = 100
    list_display = [
        "__str__",
        Column("type", label=gettext_lazy("题型"), accessor=name_type),
        "bank",
        "difficulty",
        Column("uses", label=gettext_lazy("用在几个测验"), accessor="uses"),
        "asked_count",
        Column(
            "facility", label=gettext_lazy("得分率"), accessor=name_facility, sort_key="facility"
        ),
        Column("state", label=gettext_lazy("状态"), accessor=name_state),
    ]
    filterset_class = QuestionFilterSet
    list_per_page = 30
    ordering = "-pk"
    search_fields = SEARCH_FIELDS
    index_view_class = QuestionIndexView
    add_view_class = AddQuestionView
    edit_view_class = EditQuestionView
    delete_view_class = DeleteQuestionView
    inspect_view_class = InspectQuestionView
    inspect_view_enabled = True
    inspect_view_fields = [
        "bank",
        "difficulty",
        "knowledge_point",
        "source",
        "explained_by",
        "explained_at",
        "explained_article",
        "tags",
        "is_retired",
        "asked_count",
        "facility",
    ]
    index_template_name = "admin_quizzes/question_index.html"
    create_template_name = "admin_quizzes/question_form.html"
    edit_template_name = "admin_quizzes/question_form.html"
    inspect_template_name = "admin_quizzes/question_inspect.html"

    def get_form_class(self, for_update=False):
        return QuestionForm


class QuestionCount(CountSummaryItem):
    order = 400
    label, icon, url_name = gettext_lazy("道试题"), "help", "question:index"

    def get_rows(self):
        return edited_questions(self.request.user).filter(is_retired=False)

    def is_shown(self):
        return QUESTION_POLICY.user_has_permission(self.request.user, "view")
