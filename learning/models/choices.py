"""A field for some of a few choices."""

from collections.abc import Iterable

from django import forms
from django.db import models

MARK = ","


class ChoiceSetField(models.CharField):
    """A tuple of values of `options`, in their order; empty stands for all of them.

    Stored as ",3,4,": plain text, so that the SQL of a join can look into it on every database
    (`levels LIKE '%,3,%'`), and empty for a choice of nothing.
    """

    def __init__(self, *args, options: type[models.Choices] | None = None, **kwargs):
        self.options = options
        kwargs.setdefault("default", ())
        super().__init__(*args, blank=True, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["blank"]
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value) -> tuple:
        given = value.strip(MARK).split(MARK) if isinstance(value, str) else value or ()
        return self._in_order({str(each) for each in given})

    def _in_order(self, given: Iterable[str]) -> tuple:
        if self.options is None:  # a historical model of a migration
            return tuple(sorted(given))
        return tuple(each for each in self.options.values if str(each) in given)

    def get_prep_value(self, value) -> str:
        if isinstance(value, str):  # what a lookup asks for
            return value
        return f"{MARK}{MARK.join(map(str, value))}{MARK}" if value else ""

    def value_to_string(self, obj) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def clean(self, value, model_instance) -> tuple:
        value = self.to_python(value)
        self.run_validators(self.get_prep_value(value))
        return value

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            choices=self.options.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=self.help_text,
        )
