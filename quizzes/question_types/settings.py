"""Reading what an editor chose for a question."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from .base import Setting

NO, YES = "no", "yes"


def read_settings(
    settings: Sequence[Setting], given: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """The value of each setting, and what is wrong with those that must be a choice."""
    values = {each.key: given.get(each.key, "").strip() or each.default for each in settings}
    problems = [
        _("“%(label)s”不能是“%(value)s”，请从列出的选项中选择。")
        % {"label": each.label, "value": values[each.key][:50]}
        for each in settings
        if each.choices and values[each.key] not in dict(each.choices)
    ]
    return values, problems


def drop_defaults(settings: Sequence[Setting], values: Mapping[str, str]) -> dict[str, str]:
    """Only what an editor changed."""
    return {each.key: values[each.key] for each in settings if values[each.key] != each.default}
