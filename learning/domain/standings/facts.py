"""What judging a member needs to know of a plan."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.timezone import localdate

from learning.models import Plan, PlanItem
from learning.rules.results import Item, to_pass
from members.prepared import Prepared


@dataclass(frozen=True)
class PlanFacts:
    items: tuple[Item, ...]
    # The roster of this day counts.
    as_of: date
    cutoff: datetime | None
    # Until the cut-off the present best score is the one that counts, which is quicker to read.
    has_closed: bool

    @property
    def needed(self) -> int:
        """So many required items make her complete; more than there are where none is required."""
        return sum(item.is_required for item in self.items) or len(self.items) + 1

    @property
    def joined_column(self) -> str:
        has_quiz = any(item.is_scored for item in self.items)
        return "handed_in_at" if has_quiz else "completed_at"

    @property
    def quizzes(self) -> list[int]:
        """Pages that she must have passed to have passed the plan."""
        return sorted(to_pass(self.items))


def facts_of(plan: Plan, now: datetime) -> PlanFacts:
    return PlanFacts(
        items=tuple(
            Item(page, is_required, ContentType.objects.get_for_id(kind).model_class().is_scored)
            for page, is_required, kind in _ITEMS.rows(plan=plan.pk)
        ),
        as_of=localdate(min(now, plan.cutoff_at) if plan.cutoff_at else now),
        cutoff=plan.cutoff_at,
        has_closed=plan.cutoff_at is not None and plan.cutoff_at <= now,
    )


def _items(plan: int) -> QuerySet:
    columns = ("page_id", "is_required", "page__content_type_id")
    return PlanItem.objects.filter(plan=plan).values_list(*columns)


_ITEMS = Prepared(_items, plan=int)
