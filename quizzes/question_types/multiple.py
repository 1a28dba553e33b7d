from django.utils.translation import gettext_lazy

from quizzes.grading import Scoring

from .base import Setting
from .lettered import OPTIONS_HELP, SCORING, LetteredChoiceType


class MultipleChoice(LetteredChoiceType):
    """One right option is enough: real banks have such questions on purpose."""

    key = "multiple"
    label = gettext_lazy("多选题")
    options_help = OPTIONS_HELP
    answers_help = gettext_lazy("填选项字母，例如 ACD。")
    settings = (
        Setting(
            SCORING,
            gettext_lazy("计分方式"),
            default=str(Scoring.EXACT),
            choices=(
                (str(Scoring.EXACT), gettext_lazy("全对才得分")),
                (str(Scoring.PARTIAL), gettext_lazy("少选得部分分，选错不得分")),
                (str(Scoring.PENALTY), gettext_lazy("选对一个得一份，选错一个扣一份，扣完为止")),
            ),
        ),
    )
