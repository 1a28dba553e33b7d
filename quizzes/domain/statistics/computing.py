"""The statistics of one quiz, computed whole and kept as JSON."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from quizzes.domain.statistics.choosing import AttemptChoice, choose_attempts
from quizzes.domain.statistics.reading import Progress, Wordings, read_sample
from quizzes.models import QuizPage, QuizStatistics
from quizzes.statistics import (
    ItemFigures,
    ItemSample,
    Sample,
    count_answers,
    find_warnings,
    sum_up,
    weigh_items,
)

# Digits after the point that are kept: figures are read to one.
KEPT_DIGITS = 4


def compute_statistics(
    *, quiz: QuizPage, now: datetime, report: Progress, choice: str = AttemptChoice.FIRST
) -> QuizStatistics:
    """Compute the quiz's statistics anew over the chosen attempts and keep them.

    figures: {"choice": …, "quiz": QuizFigures, "items": [{"question": id, **ItemFigures,
    "guess": per cent, "warnings": […], "wordings": [{"version": id, "asked": n, "unanswered": n,
    "answers": [AnswerCount, …]}, …]}, …]}; wordings begin with the one asked most.
    """
    sample, wordings = read_sample(choose_attempts(quiz=quiz, choice=choice), report=report)
    figures = {
        "choice": str(choice),
        "quiz": _rounded(asdict(sum_up(sample))),
        "items": _describe_items(sample, wordings),
    }
    statistics, _created = QuizStatistics.objects.update_or_create(
        quiz=quiz,
        defaults={"attempt_count": sample.attempts, "figures": figures, "computed_at": now},
    )
    return statistics


def _describe_items(sample: Sample, wordings: Wordings) -> list[dict]:
    return [
        _describe_item(question, figures, sample.items[question], wordings)
        for question, figures in weigh_items(sample).items()
    ]


def _describe_item(
    question: int, figures: ItemFigures, item: ItemSample, wordings: Wordings
) -> dict:
    by_use = sorted(item.wordings().items(), key=lambda each: (-each[1][0], -each[0]))
    answers = {
        version: count_answers(item, version=version, known=_known_answers(version, wordings))
        for version, _counts in by_use
    }
    main = by_use[0][0]
    return {
        "question": question,
        **_rounded(asdict(figures)),
        "guess": _rounded(100 * float(_guess_share(main, wordings))),
        "warnings": [str(each) for each in find_warnings(figures, answers[main])],
        "wordings": [
            {
                "version": version,
                "asked": asked,
                "unanswered": unanswered,
                "answers": [_rounded(asdict(each)) for each in answers[version]],
            }
            for version, (asked, unanswered) in by_use
        ],
    }


def _known_answers(version: int, wordings: Wordings) -> list[tuple[str, str, bool | None]]:
    """With the key in force; of a struck question nothing is right or wrong."""
    known = wordings.type_of(version).tally_labels(wordings.specs[version])
    is_struck = version in wordings.struck
    return [(name, str(label), None if is_struck else is_right) for name, label, is_right in known]


def _guess_share(version: int, wordings: Wordings):
    return wordings.type_of(version).guess_share(wordings.specs[version])


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, KEPT_DIGITS)
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return value
