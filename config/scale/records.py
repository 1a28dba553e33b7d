"""What everybody has learned: Progress, steps of scores, and the ledger that follows from them.

Each member has begun a number of pages around the mean, in an order of her own, one in three days.
So no day reaches a cap of the rules, and a fold finds nothing to correct.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.utils.timezone import localdate

from config.scale.bare import without_indexes
from config.scale.pages import ScalePage
from config.scale.words import analyze, draw, local_day, moment, reset_ids, run
from learning.domain.ledger.rules import load_versions
from learning.models import LedgerEntry, Progress, ScoreStep
from learning.rules.points import Act, Event, Version, name_behaviour, version_on

Say = Callable[[str], None]
# A page's turn with a member is (its number × STEP + her shift) modulo the pages.
STEP = 37
DAYS_PER_PAGE = 3
PASS_BP = 6000
DAY, MORNING, EVENING = 86_400, 8 * 3600, 20 * 3600

# Neighbours share what they differ from the mean by, so the sum is exact.
MAKE_LEARNERS = """
CREATE TEMPORARY TABLE scale_learner AS
SELECT id, {shift} %% {pages} AS shift, {quality} %% 3500 AS quality,
       id * {rows} / {members} - (id - 1) * {rows} / {members}
       + CASE WHEN id = {members} AND id %% 2 = 1 THEN 0
              WHEN id %% 2 = 1 THEN {spread} %% {width} ELSE -({spread} %% {width}) END AS begun
FROM members_member WHERE id <= {members}
"""
MAKE_PROGRESS = """
INSERT INTO learning_progress (member_id, page_id, started_at, completed_at, handed_in_at,
                               passed_at, seconds, best_score_bp, updated_at)
WITH begun AS MATERIALIZED (
    SELECT id, quality, turn, {draw} AS draw
    FROM (SELECT id, quality, begun, (shift + {number} * {step}) %% {pages} AS turn
          FROM scale_learner) each_one
    WHERE turn < begun
), timed AS MATERIALIZED (
    SELECT id, draw %% 1000 < {finish} AS has_finished, 3500 + quality + draw %% 3001 AS score,
           {today} - (1 + turn * {days} + draw %% {days}) * {day} + {morning}
           + draw %% {daytime} AS at
    FROM begun
)
SELECT id, {page}, {started}, CASE WHEN has_finished THEN {done} END,
       {handed_in}, {passed}, {seconds}, {score}, {done}
FROM timed
"""
MAKE_STEPS = """
INSERT INTO learning_scorestep (member_id, page_id, score_bp, reached_at)
SELECT member_id, page_id, best_score_bp, handed_in_at
FROM learning_progress WHERE page_id = %s AND handed_in_at IS NOT NULL
"""
MAKE_ENTRIES = """
INSERT INTO learning_ledgerentry (member_id, page_id, rule_id, key, number, kind, points, credit,
                                  occurred_at, day, written_at, reason)
SELECT member_id, page_id, %s, %s, 0, 'earned', %s, %s, {at}, {day}, {at}, ''
FROM learning_progress WHERE page_id = %s AND {at} IS NOT NULL
"""


def make_records(
    *, members: int, progress: int, pages: list[ScalePage], seed: int, today: datetime, say: Say
) -> None:
    """`today` is the local midnight; everything lies before it."""
    _make_learners(members, progress, len(pages), seed)
    with without_indexes(Progress):
        for number, page in enumerate(pages, 1):
            run(_progress_of(page, number, len(pages), seed, int(today.timestamp())))
            if number % 10 == 0:
                say(f"  学习记录：{number}/{len(pages)} 个页面")
        say("  学习记录：建索引")
    analyze()
    with without_indexes(ScoreStep):
        for page in pages:
            if page.is_quiz:
                run(MAKE_STEPS, [page.pk])
    with without_indexes(LedgerEntry):
        for number, page in enumerate(pages, 1):
            _make_entries(page, today)
            if number % 10 == 0:
                say(f"  积分记录：{number}/{len(pages)} 个页面")
        say("  积分记录：建索引")
    reset_ids(Progress, ScoreStep, LedgerEntry)
    analyze()


def _make_learners(members: int, progress: int, pages: int, seed: int) -> None:
    mean = progress // members
    # Neither below nothing nor above all pages.
    width = max(1, min(mean, pages - mean - 1) + 1)
    run(
        MAKE_LEARNERS.format(
            shift=draw(seed, "id", "1"),
            quality=draw(seed, "id", "2"),
            spread=draw(seed, "(id + 1) / 2", "3"),
            pages=pages,
            width=width,
            members=members,
            rows=progress,
        )
    )


def _progress_of(page: ScalePage, number: int, pages: int, seed: int, today: int) -> str:
    done = moment(f"at + {page.seconds or 600}")
    quiz = {
        "handed_in": f"CASE WHEN has_finished THEN {done} END",
        "passed": f"CASE WHEN has_finished AND score >= {PASS_BP} THEN {done} END",
        "score": "CASE WHEN has_finished THEN score END",
        "seconds": "NULL",
        "finish": 920,
    }
    lesson = {
        "handed_in": "CAST(NULL AS TIMESTAMP)",
        "passed": "CAST(NULL AS TIMESTAMP)",
        "score": "CAST(NULL AS INTEGER)",
        "seconds": f"CASE WHEN has_finished THEN {page.seconds} END",
        "finish": 870,
    }
    return MAKE_PROGRESS.format(
        draw=draw(seed, "id", str(page.pk)),
        number=number,
        step=STEP,
        pages=pages,
        today=today,
        days=DAYS_PER_PAGE,
        day=DAY,
        morning=MORNING,
        daytime=EVENING - MORNING,
        page=page.pk,
        started=moment("at"),
        done=done,
        **(quiz if page.is_quiz else lesson),
    )


def _make_entries(page: ScalePage, today: datetime) -> None:
    for act, column in _acts_of(page):
        event = Event(act, page.pk, today, page.seconds or 0)
        rule = _rule_of(event)
        sql = MAKE_ENTRIES.format(at=column, day=local_day(column))
        run(sql, [rule.id, event.key, rule.points, rule.credit, page.pk])


def _acts_of(page: ScalePage) -> Iterator[tuple[Act, str]]:
    if page.is_quiz:
        yield Act.HAND_IN, "handed_in_at"
        yield Act.PASS, "passed_at"
    else:
        yield Act.LESSON, "completed_at"


def _rule_of(event: Event) -> Version:
    """The rule of today; an empty database has one version of each."""
    return version_on(load_versions(), name_behaviour(event), localdate(event.at))
