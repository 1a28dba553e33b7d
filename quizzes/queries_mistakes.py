"""A member's 错题本 as its pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Member
from quizzes.domain.attempts.in_hand import questions_in_hand
from quizzes.models import Favourite, QuestionNote, QuestionVersion, ReviewCard
from quizzes.question_types.registry import get_type


@dataclass(frozen=True)
class Counts:
    """Cards by what is to be done with them."""

    due: int
    waiting: int
    retired: int

    @property
    def all(self) -> int:
        return self.due + self.waiting + self.retired


@dataclass(frozen=True)
class CardRow:
    stem: str
    kind_label: str
    point: str
    state: str
    state_text: str
    miss_count: int


def cards_of(member: Member, *, point: str = ""):
    """Her cards whose question is still asked."""
    cards = ReviewCard.objects.filter(
        member=member, question__is_retired=False, question__current__isnull=False
    )
    return cards.filter(question__knowledge_point=point) if point else cards


def due_cards(member: Member, now: datetime, *, point: str = ""):
    """What to review now, the longest overdue first, with the questions.

    What stands in an exam that she is writing comes back after the hand-in.
    """
    due = cards_of(member, point=point).filter(retired_at=None, due_at__lte=now)
    due = due.exclude(question__in=questions_in_hand(member.pk))
    return due.select_related("question__current").order_by("due_at", "pk")


def count_due(member: Member, now: datetime) -> int:
    return due_cards(member, now).count()


def count_cards(member: Member, now: datetime, *, point: str = "") -> Counts:
    is_open = Q(retired_at=None)
    is_due = Q(due_at__lte=now) & ~Q(question__in=questions_in_hand(member.pk))
    figures = cards_of(member, point=point).aggregate(
        due=Count("pk", filter=is_open & is_due),
        waiting=Count("pk", filter=is_open & ~is_due),
        retired=Count("pk", filter=~is_open),
    )
    return Counts(**figures)


def next_due_at(member: Member, *, point: str = "") -> datetime | None:
    waiting = cards_of(member, point=point).filter(retired_at=None).order_by("due_at")
    return waiting.values_list("due_at", flat=True).first()


def knowledge_points(member: Member) -> list[str]:
    """Of the questions that she has missed and not mastered yet, by name."""
    points = cards_of(member).filter(retired_at=None).exclude(question__knowledge_point="")
    names = points.order_by().values_list("question__knowledge_point", flat=True)
    return sorted(set(names.distinct()))


def overview(member: Member, *, point: str = ""):
    """All cards: first what comes first, last what is mastered."""
    cards = cards_of(member, point=point).select_related("question__current")
    return cards.order_by(F("retired_at").asc(nulls_first=True), "due_at", "pk")


def card_rows(member: Member, cards: Iterable[ReviewCard], now: datetime) -> list[CardRow]:
    """Her cards for the list, with one more query for the exam that she may be writing."""
    held = questions_in_hand(member.pk)
    return [_card_row(card, now, is_held=card.question_id in held) for card in cards]


def _card_row(card: ReviewCard, now: datetime, *, is_held: bool) -> CardRow:
    version = card.question.current
    return CardRow(
        stem=version.stem,
        kind_label=get_type(version.type).label,
        point=card.question.knowledge_point,
        state="waiting" if is_held and not card.retired_at else name_state(card, now),
        state_text=_("交卷后复习") if is_held and not card.retired_at else state_text(card, now),
        miss_count=card.miss_count,
    )


def name_state(card: ReviewCard, now: datetime) -> str:
    """due, waiting or retired"""
    if card.retired_at:
        return "retired"
    return "due" if card.due_at <= now else "waiting"


def state_text(card: ReviewCard, now: datetime) -> str:
    if card.retired_at:
        return _("已掌握")
    return _("待复习") if card.due_at <= now else _("%s复习") % when_text(card.due_at, now)


def when_text(moment: datetime, now: datetime) -> str:
    """A moment to come, as people say it: 过一会儿, 明天, 3 天后."""
    days = (localdate(moment) - localdate(now)).days
    if days <= 0:
        return _("过一会儿")
    return _("明天") if days == 1 else ngettext("%d 天后", "%d 天后", days) % days


def question_tools(member: Member, versions: Iterable[QuestionVersion]) -> dict[int, dict]:
    """By version id, what `_question_tools.html` shows; two queries for any number of them."""
    versions = list(versions)
    questions = {version.question_id for version in versions}
    kept = Favourite.objects.filter(member=member, question__in=questions)
    favourites = set(kept.values_list("question_id", flat=True))
    written = QuestionNote.objects.filter(member=member, question__in=questions)
    notes = dict(written.values_list("question_id", "text"))
    return {
        version.pk: {
            "question_id": version.question_id,
            "version_id": version.pk,
            "said_tag": f"tools tools-{version.question_id}",
            "is_favourite": version.question_id in favourites,
            "note": notes.get(version.question_id, ""),
        }
        for version in versions
    }
