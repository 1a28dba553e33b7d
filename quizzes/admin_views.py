"""题库 in the admin: questions and banks."""

import django_filters
from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from cms.guards import UnlessInUseMixin
from federations.admin_views.dashboard import CountSummaryItem
from federations.admin_views.editing import EditedViewSetMixin
from federations.admin_views.inspection import InspectView
from members.races import UniqueRaceMixin
from quizzes.admin_views_scope import QUESTION_POLICY, edited_banks, edited_questions
from quizzes.domain.bank import DuplicateQuestion
from quizzes.domain.removal import may_have_been_asked, remove_question
from quizzes.drafts import is_bank_drafted, is_question_drafted
from quizzes.forms import QuestionBankForm, QuestionForm, type_choices
from quizzes.models import Question, QuestionBank
from quizzes.question_types.registry import get_type

BANK_IN_USE = _("题库里还有试题，或有测验（草稿也算）从它抽题，不能删除。")
IN_USE = _("这道题在测验里用着，或可能已经出现在答卷里，不能删除。请勾选“停用”，它就不再出新卷。")


class QuestionFilterSet(WagtailFilterSet):
    bank = django_filters.ModelChoiceFilter(
        label=_("题库"), queryset=lambda request: edited_banks(request.user)
    )
    type = django_filters.ChoiceFilter(
        label=_("题型"), field_name="current__type", choices=type_choices
    )

    class Meta:
        model = Question
        fields = ["bank", "type", "difficulty", "is_retired"]


class QuestionIndexView(generic.IndexView):
    def get_base_queryset(self):
        rows = super().get_base_queryset().select_related("current", "bank")
        return rows.annotate(uses=Count("quiz_uses"))


class FilingMixin:
    """The form files the question through the domain; only a race can still make it a duplicate."""

    log_action = ""

    def save_instance(self):
        question = self.form.save()
        log(instance=question, action=self.log_action, user=self.request.user)
        return question

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except DuplicateQuestion as error:
            form.refuse_duplicate(error.existing)
            return self.form_invalid(form)


class AddQuestionView(FilingMixin, generic.CreateView):
    log_action = "wagtail.create"
    produced_error_message = None


class EditQuestionView(FilingMixin, generic.EditView):
    log_action = "wagtail.edit"
    produced_error_message = None


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
    """The question as the member meets it, and its key."""

    page_title = _("预览")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if version := self.object.current:
            question_type = get_type(version.type)
            spec = question_type.from_data(version.data)
            context |= {
                "version": version,
                "type_label": question_type.label,
                "answer_template": question_type.answer_template,
                "q": question_type.present(spec, [], []),
                "key": question_type.review(spec, [], [])["answer_text"],
            }
        return context


def name_state(question: Question):
    return _("已停用") if question.is_retired else ""


def name_type(question: Question):
    return get_type(question.current.type).label if question.current else ""


class QuestionViewSet(EditedViewSetMixin, ModelViewSet):
    model = Question
    owner_field = "bank__federation"
    icon = "help"
    menu_order = 100
    list_display = [
        "__str__",
        Column("type", label=_("题型"), accessor=name_type),
        "bank",
        "difficulty",
        Column("uses", label=_("用在几个测验"), accessor="uses"),
        Column("is_retired", label=_("状态"), accessor=name_state, sort_key="is_retired"),
    ]
    filterset_class = QuestionFilterSet
    list_per_page = 30
    ordering = "-pk"
    search_fields = ["current__stem"]
    index_view_class = QuestionIndexView
    add_view_class = AddQuestionView
    edit_view_class = EditQuestionView
    delete_view_class = DeleteQuestionView
    inspect_view_class = InspectQuestionView
    inspect_view_enabled = True
    inspect_view_fields = ["bank", "difficulty", "knowledge_point", "source", "tags", "is_retired"]
    inspect_template_name = "admin_quizzes/question_inspect.html"

    def get_form_class(self, for_update=False):
        return QuestionForm


class AddBankView(UniqueRaceMixin, generic.CreateView):
    pass


class EditBankView(UniqueRaceMixin, generic.EditView):
    pass


class DeleteBankView(UnlessInUseMixin, generic.DeleteView):
    in_use_message = BANK_IN_USE

    def is_in_use(self):
        return super().is_in_use() or is_bank_drafted(self.object.pk)


class QuestionBankViewSet(EditedViewSetMixin, ModelViewSet):
    model = QuestionBank
    icon = "folder-open-1"
    menu_order = 200
    list_display = [
        "name",
        Column("federation", label=_("所属妇联")),
        Column("question_count", label=_("题数")),
    ]
    list_per_page = 30
    ordering = "name"
    search_fields = ["name"]
    add_view_class = AddBankView
    edit_view_class = EditBankView
    delete_view_class = DeleteBankView

    class index_view_class(generic.IndexView):
        def get_base_queryset(self):
            rows = super().get_base_queryset().select_related("federation")
            return rows.annotate(question_count=Count("questions"))

    def get_form_class(self, for_update=False):
        return QuestionBankForm


class QuestionCount(CountSummaryItem):
    order = 400
    label, icon, url_name = _("道试题"), "help", "question:index"

    def get_rows(self):
        return edited_questions(self.request.user).filter(is_retired=False)

    def is_shown(self):
        return QUESTION_POLICY.user_has_permission(self.request.user, "view")
