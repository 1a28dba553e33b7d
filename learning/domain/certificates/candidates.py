"""Members who finished before there was a rule, or became due afterwards.

Their outcomes are marked, and the next fold issues what they have earned.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from itertools import islice

from django.db.models import Count, Exists, Max, OuterRef
from django.utils.timezone import make_aware

from learning.domain.certificates.due import members_due
from learning.domain.certificates.earned import active_rules, asked_pages
from learning.domain.outcomes import mark_outcomes
from learning.models import Certificate, CertificateRule, Progress
from members.models import Erasure

BATCH = 5000
Report = Callable[[int, int], None]


def mark_candidates(*, now: datetime, rule_id: int | None = None, report: Report | None = None):
    """Mark everybody who seems to have earned something and has no certificate for it.

    All rules in force, or one of them. Returns how many members were marked. Safe to repeat.
    """
    rules = [rule for rule in active_rules(now) if rule_id in (None, rule.pk)]
    count = 0
    for rule in rules:
        for member_ids in _batches(_finishers(rule)):
            due = set(member_ids)
            if rule.plan_id:
                due = members_due(plan=rule.plan, member_ids=member_ids, now=now)
            mark_outcomes(member_ids=sorted(due), now=now)
            count += len(due)
            if report:
                report(count, 0)
    return count


def _finishers(rule: CertificateRule) -> Iterator[int]:
    """Members who have finished all pages that the rule asks for."""
    pages = asked_pages(rule)
    erased = Erasure.objects.filter(member=OuterRef("member"), done_at__isnull=False)
    done = Progress.objects.filter(~Exists(erased), page__in=pages, completed_at__isnull=False)
    if rule.plan_id and rule.plan.cutoff_at:
        done = done.filter(completed_at__lte=rule.plan.cutoff_at)
    subject = {"plan": rule.plan_id} if rule.plan_id else {"page": rule.page_id}
    held = Certificate.objects.filter(member=OuterRef("member"), **subject)
    grouped = (
        done.filter(~Exists(held))
        .values("member")
        .annotate(count=Count("page"), last=Max("completed_at"))
    )
    since = make_aware(datetime.combine(rule.starts_on, time.min))
    whole = grouped.filter(count=len(pages), last__gte=since).order_by("member")
    return whole.values_list("member", flat=True).iterator(chunk_size=BATCH) if pages else iter(())


def _batches(ids: Iterator[int]) -> Iterator[list[int]]:
    while batch := list(islice(ids, BATCH)):
        yield batch
