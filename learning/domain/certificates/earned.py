"""Who has earned what: the rules in force against the raw records, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from learning.domain.certificates.due import members_due
from learning.models import Certificate, CertificateRule, Progress
from learning.rules.results import Item, Record, judge_member

Earned = dict[CertificateRule, list[int]]


def find_earned(*, member_ids: Sequence[int], now: datetime) -> Earned:
    """The members by rule who have finished, are due, and have no certificate for it yet."""
    rules = active_rules(now)
    records = _records(rules, member_ids)
    held = _held(member_ids)
    earned = {}
    for rule in rules:
        done = [pk for pk in member_ids if _has_finished(rule, records[pk])]
        without = [pk for pk in done if (pk, rule.plan_id, rule.page_id) not in held]
        if rule.plan_id and without:
            due = members_due(plan=rule.plan, member_ids=without, now=now)
            without = [pk for pk in without if pk in due]
        if without:
            earned[rule] = without
    return earned


def active_rules(now: datetime) -> list[CertificateRule]:
    rules = CertificateRule.objects.filter(is_active=True, starts_on__lte=localdate(now))
    rules = rules.exclude(plan__opens_at__gt=now).order_by("pk")
    related = rules.select_related("template", "plan__federation", "page")
    return list(related.prefetch_related("plan__items"))


def asked_pages(rule: CertificateRule) -> set[int]:
    """The pages that must be finished."""
    if rule.page_id:
        return {rule.page_id}
    return {item.page_id for item in rule.plan.items.all() if item.is_required}


def _records(rules: list[CertificateRule], member_ids: Sequence[int]) -> dict[int, list[Record]]:
    pages = set().union(*(asked_pages(rule) for rule in rules)) if rules else set()
    rows = Progress.objects.filter(member__in=member_ids, page__in=pages)
    records = defaultdict(list)
    for member_id, page_id, completed_at in rows.filter(completed_at__isnull=False).values_list(
        "member_id", "page_id", "completed_at"
    ):
        records[member_id].append(Record(page_id, completed_at=completed_at))
    return records


def _held(member_ids: Sequence[int]) -> set[tuple[int, int | None, int | None]]:
    """Revoked and replaced ones too: what was taken away comes back by hand only."""
    rows = Certificate.objects.filter(member__in=member_ids)
    return set(rows.values_list("member_id", "plan_id", "page_id"))


def _has_finished(rule: CertificateRule, records: list[Record]) -> bool:
    """On the rule's first day or later, and in time for the plan."""
    pages = asked_pages(rule)
    items = [Item(page, is_required=True, is_scored=False) for page in pages]
    cutoff = rule.plan.cutoff_at if rule.plan_id else None
    if not judge_member(items=items, records=records, cutoff=cutoff).has_completed:
        return False
    last = max(record.completed_at for record in records if record.page_id in pages)
    return localdate(last) >= rule.starts_on
