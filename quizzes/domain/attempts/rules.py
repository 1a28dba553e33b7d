"""The rules that hold for one member: the quiz's own, with what an override changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, Subquery
from django.db.models.functions import Length
from django.utils.timezone import localdate

from federations.models import Appointment
from members.models import Member
from quizzes.models import QuizOverride, QuizPage


@dataclass(frozen=True)
class EffectiveRules:
    """Minutes and counts; 0 means no limit. Modes without limits have neither."""

    opens_at: datetime | None
    closes_at: datetime | None
    time_limit: int
    attempts_allowed: int
    extra_minutes: int


def rules_for(*, member: Member, quiz: QuizPage) -> EffectiveRules:
    return rules_for_many(member=member, quizzes=[quiz])[quiz.pk]


def rules_for_many(*, member: Member, quizzes: Iterable[QuizPage]) -> dict[int, EffectiveRules]:
    """The rules by quiz id, in one query. An anonymous visitor has the quizzes' own."""
    quizzes = list(quizzes)
    chosen: dict[int, QuizOverride] = {}
    if member.is_authenticated and quizzes:
        for override in overrides_of(member, localdate()).filter(quiz__in=quizzes):
            chosen.setdefault(override.quiz_id, override)
    return {quiz.pk: merge_rules(quiz, chosen.get(quiz.pk)) for quiz in quizzes}


def overrides_of(member: Member | int, today: date) -> QuerySet[QuizOverride]:
    """What applies to her (a member, or her id); first what decides: her own, then the lowest
    federation's."""
    counted = Appointment.objects.counted().in_force(today).filter(member=member)
    rows = QuizOverride.objects.annotate(
        own_path=Subquery(counted.values("federation__path")[:1])
    ).filter(Q(member=member) | Q(own_path__startswith=F("federation__path")))
    return rows.order_by(F("member").asc(nulls_last=True), Length("federation__path").desc(), "pk")


def merge_rules(quiz: QuizPage, override: QuizOverride | None) -> EffectiveRules:
    """One override decides; what it leaves empty stays as the quiz has it."""
    other = override or QuizOverride()
    keeps_limits = quiz.rules.keeps_limits
    allowed = other.attempts_allowed
    return EffectiveRules(
        opens_at=other.opens_at or quiz.opens_at,
        closes_at=other.closes_at or quiz.closes_at,
        time_limit=quiz.time_limit if keeps_limits else 0,
        attempts_allowed=(quiz.attempts_allowed if allowed is None else allowed)
        if keeps_limits
        else 0,
        extra_minutes=(other.extra_minutes or 0) if keeps_limits else 0,
    )
