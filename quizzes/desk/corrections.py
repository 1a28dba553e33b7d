"""A correction's figures and effects, shaped for the admin's tables."""

from typing import Any

from django.utils.translation import gettext as _

from quizzes.domain.corrections.workbook import name_passed, with_people
from quizzes.domain.statistics.workbook import name_federations
from quizzes.models import Correction
from quizzes.wording import score_text


def count_lines(correction: Correction) -> list[tuple[str, int]]:
    """[(label, how many attempts)]; empty before the first trial."""
    labels = {
        "attempts": _("答过这道题的答卷"),
        "gain": _("分数会升"),
        "lose": _("分数会降"),
        "kept": _("本会下降、保留原分"),
        "now_pass": _("由不及格变及格"),
        "now_fail": _("由及格变不及格"),
    }
    counts = correction.summary
    return [(label, counts[name]) for name, label in labels.items() if name in counts]


def list_effects(effects) -> list[dict[str, Any]]:
    """Rows of the table of effects from a slice of them; two queries for any number."""
    effects = list(with_people(effects))
    federations = name_federations({each.attempt.member_id for each in effects})
    return [
        {
            "name": each.attempt.member.name,
            "federation": federations.get(each.attempt.member_id, ""),
            "quiz": each.attempt.quiz.title,
            "number": each.attempt.number,
            "before": score_text(each.before_bp),
            "after": score_text(each.after_bp),
            "flip": _name_flip(each.passed_before, each.passed_after),
        }
        for each in effects
    ]


def _name_flip(before: bool, after: bool) -> str:
    return "" if before == after else f"{name_passed(before)} → {name_passed(after)}"
