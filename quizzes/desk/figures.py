"""The kept statistics of a quiz, shaped for the admin's tables and charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from quizzes.domain.statistics.warning_texts import WARNINGS
from quizzes.domain.statistics.workbook import (
    item_labels,
    name_federations,
    name_result,
    quiz_labels,
    stamp,
)
from quizzes.models import Question, QuestionVersion, QuizStatistics
from quizzes.wording import score_text

# The drawing area of the histogram, in its own units.
BAR_WIDTH, CHART_HEIGHT = 40, 120


@dataclass(frozen=True)
class Bar:
    """One column of the histogram; x, y and height are where it is drawn."""

    label: str
    count: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + BAR_WIDTH // 2


def figure_text(value: float | None) -> str:
    """62.5, 30, or a dash where the figure is not defined."""
    return "—" if value is None else f"{value:.1f}".removesuffix(".0")


def list_figures(statistics: QuizStatistics) -> list[tuple[str, str]]:
    figures = statistics.figures["quiz"]
    return [(label, figure_text(figures[name])) for name, label in quiz_labels().items()]


def draw_histogram(statistics: QuizStatistics) -> list[Bar]:
    counts = statistics.figures["quiz"]["histogram"]
    most, step = max(counts) or 1, 100 // len(counts)
    return [
        _draw_bar(place, count, round(CHART_HEIGHT * count / most), step)
        for place, count in enumerate(counts)
    ]


def _draw_bar(place: int, count: int, height: int, step: int) -> Bar:
    label = f"{place * step}–{(place + 1) * step}"
    return Bar(label, count, place * BAR_WIDTH, CHART_HEIGHT - height, height)


def list_items(items: Iterable[dict]) -> list[dict[str, Any]]:
    """Rows of the table of questions; two queries for any number."""
    items = list(items)
    questions = Question.objects.select_related("current", "proposed")
    known = questions.in_bulk([item["question"] for item in items])
    return [_item_row(item, known.get(item["question"])) for item in items]


def _item_row(item: dict, question: Question | None) -> dict[str, Any]:
    return {
        "id": item["question"],
        "question": question,
        "facility": round(item["facility"] or 0),
        "figures": [figure_text(item[name]) for name in item_labels()],
        "warnings": [WARNINGS[each] for each in item["warnings"]],
    }


def describe_wordings(item: dict) -> list[dict[str, Any]]:
    """Each wording of the question with the distribution of its answers."""
    versions = QuestionVersion.objects.in_bulk([each["version"] for each in item["wordings"]])
    return [
        {**each, "wording": versions.get(each["version"]), "rows": _answer_rows(each)}
        for each in item["wordings"]
    ]


def _answer_rows(wording: dict) -> list[dict[str, Any]]:
    rows = [
        {
            "label": each["label"],
            "is_right": each["is_right"],
            "count": each["count"],
            "width": round(each["share"]),
            "texts": [figure_text(each[name]) for name in ("share", "top", "bottom")],
            "biserial": "—" if each["biserial"] is None else f"{each['biserial']:.2f}",
        }
        for each in wording["answers"]
    ]
    return [*rows, _unanswered_row(wording)]


def _unanswered_row(wording: dict) -> dict[str, Any]:
    share = 100 * wording["unanswered"] / wording["asked"] if wording["asked"] else 0
    return {
        "label": _("没有作答"),
        "is_right": None,
        "count": wording["unanswered"],
        "width": round(share),
        "texts": [figure_text(share), "—", "—"],
        "biserial": "—",
    }


def answer_titles() -> list[str]:
    return [_("人次"), _("占比（%）"), _("前 27%"), _("后 27%"), _("点二列相关")]


def item_titles() -> list[str]:
    return list(item_labels().values())


def result_titles() -> list[str]:
    """Of the columns of `list_results`."""
    return [_("姓名"), _("计入单位"), _("第几次"), _("得分"), _("结果"), _("交卷")]


def list_results(attempts) -> list[dict[str, Any]]:
    """Rows of the table of results from a slice of attempts; three queries for any number."""
    attempts = list(attempts.select_related("member").defer("layout", "answers", "marks"))
    federations = name_federations({each.member_id for each in attempts})
    return [
        {
            "name": each.member.name,
            "federation": federations.get(each.member_id, ""),
            "number": each.number,
            "score": "—" if each.score_bp is None else score_text(each.score_bp),
            "result": name_result(each),
            "handed_in": stamp(each.submitted_at),
        }
        for each in attempts
    ]
