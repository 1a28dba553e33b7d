"""EXPLAIN (ANALYZE, BUFFERS) of what boards, lists, marks and folds really ask."""

from collections.abc import Iterator

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from leaderboard import board_pages, people_pages
from seeding import StatementCounter

from learning.domain.stale import mark_stale
from learning.domain.standings import fold_standings, rebuild_standings
from learning.models import StaleStanding
from members.models import Member

SHORTEST_MS = 0.8
WORDS = ("SELECT", "WITH", "INSERT", "DELETE", "UPDATE")


def plans_of(scene) -> Iterator[tuple[str, str]]:
    """(what, plans): the statements that take longer than SHORTEST_MS, each explained."""
    pages = board_pages(scene) | people_pages(scene)
    for name, urls in pages.items():
        session = scene.staff_session() if name.startswith("people") else scene.member_session()
        visitor = StatementCounter().visitor(session)
        # Seen twice: what is kept between requests is no part of the page.
        visitor.get(urls[0])
        yield name, explain_slow(lambda visitor=visitor, url=urls[-1]: visitor.get(url))
    yield "mark of one event", explain_slow(lambda: _mark(scene), SHORTEST_MS / 10)
    for marks in (1, 200):
        yield f"fold, {marks} teams", explain_slow(lambda marks=marks: _fold(scene, marks))
    yield (
        "rebuild",
        explain_slow(lambda: rebuild_standings(plan_id=scene.plan_id, now=_now()), 200),
    )


def _now():
    return timezone.now()


def _mark(scene) -> None:
    member = Member.objects.filter(appointments__federation=scene.federations(5)[0]).first()
    page = scene.plan.items.first().page_id
    mark_stale(member_ids=[member.pk], page_ids=[page], now=_now())


def _fold(scene, marks: int) -> None:
    StaleStanding.objects.bulk_create(
        StaleStanding(plan=scene.plan, federation_id=pk) for pk in scene.federations(5)[:marks]
    )
    fold_standings(now=_now())


def explain_slow(work, shortest_ms: float = SHORTEST_MS) -> str:
    """Runs `work` and takes it back; then its slow statements alone, and takes them back too."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            work()
        transaction.set_rollback(True)
    slow = [
        each["sql"]
        for each in captured.captured_queries
        if float(each["time"]) * 1000 >= shortest_ms and each["sql"].startswith(WORDS)
    ]
    texts = [f"{len(captured)} statements, {len(slow)} of them slow"]
    for sql in dict.fromkeys(each.strip() for each in slow):
        texts.append(f"{sql[:1500]}\n{_explain(sql)}")
    return "\n\n".join(texts)


def _explain(sql: str) -> str:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}")
        text = "\n".join(line for (line,) in cursor.fetchall())
        transaction.set_rollback(True)
    return text
