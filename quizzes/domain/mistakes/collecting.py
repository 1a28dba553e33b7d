"""Misses of handed-in attempts become cards: by the clock, and when a member opens her 错题本."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from quizzes.domain.attempts.reviewing import quizzes_over
from quizzes.domain.mistakes.finding import missed_versions
from quizzes.domain.mistakes.rules import CARD_FIELDS, last_event, note_miss
from quizzes.models import Attempt, AttemptState, QuestionVersion, QuizPage, ReviewCard
from quizzes.models.parts import RIGHT_AFTER_SECONDS, ReviewPart, ReviewPhase

BATCH = 100
# What reviewing a card shows. A miss waits until its quiz shows all of it: an exam that publishes
# its answers at the close must not publish them here before.
SHOWN = {ReviewPart.CORRECTNESS, ReviewPart.ANSWERS, ReviewPart.EXPLANATIONS}

# What lasts until the quiz is over, and from then on.
LASTING = (ReviewPhase.LATER, ReviewPhase.AFTER_CLOSE)
RULES = ("closes_at", "review_right_after", "review_later", "review_after_close")

# (member id, question id) → when it was missed, in order
Misses = dict[tuple[int, int], list[datetime]]


def make_cards(*, now: datetime, member_id: int | None = None) -> int:
    """Make or reset the cards of attempts that have none yet; returns how many attempts it took.

    Of all members, or of one. Rerunning it is harmless, and so are two runs at once: an attempt is
    claimed once, and a card is unique.
    """
    shown = _attempts_shown(now)
    if shown is None:
        return 0
    waiting = Attempt.objects.filter(
        shown,
        state=AttemptState.SUBMITTED,
        has_cards=False,
        needs_marking=False,
        marks__isnull=False,
    )
    if member_id is not None:
        waiting = waiting.filter(member_id=member_id)
    taken = 0
    while count := _take_batch(waiting):
        taken += count
    return taken


def _attempts_shown(now: datetime) -> Q | None:
    """Attempts whose answers their quiz's rules show by now, and go on showing. None: no quiz does.

    Begins with the quizzes, which are few: attempts at one that never shows its answers wait for
    ever, and are not read.
    """
    quizzes = [quiz for quiz in QuizPage.objects.only(*RULES) if _shows_in(quiz, *LASTING)]
    over = quizzes_over(quizzes, now)
    shown = [quiz for quiz in quizzes if _shows_in(quiz, LASTING[quiz.pk in over])]
    if not shown:
        return None
    at_once = {quiz.pk for quiz in shown if _shows_in(quiz, ReviewPhase.RIGHT_AFTER)}
    soon = {quiz.pk for quiz in shown} - at_once
    handed_in_by = now - timedelta(seconds=RIGHT_AFTER_SECONDS)
    return Q(quiz__in=at_once) | Q(quiz__in=soon, submitted_at__lte=handed_in_by)


def _shows_in(quiz: QuizPage, *phases: ReviewPhase) -> bool:
    """Whether all that a card shows is shown in one of the phases."""
    return any(set(quiz.review_parts(phase)) >= SHOWN for phase in phases)


@transaction.atomic
def _take_batch(waiting: QuerySet) -> int:
    """Claim some attempts and note their misses; another run takes others, or comes later."""
    rows = waiting.select_for_update(skip_locked=True, no_key=True).order_by("pk")
    attempts = list(
        rows.only("member_id", "mode", "layout", "answers", "marks", "submitted_at")[:BATCH]
    )
    ids = [attempt.pk for attempt in attempts]
    Attempt.objects.filter(pk__in=ids, has_cards=False).update(has_cards=True)
    note_misses(_find_misses(attempts))
    return len(attempts)


def _find_misses(attempts: list[Attempt]) -> Misses:
    missed = [(attempt, pk) for attempt in attempts for pk in missed_versions(attempt)]
    versions = QuestionVersion.objects.filter(pk__in={pk for _attempt, pk in missed})
    questions = dict(versions.values_list("pk", "question_id"))
    misses = defaultdict(list)
    for attempt, version_id in missed:
        misses[attempt.member_id, questions[version_id]].append(attempt.submitted_at)
    return {pair: sorted(misses[pair]) for pair in sorted(misses)}


def note_misses(misses: Misses) -> None:
    """Pairs come sorted: two runs that lock the same cards never wait for each other in a ring."""
    if not misses:
        return
    ReviewCard.objects.bulk_create(
        [_blank_card(*pair, moments[0]) for pair, moments in misses.items()],
        ignore_conflicts=True,
    )
    cards = _lock_cards(misses)
    for card in cards:
        for moment in misses[card.member_id, card.question_id]:
            _apply(card, moment)
    ReviewCard.objects.bulk_update(cards, CARD_FIELDS, batch_size=BATCH)


def _blank_card(member_id: int, question_id: int, at: datetime) -> ReviewCard:
    return ReviewCard(
        member_id=member_id, question_id=question_id, due_at=at, missed_at=at, miss_count=0
    )


def _lock_cards(misses: Misses) -> list[ReviewCard]:
    members, questions = zip(*misses, strict=True)
    cards = ReviewCard.objects.select_for_update(no_key=True).filter(
        member_id__in=set(members), question_id__in=set(questions)
    )
    ordered = cards.order_by("member_id", "question_id")
    return [card for card in ordered if (card.member_id, card.question_id) in misses]


def _apply(card: ReviewCard, missed_at: datetime) -> None:
    """A miss that is older than what she has done since, e.g. one marked weeks later, only counts.

    A fresh one is due at once: she comes to the 错题本 because of it.
    """
    if missed_at < last_event(card):
        card.miss_count += 1
        return
    note_miss(card, at=missed_at)
    card.due_at = missed_at
