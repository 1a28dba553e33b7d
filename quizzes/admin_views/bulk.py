"""What an editor does to many questions at once, from the list."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import widgets
from wagtail.admin.forms.tags import TagField
from wagtail.admin.views.bulk_action import BulkAction

from quizzes.admin_views.filters import QuestionFilterSet, search_stems
from quizzes.admin_views.scope import edited_banks, edited_questions, reviewed_questions
from quizzes.domain.filing import (
    BULK_LIMIT,
    Filed,
    add_tags,
    approve_questions,
    bring_back_questions,
    move_questions,
    retire_questions,
)
from quizzes.domain.review import CHANGED_MEANWHILE
from quizzes.models import Question, QuestionBank

SHOWN_REASONS = 20


class QuestionBulkAction(BulkAction):
    """Each row is asked for its scope; an unknown id and a stranger's row are the same 404."""

    models = [Question]
    template_name = "admin_quizzes/bulk.html"
    done_text = ""

    @classproperty
    def aria_label(cls):
        return cls.display_name

    def rows(self):
        return edited_questions(self.request.user)

    def get_actionable_objects(self):
        found = self._chosen().select_related("bank", "current", "proposed").order_by("-pk")
        return list(found[:BULK_LIMIT]), {"items_with_no_access": []}

    def _chosen(self):
        ids = self.request.GET.getlist("id")
        if "all" in ids:
            return self._listed()
        if not all(each.isdecimal() and len(each) <= 18 for each in ids):
            raise Http404
        chosen = self.rows().filter(pk__in=ids)
        if len(ids) > BULK_LIMIT or chosen.count() != len(set(ids)):
            raise Http404
        return chosen

    def _listed(self):
        """All that the list shows with its filters and its search."""
        rows = self.rows()
        filters = QuestionFilterSet(self.request.GET, queryset=rows, request=self.request)
        listed = filters.qs if filters.is_valid() else rows.none()
        return search_stems(listed, self.request.GET.get("q", "")).distinct()

    @cached_property
    def listed_count(self) -> int:
        return self._chosen().count()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        left_out = self.listed_count - len(context["items"])
        return context | {"action": self, "left_out": max(left_out, 0), "limit": BULK_LIMIT}

    def get_execution_context(self):
        return {"action": self, **(self.cleaned_form.cleaned_data if self.cleaned_form else {})}

    @classmethod
    def execute_action(cls, objects, action, **data):
        filed: Filed = cls.file(objects, by=action.request.user, **data)
        for question, reason in filed.refused[:SHOWN_REASONS]:
            messages.error(action.request, f"{question}：{reason}")
        if (more := len(filed.refused) - SHOWN_REASONS) > 0:
            messages.error(action.request, _("还有 %d 道题也没有改动，原因相同或相近。") % more)
        return filed.count, 0

    @classmethod
    def file(cls, questions: list[Question], *, by, **data) -> Filed:
        raise NotImplementedError

    def get_success_message(self, num_parent_objects, num_child_objects):
        return self.done_text % num_parent_objects if num_parent_objects else None


class TagsForm(forms.Form):
    # The widget hides the field: the browser could not say that it is empty.
    use_required_attribute = False
    tags = TagField(
        label=gettext_lazy("标签"),
        widget=widgets.AdminTagWidget,
        help_text=gettext_lazy("几个标签用逗号隔开，例如：反家暴，婚姻家庭。"),
        error_messages={"required": gettext_lazy("请填要加的标签。")},
    )


class AddTagsAction(QuestionBulkAction):
    display_name = gettext_lazy("加标签")
    action_type = "add_tags"
    action_priority = 10
    form_class = TagsForm
    done_text = gettext_lazy("已给 %d 道题加上标签。")

    @classmethod
    def file(cls, questions, *, by, tags):
        return add_tags(questions=questions, tags=tags, by=by)


class MoveForm(forms.Form):
    bank = forms.ModelChoiceField(
        label=gettext_lazy("移到哪个题库"), queryset=QuestionBank.objects.none()
    )


class MoveAction(QuestionBulkAction):
    display_name = gettext_lazy("移到别的题库")
    action_type = "move"
    action_priority = 20
    form_class = MoveForm
    done_text = gettext_lazy("已移动 %d 道题。")

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["bank"].queryset = edited_banks(self.request.user)
        return form

    @classmethod
    def file(cls, questions, *, by, bank):
        return move_questions(questions=questions, bank=bank, by=by)


class RetireAction(QuestionBulkAction):
    display_name = gettext_lazy("停用")
    action_type = "retire"
    action_priority = 30
    done_text = gettext_lazy("已停用 %d 道题，它们不再出现在新的测验和抽题里。")

    @classmethod
    def file(cls, questions, *, by):
        return retire_questions(questions=questions, by=by)


class BringBackAction(QuestionBulkAction):
    display_name = gettext_lazy("恢复使用")
    action_type = "bring_back"
    action_priority = 40
    done_text = gettext_lazy("已恢复使用 %d 道题。")

    @classmethod
    def file(cls, questions, *, by):
        return bring_back_questions(questions=questions, by=by)


class SeenForm(forms.Form):
    """The wordings that the page named, with their stages: she decides on no other."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def say_seen(question: Question) -> str:
    version = question.proposed
    return f"{version.pk}-{version.stage}" if version else ""


class ApproveAction(QuestionBulkAction):
    """Each question is passed one stage on; for those that she may not decide on, it says why."""

    form_class = SeenForm

    display_name = gettext_lazy("审核通过")
    action_type = "approve"
    action_priority = 50
    done_text = gettext_lazy("已通过 %d 道题的这一审。")

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if not form.is_bound:
            shown, _rest = self.get_actionable_objects()
            form.initial["seen"] = " ".join(say_seen(each) for each in shown if each.proposed)
        return form

    @classmethod
    def file(cls, questions, *, by, seen):
        waiting = reviewed_questions(by).filter(pk__in=[each.pk for each in questions])
        pks = set(waiting.values_list("pk", flat=True))
        reason = _("这道题没有在等您审。")
        others = tuple((each, reason) for each in questions if each.pk not in pks)
        hers = [each for each in questions if each.pk in pks]
        as_seen = [each for each in hers if say_seen(each) in seen.split()]
        changed = tuple((each, str(CHANGED_MEANWHILE)) for each in hers if each not in as_seen)
        filed = approve_questions(questions=as_seen, by=by, now=timezone.now())
        return Filed(filed.count, (*filed.refused, *changed, *others))


ACTIONS = [AddTagsAction, MoveAction, RetireAction, BringBackAction, ApproveAction]
