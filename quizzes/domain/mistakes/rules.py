"""What a miss and a right answer do to a card. Nothing here touches the database."""

from datetime import UTC, datetime, time, timedelta

from django.utils.timezone import localdate, make_aware
from fsrs import Card, Rating, Scheduler

from quizzes.models import ReviewCard

# A miss comes back in the same sitting, but not before she has done something else.
AGAIN_AFTER = timedelta(minutes=10)
# Recalling something in three sessions on separate days brings most of what lasts; more of them add
# little (Rawson & Dunlosky 2011, "Optimizing schedules of retrieval practice for durable and
# efficient learning").
RIGHT_DAYS_TO_RETIRE = 3

# Without fuzzing the same answers give the same dates. The weights are the package's own: they
# were fitted to many people's reviews, ours are too few to do better.
SCHEDULER = Scheduler(
    learning_steps=(AGAIN_AFTER,), relearning_steps=(AGAIN_AFTER,), enable_fuzzing=False
)

CARD_FIELDS = [
    "memory",
    "due_at",
    "missed_at",
    "miss_count",
    "right_days",
    "last_right_on",
    "reviewed_at",
    "retired_at",
]


def note_miss(card: ReviewCard, *, at: datetime) -> None:
    """Begin again: the days before a miss no longer count."""
    _rate(card, Rating.Again, at)
    card.missed_at = at
    card.miss_count += 1
    card.right_days, card.last_right_on, card.retired_at = 0, None, None


def note_right(card: ReviewCard, *, at: datetime) -> None:
    """One more day, if it is another day; after enough of them the card is done with."""
    _rate(card, Rating.Good, at)
    today = localdate(at)
    if card.last_right_on != today:
        card.right_days += 1
        card.last_right_on = today
    if card.right_days >= RIGHT_DAYS_TO_RETIRE and card.retired_at is None:
        card.retired_at = at


def last_event(card: ReviewCard) -> datetime:
    """The latest moment that the card's memory knows of."""
    return max(card.missed_at, card.reviewed_at or card.missed_at)


def _rate(card: ReviewCard, rating: Rating, at: datetime) -> None:
    """FSRS counts whole days of 24 hours. She learns by the calendar: last night and this morning
    are two days, so the memory dates a review from its morning, and so does what is due in days.
    """
    known = Card.from_dict(card.memory) if card.memory else Card(card_id=card.question_id, due=at)
    rated, _log = SCHEDULER.review_card(known, rating, at.astimezone(UTC))
    rated.last_review = _morning_of(at).astimezone(UTC)
    card.memory = rated.to_dict()
    card.due_at = rated.due if localdate(rated.due) == localdate(at) else _morning_of(rated.due)


def _morning_of(moment: datetime) -> datetime:
    return make_aware(datetime.combine(localdate(moment), time.min))
