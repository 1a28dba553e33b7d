"""An assessment recounted: plain Python over the raw rows, fractions in place of whole numbers."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from math import floor

from django.utils.timezone import localdate, localtime

from cms.models import ArticlePage
from courses.models import LessonPage
from federations.models import Appointment, Federation
from learning.models import AssessmentPeriod, LedgerEntry, Plan, Standing

WEEKS = {"month": 2, "quarter": 6, "year": 24}


def half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


class Recount:
    """`results` is {unit id: (due, values, points, total, rank)}."""

    def __init__(self, period: AssessmentPeriod, now):
        self.period, self.now = period, now
        self.parents = dict(Federation.objects.values_list("pk", "parent_id"))
        self.levels = dict(Federation.objects.values_list("pk", "level"))
        self.last = min(localdate(now), period.last_day)
        scheme = period.scheme
        self.units = [
            pk
            for pk, level in self.levels.items()
            if level == scheme.level and scheme.federation_id in self.above(pk)
        ]
        self.results = self.rank({pk: self.result(pk) for pk in self.units})

    def above(self, pk: int) -> list[int]:
        """The federation and all above it, by its parents."""
        chain = []
        while pk is not None:
            chain.append(pk)
            pk = self.parents[pk]
        return chain

    def below(self, pk: int) -> set[int]:
        return {each for each in self.parents if pk in self.above(each)}

    def result(self, unit: int) -> tuple:
        values = self.values(unit)
        points, reached, weights = [], Fraction(0), 0
        for part in self.period.indicators:
            value = values[part["measure"]]
            if value is None:
                points.append(None)
                continue
            share = min(Fraction(max(value, 0), part["target"]), Fraction(1))
            points.append(half_up(share * part["weight"] * 100))
            reached += points[-1]
            weights += part["weight"]
        total = half_up(reached * 100 / weights) if weights else None
        cell = self.cell(unit)
        return cell.subtree_due if cell else 0, values, points, total

    def rank(self, results: dict[int, tuple]) -> dict[int, tuple]:
        ranked = [each[3] for each in results.values() if each[0] >= 10 and each[3] is not None]
        return {
            pk: (
                *each,
                1 + sum(other > each[3] for other in ranked)
                if each[0] >= 10 and each[3] is not None
                else None,
            )
            for pk, each in results.items()
        }

    def cell(self, unit: int) -> Standing | None:
        board = Plan.boards.filter(key=self.period.key).first()
        return next((s for s in Standing.objects.filter(plan=board, federation=unit)), None)

    def values(self, unit: int) -> dict:
        return self.board_values(unit) | {
            "tasks": self.tasks(unit),
            "published": self.published(unit),
            "active": self.active(unit),
            "chairs": self.chairs(unit),
        }

    def board_values(self, unit: int) -> dict:
        cell = self.cell(unit)
        names = ("joined", "completed", "passed", "excellent", "score", "credit")
        if cell is None or cell.subtree_due == 0:
            return dict.fromkeys(names)
        due, joined, scored = cell.subtree_due, cell.subtree_joined, cell.subtree_scored
        mean = Fraction(cell.subtree_score_bp, scored) / 10 if scored >= 3 else Fraction(0)
        return {
            "joined": half_up(Fraction(joined * 1000, due)),
            "completed": half_up(Fraction(cell.subtree_completed * 1000, due)),
            "passed": half_up(Fraction(cell.subtree_passed * 1000, joined)) if joined else 0,
            "excellent": half_up(Fraction(cell.subtree_excellent * 1000, joined)) if joined else 0,
            "score": half_up(mean),
            "credit": half_up(Fraction(max(0, cell.subtree_credit), due)),
        }

    def tasks(self, unit: int) -> int | None:
        rates = [
            half_up(Fraction(cell.subtree_completed * 1000, cell.subtree_due))
            for cell in Standing.objects.filter(federation=unit).select_related("plan")
            if cell.plan.kind == "task"
            and cell.subtree_due
            and cell.plan.cutoff_at
            and cell.plan.cutoff_at < self.now
            and self.is_inside(localdate(cell.plan.cutoff_at))
        ]
        return half_up(Fraction(sum(rates), len(rates))) if rates else None

    def is_inside(self, day: date) -> bool:
        return self.period.first_day <= day <= self.last

    def published(self, unit: int) -> int:
        places = self.below(unit)
        pages = [*ArticlePage.objects.all(), *LessonPage.objects.all()]
        return sum(
            page.live
            and page.federation_id in places
            and page.first_published_at is not None
            and page.first_published_at < self.now
            and self.is_inside(localtime(page.first_published_at).date())
            for page in pages
        )

    def in_force(self, held: Appointment) -> bool:
        return held.starts_on <= self.last and (held.ends_on is None or held.ends_on >= self.last)

    def active(self, unit: int) -> int | None:
        weeks = defaultdict(set)
        for entry in LedgerEntry.objects.all():
            if self.is_inside(entry.day):
                weeks[entry.member_id].add(entry.day.isocalendar()[:2])
        places = self.below(unit)
        due = [
            held.member_id
            for held in Appointment.objects.all()
            if held.is_counted and held.federation_id in places and self.in_force(held)
        ]
        often = sum(len(weeks[who]) >= WEEKS[self.period.scheme.span] for who in due)
        return half_up(Fraction(often * 1000, len(due))) if due else None

    def chairs(self, unit: int) -> int:
        places = self.below(unit)
        led = {
            held.federation_id
            for held in Appointment.objects.all()
            if held.position == "主席" and self.in_force(held)
        }
        return half_up(Fraction(len(places & led) * 1000, len(places)))
