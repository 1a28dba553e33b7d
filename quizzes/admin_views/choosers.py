"""The question chooser of the quiz editor: search by stem, filter by bank."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from federations.admin_views.choosers import (
    ScopedChooserMixin,
    ScopedChooserViewSet,
    SearchForm,
)
from quizzes.admin_views.questions import name_type
from quizzes.admin_views.scope import edited_banks, usable_questions
from quizzes.models import Question, QuestionBank


class QuestionSearchForm(SearchForm):
    bank = forms.ModelChoiceField(
        label=_("题库"),
        queryset=QuestionBank.objects.none(),
        required=False,
        empty_label=_("全部题库"),
        widget=forms.Select(attrs={"data-chooser-modal-search-filter": True}),
    )

    def filter(self, objects):
        bank = self.cleaned_data.get("bank")
        return super().filter(objects.filter(bank=bank) if bank else objects)

    def find(self, objects, typed: str):
        return objects.filter(current__stem__icontains=typed)


class QuestionChooserMixin(ScopedChooserMixin):
    filter_form_class = QuestionSearchForm

    def choosable(self):
        rows = usable_questions(self.request.user)
        return rows.select_related("current", "proposed", "bank").order_by("-pk")

    def get_filter_form(self):
        form = super().get_filter_form()
        form.fields["bank"].queryset = edited_banks(self.request.user)
        return form

    @property
    def columns(self):
        return [
            *super().columns,
            Column("type", label=_("题型"), accessor=name_type),
            Column("bank", label=_("题库"), accessor="bank"),
            Column("difficulty", label=_("难度"), accessor="difficulty"),
        ]


class QuestionChooserViewSet(ScopedChooserViewSet):
    model = Question
    view_mixin = QuestionChooserMixin
    icon = "help"
    choose_one_text = _("选择试题")
    edit_item_text = _("修改这道题")
