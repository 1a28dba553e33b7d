"""Quizzes as cards, and what a member has reached in them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models import Count, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cms.access import visible_to
from learning.models import Progress
from members.prepared import Prepared
from quizzes.domain.attempts import rules_for_many
from quizzes.domain.attempts.reviewing import quizzes_over
from quizzes.models import Attempt, AttemptState, QuizPage, ReviewPart, ReviewPhase
from quizzes.models.pages import QuizDraw, QuizPrerequisite, QuizQuestion
from quizzes.wording import limit_text, score_text


@dataclass(frozen=True)
class QuizCard:
    title: str
    url: str
    summary: str
    mode_label: str | Promise
    question_count: int
    limit_text: str
    state_text: str
    best_text: str


@dataclass(frozen=True)
class OwnResult:
    """A member's attempts at one quiz, summed up; `counted_bp` is the score that counts now."""

    is_open: bool = False
    counted_bp: int | None = None


@dataclass(frozen=True)
class Requirement:
    """A page to finish, or to pass, before the quiz; `missing_text` is empty once it is met."""

    title: str
    url: str
    missing_text: str


def quizzes_for(member):
    """Live quizzes that the member may open, in the editors' order."""
    return visible_to(member, QuizPage.objects.all()).order_by("path")


def quiz_cards(member, quizzes, now: datetime) -> list[QuizCard]:
    quizzes = list(quizzes)
    counts, own = count_questions(quizzes), own_results(member, quizzes)
    rules = rules_for_many(member=member, quizzes=quizzes)
    showing = quizzes_showing_scores(quizzes, now)

    def card(quiz: QuizPage) -> QuizCard:
        result = own[quiz.pk]
        seen = result if quiz.pk in showing else replace(result, counted_bp=None)
        return _card(quiz, rules[quiz.pk], counts[quiz.pk], seen, now)

    return [card(quiz) for quiz in quizzes]


def _card(quiz: QuizPage, rules, question_count: int, own: OwnResult, now: datetime) -> QuizCard:
    return QuizCard(
        title=quiz.title,
        url=quiz.url,
        summary=quiz.summary,
        mode_label=quiz.rules.label,
        question_count=question_count,
        limit_text=limit_text(rules) if quiz.rules.keeps_limits else "",
        state_text=state_text(rules, own, now),
        best_text="" if own.counted_bp is None else _("成绩 %s") % score_text(own.counted_bp),
    )


def best_score_shown(member, now: datetime) -> int | None:
    """Her best score, in basis points, of those that her quizzes show; at most three queries."""
    rows = Progress.objects.filter(
        member=member, handed_in_at__isnull=False, best_score_bp__isnull=False
    )
    scores = dict(rows.values_list("page_id", "best_score_bp"))
    showing = quizzes_showing_scores(QuizPage.objects.filter(pk__in=scores), now)
    return max((scores[pk] for pk in showing), default=None)


def quizzes_showing_scores(quizzes: Iterable[QuizPage], now: datetime) -> set[int]:
    """Ids of those whose scores may stand in a list: they are as public there as some time after
    the hand-in.

    Where a miss ends the attempt people count right answers in a row, not a score.
    """
    scored = [quiz for quiz in quizzes if not quiz.rules.ends_on_miss]
    over = quizzes_over(scored, now)
    phases = (ReviewPhase.LATER, ReviewPhase.AFTER_CLOSE)
    return {
        quiz.pk for quiz in scored if ReviewPart.MARKS in quiz.review_parts(phases[quiz.pk in over])
    }


def quizzes_hiding_scores(now: datetime) -> dict[int, datetime | None]:
    """Quizzes that do not tell how people did, by id, and when they will; None: never.

    What follows from a score must not tell it, either.
    """
    quizzes = list(QuizPage.objects.only("closes_at", "review_later", "review_after_close"))
    over = quizzes_over(quizzes, now)
    hiding = {}
    for quiz in quizzes:
        will_show = ReviewPart.MARKS in quiz.review_parts(ReviewPhase.AFTER_CLOSE)
        if quiz.pk in over:
            if not will_show:
                hiding[quiz.pk] = None
        elif ReviewPart.MARKS not in quiz.review_parts(ReviewPhase.LATER):
            hiding[quiz.pk] = quiz.closes_at if will_show else None
    return hiding


def state_text(rules, own: OwnResult, now: datetime) -> str:
    if own.is_open:
        return _("答题中")
    if rules.opens_at and now < rules.opens_at:
        return _("还没开始")
    if rules.closes_at and now >= rules.closes_at:
        return _("已截止")
    return ""


def count_questions(quizzes) -> Counter:
    """Questions per quiz id, fixed ones and draws: one query for any number of quizzes."""
    counts = Counter()
    for quiz_id, number in _counts(quiz__in=quizzes):
        counts[quiz_id] += number
    return counts


def count_of(quiz: QuizPage) -> int:
    """Questions of one quiz."""
    return sum(number for _quiz_id, number in _COUNTS_OF_ONE.rows(quiz=quiz.pk))


def _counts(**which) -> QuerySet:
    """(quiz id, number): a row for the fixed ones, another for the draws."""
    fixed = QuizQuestion.objects.filter(question__is_retired=False, **which)
    draws = QuizDraw.objects.filter(**which)
    return (
        fixed.order_by()
        .values_list("quiz_id")
        .annotate(n=Count("pk"))
        .union(draws.order_by().values_list("quiz_id").annotate(n=Sum("count")), all=True)
    )


_COUNTS_OF_ONE = Prepared(lambda quiz: _counts(quiz=quiz), quiz=int)


def own_results(member, quizzes) -> dict[int, OwnResult]:
    """By quiz id; two queries for any number of quizzes."""
    results = defaultdict(OwnResult)
    if not member.is_authenticated:
        return results
    running = Attempt.objects.filter(member=member, quiz__in=quizzes, state=AttemptState.OPEN)
    open_ids = set(running.values_list("quiz_id", flat=True))
    rows = Progress.objects.filter(member=member, page__in=[quiz.pk for quiz in quizzes])
    scores = dict(rows.values_list("page_id", "best_score_bp"))
    results.update(
        {pk: OwnResult(pk in open_ids, scores.get(pk)) for pk in open_ids | scores.keys()}
    )
    return results


def quiz_to_do(member, now: datetime) -> QuizPage | None:
    """Of the quizzes that she can take now, the one that closes first, else the newest.

    Her own dates, or those of her federation, come before the quiz's; a daily one that she has
    answered today can wait.
    """
    done_today = Attempt.objects.filter(member=member, day=localdate(now))
    quizzes = quizzes_for(member).exclude(pk__in=done_today.values("quiz_id"))
    candidates = list(quizzes.order_by("-first_published_at", "-pk"))
    rules = rules_for_many(member=member, quizzes=candidates)
    open_now = [quiz for quiz in candidates if is_within(rules[quiz.pk], now)]
    last = datetime.max.replace(tzinfo=UTC)
    return min(open_now, key=lambda quiz: rules[quiz.pk].closes_at or last, default=None)


def is_within(rules, now: datetime) -> bool:
    """Whether the window is open: of a quiz, or of the rules that hold for one member."""
    is_open = rules.opens_at is None or rules.opens_at <= now
    return is_open and (rules.closes_at is None or now < rules.closes_at)


def requirements_of(quiz: QuizPage, member) -> list[Requirement]:
    """What must be learned first: two queries, or one when nothing must."""
    prerequisites = _PREREQUISITES.instances(quiz=quiz.pk)
    reached = {}
    if prerequisites and member.is_authenticated:
        rows = Progress.objects.filter(
            member=member, page__in=[each.page_id for each in prerequisites]
        )
        reached = {row.page_id: row for row in rows}
    return [_requirement(each, reached.get(each.page_id)) for each in prerequisites]


def _prerequisites(quiz: int) -> QuerySet[QuizPrerequisite]:
    return QuizPrerequisite.objects.filter(quiz=quiz, page__live=True).select_related("page")


_PREREQUISITES = Prepared(_prerequisites, quiz=int)


def _requirement(prerequisite: QuizPrerequisite, progress: Progress | None) -> Requirement:
    page = prerequisite.page
    if prerequisite.must_pass:
        missing = "" if progress and progress.passed_at else _("还没有及格")
    else:
        missing = "" if progress and progress.completed_at else _("还没有学完")
    return Requirement(title=page.title, url=page.url or "", missing_text=missing)
