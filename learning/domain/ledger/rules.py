"""Rules have dates: one that has begun stays as it is, and the next version follows it."""

from datetime import date

from django.db import transaction

from learning.models import PointRule
from learning.rules.points import Version
from members.domain.audit import record
from members.models import Action, Member

# Before the first member came.
FROM_THE_START = date(2026, 1, 1)
# behaviour → points, hundredths of a 学时, cap of points a day. The 学时 are the national
# convention for cadres; the caps let a diligent day count, and not a night of clicking.
INITIAL = {
    "lesson_micro": (5, 25, 25),
    "lesson_medium": (8, 50, 24),
    "lesson_long": (10, 100, 20),
    "quiz_handed_in": (2, 0, 10),
    "quiz_passed": (5, 50, 25),
    "course_finished": (10, 0, 20),
}


class RuleHasBegun(ValueError):
    """A version is in force from its day on, and cannot be changed or removed any more."""


def load_versions() -> list[Version]:
    """All versions of all behaviours, for the pure rules."""
    rows = PointRule.objects.order_by("pk").values_list(
        "pk", "behaviour", "points", "credit", "daily_cap", "starts_on"
    )
    return [Version(*row) for row in rows]


@transaction.atomic
def set_up_rules() -> None:
    """Give every behaviour its first rule where it has none; harmless when repeated."""
    known = set(PointRule.objects.values_list("behaviour", flat=True))
    PointRule.objects.bulk_create(
        PointRule(
            behaviour=behaviour,
            points=points,
            credit=credit,
            daily_cap=daily_cap,
            starts_on=FROM_THE_START,
        )
        for behaviour, (points, credit, daily_cap) in INITIAL.items()
        if behaviour not in known
    )


@transaction.atomic
def save_rule(*, rule: PointRule, by: Member, today: date) -> PointRule:
    """Write a new version, or change one that has not begun. Raises RuleHasBegun."""
    if rule.starts_on <= today:
        raise RuleHasBegun
    if rule.pk:
        _hold_unbegun(rule.pk, today)
    rule.created_by = by
    rule.save()
    record(action=Action.RULE_CHANGED, by=by, subject=rule)
    return rule


@transaction.atomic
def remove_rule(*, rule_id: int, today: date) -> None:
    """Remove a version that has not begun. Raises RuleHasBegun."""
    _hold_unbegun(rule_id, today)
    PointRule.objects.filter(pk=rule_id).delete()


def _hold_unbegun(rule_id: int, today: date) -> None:
    unbegun = PointRule.objects.select_for_update().filter(pk=rule_id, starts_on__gt=today)
    if not unbegun.exists():
        raise RuleHasBegun
