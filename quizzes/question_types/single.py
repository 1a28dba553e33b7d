from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .lettered import OPTIONS_HELP, ChoiceSpec, LetteredChoiceType


class SingleChoice(LetteredChoiceType):
    key = "single"
    label = gettext_lazy("单选题")
    options_help = OPTIONS_HELP
    answers_help = gettext_lazy("填 1 个选项字母，例如 B。")
    has_one_right = True

    def find_answer_problems(self, count: int) -> list[str]:
        if count == 1:
            return []
        return [
            _("单选题只能有 1 个正确答案，现在有 %(count)d 个；请只留一个，或改为多选题。")
            % {"count": count}
        ]

    def read_response(self, values: Sequence[str], spec: ChoiceSpec) -> list[str]:
        # A radio button sends one value; more than one is a forged or garbled post.
        return super().read_response(values, spec)[:1]
