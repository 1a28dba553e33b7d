"""The fields of a question's wording, as the registry's types ask for them.

Every type's fields are there; `only_for` names the types that use one, and the script shows those
of the chosen type alone. What a type does not use is kept in the form and left out of the question.
"""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.question_types.base import Authoring, QuestionType, Setting
from quizzes.question_types.registry import QUESTION_TYPES, get_type


def type_choices():
    return [(key, each.label) for key, each in QUESTION_TYPES.items()]


def area(rows: int, **attrs) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def with_pictures(rows: int) -> forms.Textarea:
    """Text that may hold pictures and sound: the script puts buttons below it."""
    return area(rows, **{"data-takes-media": "true"})


def name_setting(type_key: str, setting: Setting) -> str:
    return f"setting-{type_key}-{setting.key}"


def make_setting_field(setting: Setting) -> forms.Field:
    kwargs = {
        "label": setting.label,
        "help_text": setting.help_text,
        "initial": setting.default,
        "required": False,
    }
    if setting.choices:
        return forms.ChoiceField(choices=setting.choices, **kwargs)
    return forms.CharField(widget=area(3) if setting.is_long else forms.TextInput(), **kwargs)


class WordingFormMixin:
    """For a form that authors a question; `types` are those that it offers."""

    types: Mapping[str, QuestionType] = QUESTION_TYPES

    def add_wording_fields(self) -> None:
        self.fields["type"] = forms.ChoiceField(
            label=_("题型"), choices=[(key, each.label) for key, each in self.types.items()]
        )
        self.fields["stem"] = forms.CharField(label=_("题干"), widget=with_pictures(3))
        self._add_text_field("options", _("选项"), 5, "options_help")
        self._add_text_field("answer", _("答案"), 2, "answers_help")
        for key, question_type in self.types.items():
            for setting in question_type.settings:
                field = make_setting_field(setting)
                field.only_for = key
                self.fields[name_setting(key, setting)] = field

    def _add_text_field(self, name: str, label, rows: int, help_name: str) -> None:
        helps = [
            (key, each.label, getattr(each, help_name))
            for key, each in self.types.items()
            if getattr(each, help_name)
        ]
        widget = with_pictures(rows) if name == "options" else area(rows)
        field = forms.CharField(label=label, widget=widget, required=False, strip=False)
        field.only_for = " ".join(key for key, _label, _help in helps)
        field.helps = helps
        self.fields[name] = field

    def authored(self) -> dict:
        """What was typed for the chosen type, as `read_wording` takes it, without parts."""
        cleaned = self.cleaned_data
        question_type = get_type(cleaned["type"])
        settings = {
            each.key: cleaned.get(name_setting(cleaned["type"], each), "")
            for each in question_type.settings
        }
        return {
            "type": cleaned["type"],
            "stem": cleaned["stem"],
            "options": _lines(cleaned["options"]) if question_type.options_help else (),
            "answers": _lines(cleaned["answer"]) if question_type.answers_help else (),
            "settings": {key: value for key, value in settings.items() if value},
        }

    def blame(self, messages: Iterable[str]) -> None:
        """Put each message at the field that it names first; at the stem when it names none."""
        question_type = get_type(self.cleaned_data["type"])
        names = {"stem": _("题干"), "options": _("选项"), "answer": _("答案")}
        names |= {
            name_setting(question_type.key, each): each.label for each in question_type.settings
        }
        for message in messages:
            places = {message.find(str(label)): name for name, label in names.items()}
            named = [place for place in places if place >= 0]
            self.add_error(places[min(named)] if named else "stem", message)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def authored_initial(type_key: str, authoring: Authoring) -> dict[str, str]:
    """The inverse of `authored`: what the form shows for a question that is there."""
    question_type = get_type(type_key)
    settings = {
        name_setting(type_key, each): authoring.settings.get(each.key, each.default)
        for each in question_type.settings
    }
    return {
        "type": type_key,
        "stem": authoring.stem,
        "options": "\n".join(authoring.options),
        "answer": "\n".join(authoring.answers),
        **settings,
    }
