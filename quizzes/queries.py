"""Quizzes as cards, and an attempt's questions as its screens show them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext as _

from cms.access import visible_to
from quizzes.models import Attempt, AttemptState, QuestionVersion, QuizPage, ReviewPhase
from quizzes.models.pages import QuizDraw, QuizQuestion
from quizzes.question_types.registry import get_type
from quizzes.wording import limit_text, score_text


@dataclass(frozen=True)
class QuizCard:
    title: str
    url: str
    summary: str
    question_count: int
    limit_text: str
    state_text: str
    best_text: str


@dataclass(frozen=True)
class OwnResult:
    """A member's attempts at one quiz, summed up."""

    is_open: bool = False
    best_bp: int | None = None


def quizzes_for(member):
    """Live quizzes that the member may open, in the editors' order."""
    return visible_to(member, QuizPage.objects.all()).order_by("path")


def quiz_cards(member, quizzes, now: datetime) -> list[QuizCard]:
    quizzes = list(quizzes)
    counts, own = count_questions(quizzes), own_results(member, quizzes)
    return [_card(quiz, counts[quiz.pk], own[quiz.pk], now) for quiz in quizzes]


def _card(quiz: QuizPage, question_count: int, own: OwnResult, now: datetime) -> QuizCard:
    return QuizCard(
        title=quiz.title,
        url=quiz.url,
        summary=quiz.summary,
        question_count=question_count,
        limit_text=limit_text(quiz),
        state_text=state_text(quiz, own, now),
        best_text=_("最好 %s") % score_text(own.best_bp) if own.best_bp is not None else "",
    )


def state_text(quiz: QuizPage, own: OwnResult, now: datetime) -> str:
    if own.is_open:
        return _("答题中")
    if quiz.opens_at and now < quiz.opens_at:
        return _("还没开始")
    if quiz.closes_at and now >= quiz.closes_at:
        return _("已截止")
    return ""


def count_questions(quizzes) -> Counter:
    """Questions per quiz id: fixed ones and draws, two queries for any number of quizzes."""
    counts = Counter()
    fixed = QuizQuestion.objects.filter(quiz__in=quizzes, question__is_retired=False)
    draws = QuizDraw.objects.filter(quiz__in=quizzes)
    counts.update(dict(fixed.order_by().values_list("quiz_id").annotate(n=Count("pk"))))
    counts.update(dict(draws.order_by().values_list("quiz_id").annotate(n=Sum("count"))))
    return counts


def own_results(member, quizzes) -> dict[int, OwnResult]:
    results = defaultdict(OwnResult)
    if not member.is_authenticated:
        return results
    rows = (
        Attempt.objects.filter(member=member, quiz__in=quizzes)
        .values_list("quiz_id")
        .annotate(best=Max("score_bp"), running=Count("pk", filter=Q(state=AttemptState.OPEN)))
    )
    results.update({pk: OwnResult(running > 0, best) for pk, best, running in rows})
    return results


def versions_of(attempt: Attempt) -> dict[int, QuestionVersion]:
    return QuestionVersion.objects.in_bulk({place["v"] for place in attempt.layout})


def answered_indexes(attempt: Attempt) -> set[int]:
    """Places (from 0) with an answer that holds anything."""
    return {
        index
        for index in range(attempt.question_count)
        if any(value.strip() for value in attempt.answers.get(f"q{index}", {}).get("r", []))
    }


def present_question(attempt: Attempt, index: int, version: QuestionVersion) -> dict:
    """One question for the answer screen; nothing in it tells the key."""
    question_type = get_type(version.type)
    spec = question_type.from_data(version.data)
    answer = attempt.answers.get(f"q{index}", {})
    response = question_type.read_response(answer.get("r", []), spec)
    return {
        "kind_label": question_type.label,
        "stem": version.stem,
        "template": question_type.answer_template,
        "q": question_type.present(spec, attempt.layout[index]["o"], response),
        "seq": answer.get("s", 0),
    }


def review_attempt(attempt: Attempt) -> list[dict]:
    """Every question with answer, key and explanation. Ask `review_obstacle` first."""
    versions = versions_of(attempt)
    return [
        _review(attempt, index, versions[place["v"]]) for index, place in enumerate(attempt.layout)
    ]


def _review(attempt: Attempt, index: int, version: QuestionVersion) -> dict:
    question_type = get_type(version.type)
    spec = question_type.from_data(version.data)
    answer = attempt.answers.get(f"q{index}", {})
    response = question_type.read_response(answer.get("r", []), spec)
    shown = question_type.review(spec, attempt.layout[index]["o"], response)
    return {
        "index": index + 1,
        "kind_label": question_type.label,
        "stem": version.stem,
        # The mark that was given counts, not a new judgement by today's rules.
        "state": attempt.marks[index][1],
        "state_label": shown["state_label"],
        "template": question_type.review_template,
        "q": shown,
        "explanation": version.explanation,
    }


def review_obstacle(attempt: Attempt, now: datetime) -> str | None:
    """Why answers and explanations are not shown yet, in Chinese; None when they are."""
    phase, closes_at = attempt.quiz.review_phase, attempt.quiz.closes_at
    if attempt.is_open:
        return _("交卷后才能看答案。")
    if phase == ReviewPhase.NEVER:
        return _("这份测验不公布答案。")
    if phase == ReviewPhase.AFTER_CLOSE and (closes_at is None or now < closes_at):
        return _("测验截止后再来看答案和解析。")
    return None
