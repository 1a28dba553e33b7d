"""Standings written as they are, for tests of what boards make of them."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from learning.models import Plan, PlanKind, Span, Standing

AT = datetime(2026, 11, 28, 4, tzinfo=UTC)


def make_period(tree, *, span=Span.MONTH, key="month-2026-11", title="2026年11月", **fields):
    """A running period, unless the fields say otherwise."""
    now = timezone.now()
    facts = {"opens_at": now - timedelta(days=9), "cutoff_at": now + timedelta(days=9)}
    facts |= {"kind": PlanKind.PERIOD, "federation": tree.province, "credit_target": 417}
    return Plan.boards.create(span=span, key=key, title=title, **facts | fields)


def make_past_period(tree, **fields):
    now = timezone.now()
    facts = {"opens_at": now - timedelta(days=40), "cutoff_at": now - timedelta(days=9)}
    facts |= {"frozen_at": now - timedelta(days=9), "key": "month-2026-10", "title": "2026年10月"}
    return make_period(tree, **facts | fields)


def stand(plan, federation, *, due=10, at=AT, **counts):
    """The federation's standing, the same in both views; over it if there is one."""
    columns = {
        f"{view}_{name}": number
        for view in ("own", "subtree")
        for name, number in ({"due": due} | counts).items()
    }
    standing, _created = Standing.objects.update_or_create(
        plan=plan, federation=federation, defaults={"updated_at": at} | columns
    )
    return standing
