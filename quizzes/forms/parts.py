"""The questions of a case (材料题), one below the other."""

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from quizzes.question_types.base import Authoring, Part, QuestionError
from quizzes.question_types.registry import QUESTION_TYPES, get_type

from .plain_messages import speak_plainly
from .wording import WordingFormMixin, authored_initial

MAX_PARTS = 20


class PartForm(WordingFormMixin, forms.Form):
    types = {key: each for key, each in QUESTION_TYPES.items() if not each.has_parts}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_wording_fields()
        speak_plainly(self.fields)

    def clean(self):
        cleaned = super().clean()
        if {"type", "stem", "options", "answer"} <= cleaned.keys() and self.has_changed():
            try:
                get_type(cleaned["type"]).parse(self.part().authoring)
            except QuestionError as error:
                self.blame(error.messages)
        return cleaned

    def part(self) -> Part:
        authored = self.authored()
        return Part(authored.pop("type"), Authoring(**authored))


class BasePartFormSet(BaseFormSet):
    ordering_widget = forms.HiddenInput
    deletion_widget = forms.HiddenInput

    def parts(self) -> tuple[Part, ...]:
        """Those that are filled in, in their order; the formset must be valid."""
        kept = [form for form in self.ordered_forms if form.cleaned_data.get("stem")]
        return tuple(form.part() for form in kept)


PartFormSet = formset_factory(
    PartForm,
    formset=BasePartFormSet,
    extra=0,
    can_order=True,
    can_delete=True,
    max_num=MAX_PARTS,
    validate_max=True,
)


def part_initial(part: Part) -> dict[str, str]:
    return authored_initial(part.type, part.authoring)


NO_PARTS = _("材料题至少要有 1 个小题，请点“加一个小题”。")
