"""What the warnings of quizzes.statistics say to an editor."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quizzes.statistics import Warned

# (short name, what it may mean and what to do)
WARNINGS: dict[str, tuple[str | Promise, str | Promise]] = {
    Warned.NEGATIVE: (
        _("负区分"),
        _("总分高的人反而答不对，答案可能有误，请先核对答案。"),
    ),
    Warned.WRONG_PREFERRED: (
        _("错选项更受欢迎"),
        _("某个错误选项比正确答案更多人选，答案可能有误，或题目说得不清楚。"),
    ),
    Warned.TOO_EASY: (_("太易"), _("几乎人人都对，分不出谁学得好；留着鼓励大家也可以。")),
    Warned.TOO_HARD: (_("太难"), _("很少有人答对，请看看题目是否超出所学，或说得不清楚。")),
    Warned.WEAK: (_("区分度低"), _("会的和不会的人得分差不多，题目可能有歧义。")),
    Warned.UNCHOSEN: (_("干扰项没人选"), _("有的错误选项没有人选，可以换一个更像的。")),
}
