"""The modes of a quiz, as facts to ask for: no code elsewhere compares a mode with a name."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Mode:
    """`checks_at_once`: each answer is judged and locked as soon as the member asks for it.

    `keeps_limits`: time limit, number of attempts, wait and password apply.
    `is_daily`: one attempt per member and local day, drawn for that day.
    `ends_on_miss`: the first wrong answer hands the attempt in.
    `takes_draws`: questions may be drawn at random, not only fixed.
    """

    key: str
    label: str | Promise
    help_text: str | Promise
    checks_at_once: bool = False
    keeps_limits: bool = True
    is_daily: bool = False
    ends_on_miss: bool = False
    takes_draws: bool = True


EXAM = Mode("exam", _("考试"), _("限时限次，交卷后按规则公布答案。"))
PRACTICE = Mode(
    "practice",
    _("练习"),
    _("每题当场看对错和讲解，不限时不限次。"),
    checks_at_once=True,
    keeps_limits=False,
)
DAILY = Mode(
    "daily",
    _("每日答题"),
    _("每人每天一份，当天有效，题目各不相同。"),
    keeps_limits=False,
    is_daily=True,
)
CHALLENGE = Mode(
    "challenge",
    _("挑战"),
    _("一题接一题，答错即止，看能连对几题。"),
    checks_at_once=True,
    keeps_limits=False,
    ends_on_miss=True,
)
PAPER = Mode("paper", _("统一试卷"), _("人人同一份固定的题，按限时和次数作答。"), takes_draws=False)

MODES: dict[str, Mode] = {each.key: each for each in (EXAM, PRACTICE, DAILY, CHALLENGE, PAPER)}


def get_mode(key: str) -> Mode:
    """Raises KeyError for a key that no mode has."""
    return MODES[key]


def mode_choices() -> list[tuple[str, str | Promise]]:
    return [(each.key, each.label) for each in MODES.values()]
