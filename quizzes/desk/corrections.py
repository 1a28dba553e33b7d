"""A correction's figures and effects, shaped for the admin's tables."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from quizzes.domain.corrections import key_before
from quizzes.domain.corrections.workbook import name_passed, with_people
from quizzes.domain.statistics.workbook import name_federations
from quizzes.models import Correction, CorrectionState, QuestionVersion
from quizzes.question_types.base import Part
from quizzes.question_types.registry import get_type
from quizzes.wording import score_text


def count_lines(correction: Correction) -> list[tuple[str, int]]:
    """[(label, how many attempts)]; empty before the first trial."""
    is_done = correction.state == CorrectionState.APPLIED
    labels = {
        "attempts": _("答过这道题的答卷"),
        "gain": _("分数升了") if is_done else _("分数会升"),
        "lose": _("分数降了") if is_done else _("分数会降"),
        "kept": _("本会下降、保留原分"),
        "now_pass": _("由不及格变及格"),
        "now_fail": _("由及格变不及格"),
    }
    counts = correction.summary
    return [(label, counts[name]) for name, label in labels.items() if name in counts]


def compare_keys(correction: Correction) -> list[dict[str, Any]]:
    """The key before the correction and after it: one row for the question, or for each question
    of a case: {"stem", "before", "after" (lines), "is_changed"}.
    """
    old = _key_rows(correction.version, key_before(correction))
    new = _key_rows(correction.version, correction.data)
    return [
        {"stem": stem, "before": before, "after": after, "is_changed": before != after}
        for (stem, before), (_stem, after) in zip(old, new, strict=True)
    ]


def _key_rows(version: QuestionVersion, data: dict[str, Any] | None) -> list[tuple[str, list[str]]]:
    """(stem of the part, lines of its key) of each part; a question that is no case is one."""
    question_type = get_type(version.type)
    own = data if data is not None else version.data
    whole = question_type.authoring(question_type.from_data(own), version.stem)
    parts = whole.parts or (Part(version.type, replace(whole, stem="")),)
    struck = [_("已作废，人人得满分")]
    return [(part.authoring.stem, struck if data is None else _key_lines(part)) for part in parts]


def _key_lines(part: Part) -> list[str]:
    """Right options as the editor sees them; of other types their answers, or the items that hold
    the key."""
    authoring, question_type = part.authoring, get_type(part.type)
    if not (authoring.options and authoring.answers):
        return list(authoring.answers or authoring.options)
    labels = question_type.tally_labels(question_type.parse(authoring))
    return [label for _name, label, is_right in labels if is_right]


def effect_titles() -> list[str]:
    """Of the columns of `list_effects`."""
    return [
        _("姓名"),
        _("计入单位"),
        _("测验"),
        _("第几次"),
        _("原来得分"),
        _("更正后得分"),
        _("结果变化"),
    ]


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
