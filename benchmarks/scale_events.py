"""Two processes write events, the workers of production fold them by its clock, with all other jobs
that come up meanwhile; how long until all levels of the task's board show them.

The load finishes an optional page of the plan: every event marks its cells and changes no count.
Once a second a probe finishes the last required page of a member, so `completed` of her team and of
all four federations above must rise by one; nothing else changes it meanwhile.
"""

import multiprocessing
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402 Django's settings are chosen by the caller
from django.utils import timezone  # noqa: E402

from config.schedule import STANDINGS_QUEUE  # noqa: E402
from federations.models import Federation, Level  # noqa: E402
from learning.domain.progress import complete_page  # noqa: E402
from learning.domain.standings import fold_standings  # noqa: E402
from learning.models import (  # noqa: E402
    OutcomeMark,
    Plan,
    PlanKind,
    StaleStanding,
    Standing,
)
from members.models import Member  # noqa: E402

PROBE_EVERY, POLL = 1, 0.1
WRITERS = 2
# What the worker does before the load begins: its start, and marks that were left.
SETTLES, LONGEST_DRAIN = 20, 600
CELERY = [sys.executable, "-m", "celery", "-A", "config.celery"]
IDLE = """
SELECT a.member_id FROM federations_appointment a
WHERE a.is_counted AND a.ends_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM learning_progress r
    WHERE r.member_id = a.member_id AND r.page_id = %s AND r.completed_at IS NOT NULL)
ORDER BY a.member_id * 7919 %% 1000003 LIMIT %s
"""
UNFINISHED = """
SELECT member_id, federation_id FROM (
    SELECT a.member_id, a.federation_id,
           ROW_NUMBER() OVER (PARTITION BY a.federation_id ORDER BY a.member_id) AS place
    FROM federations_appointment a JOIN federations_federation f ON f.id = a.federation_id
    WHERE a.is_counted AND a.ends_on IS NULL AND f.level = 5 AND (
        SELECT COUNT(*) FROM learning_progress r
        WHERE r.member_id = a.member_id AND r.page_id = ANY(%s) AND r.completed_at IS NOT NULL
    ) < %s) each_one
WHERE place = 1 ORDER BY member_id * 7919 %% 1000003 LIMIT %s
"""


@dataclass
class Probe:
    """`expected`: what `completed` must be by federation id when it is seen."""

    member: Member
    last_page: int
    team: int
    expected: dict[int, int] = field(default_factory=dict)
    at: float = 0
    lag: float | None = None


def run(*, rate: int, seconds: int) -> dict:
    plan = Plan.objects.select_related("federation").get(is_default=True)
    probes = _prepare_probes(plan, seconds // PROBE_EVERY)
    fold_standings(now=timezone.now())
    optional = plan.items.get(is_required=False).page_id
    members = _ids(IDLE, [optional, rate * seconds])
    context = multiprocessing.get_context("spawn")
    started, done = context.Queue(), context.Queue()
    parts = [
        context.Process(
            target=_write, args=(members[n::WRITERS], optional, rate / WRITERS, started, done)
        )
        for n in range(WRITERS)
    ]
    with _worker():
        time.sleep(SETTLES)
        for process in parts:
            process.start()
        begun = max(started.get() for _ in parts)
        _probe(plan, probes, begun + seconds + 30)
        written = [done.get() for _ in parts]
        drained = _time_drains(begun + seconds)
    for process in parts:
        process.join()
    lags = sorted(each.lag for each in probes if each.lag is not None)
    return {
        "offered_per_s": rate,
        "written_per_s": round(sum(count / spent for count, spent in written), 1),
        "probes": len(probes),
        "seen": len(lags),
        "lag_p50_s": round(lags[len(lags) // 2], 1) if lags else None,
        "lag_max_s": round(lags[-1], 1) if lags else None,
        "folded_s_after_the_load": drained,
    }


@contextmanager
def _worker() -> Iterator[None]:
    """As deploy/systemd starts them: for everything, for the standings, and the clock."""
    with tempfile.TemporaryDirectory() as folder:
        beat = ["beat", "--pidfile=", "--schedule", str(Path(folder) / "schedule")]
        worker = ["worker", "--loglevel", "WARNING", "--hostname"]
        calls = (
            [*worker, "worker@%h", "--concurrency", "2"],
            [*worker, "standings@%h", "--concurrency", "1", "--queues", STANDINGS_QUEUE],
            beat,
        )
        processes = [subprocess.Popen([*CELERY, *call]) for call in calls]  # noqa: S603
        try:
            yield
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait()


def _time_drains(since: float) -> dict[str, float | None]:
    """Seconds from the end of the load until what it marked is folded, by kind of mark."""
    kinds = {kind: StaleStanding.objects.filter(plan__kind=kind) for kind in PlanKind.values}
    waiting = kinds | {"outcomes": OutcomeMark.objects.all()}
    drained: dict[str, float | None] = dict.fromkeys(waiting)
    while waiting and time.time() < since + LONGEST_DRAIN:
        for kind in [kind for kind, marks in waiting.items() if not marks.exists()]:
            drained[kind] = round(time.time() - since, 1)
            del waiting[kind]
        time.sleep(POLL)
    return drained


def _ids(sql: str, params: list) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [pk for pk, *_rest in cursor.fetchall()]


def _prepare_probes(plan: Plan, count: int) -> list[Probe]:
    """Members of as many villages who have all required pages but the last."""
    required = list(plan.items.filter(is_required=True).values_list("page_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(UNFINISHED, [required, len(required) - 1, count])
        found = cursor.fetchall()
    members = Member.objects.in_bulk([pk for pk, _team in found])
    for pk, _team in found:
        for page_id in required[:-1]:
            complete_page(member=members[pk], page_id=page_id, now=timezone.now())
    # Whoever had the last page already is complete now, and no probe.
    have_last = set(
        Member.objects.filter(
            pk__in=members, progress__page=required[-1], progress__completed_at__isnull=False
        ).values_list("pk", flat=True)
    )
    return [Probe(members[pk], required[-1], team) for pk, team in found if pk not in have_last]


def _probe(plan: Plan, probes: list[Probe], until: float) -> None:
    above = _ways_up(probes)
    expected = _completed(plan, {pk for way in above.values() for pk in way})
    waiting, coming = [], list(probes)
    following = time.time()
    while (waiting or coming) and time.time() < until:
        if coming and time.time() >= following:
            probe = coming.pop(0)
            following += PROBE_EVERY
            complete_page(member=probe.member, page_id=probe.last_page, now=timezone.now())
            probe.at = time.time()
            for pk in above[probe.team]:
                expected[pk] += 1
            probe.expected = {pk: expected[pk] for pk in above[probe.team]}
            waiting.append(probe)
        seen = _completed(plan, {pk for probe in waiting for pk in probe.expected})
        for probe in waiting:
            if all(seen[pk] >= number for pk, number in probe.expected.items()):
                probe.lag = time.time() - probe.at
        waiting = [probe for probe in waiting if probe.lag is None]
        time.sleep(POLL)


def _ways_up(probes: list[Probe]) -> dict[int, list[int]]:
    """By team: its federation and all above."""
    tree = dict(Federation.objects.exclude(level=Level.VILLAGE).values_list("path", "pk"))
    ways = {}
    for team in Federation.objects.filter(pk__in=[probe.team for probe in probes]):
        ways[team.pk] = [team.pk, *(tree[path] for path in team.paths_down_to_here[:-1])]
    return ways


def _completed(plan: Plan, ids: set[int]) -> dict[int, int]:
    rows = Standing.objects.filter(plan=plan, federation__in=ids)
    found = dict(rows.values_list("federation_id", "subtree_completed"))
    return {pk: found.get(pk, 0) for pk in ids}


def _write(member_ids: list[int], page_id: int, rate: float, started, done) -> None:
    members = Member.objects.in_bulk(member_ids)
    begun = time.time()
    started.put(begun)
    for number, pk in enumerate(member_ids):
        time.sleep(max(0, begun + number / rate - time.time()))
        complete_page(member=members[pk], page_id=page_id, now=timezone.now(), seconds=480)
    done.put((len(member_ids), time.time() - begun))
