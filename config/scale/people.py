"""Invented people on the real tree, as many to a team as in Guangdong."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

from django.db import connection
from django.utils import timezone

from config.scale.words import NUMBERS, draw, reset_ids, run
from federations.models import Appointment, Federation, Level, Position, Source
from members.encryption import STORED_LENGTH, store_phone
from members.models import Member

# From, to: members of one team.
SEATS = {
    Level.PROVINCE: (100, 200),
    Level.CITY: (55, 65),
    Level.COUNTY: (40, 60),
    Level.TOWN: (20, 30),
    Level.VILLAGE: (11, 15),
}
SURNAMES = "陈李黄张梁林刘吴罗杨邓叶曾何谢郑钟彭赖冯苏蔡许余潘廖周王徐卢江胡朱曹温邱古丘饶詹"
FIRST = "秀丽美玉春桂金淑慧小雪晓海文婉佩素瑞银彩惠碧雅思嘉"
SECOND = "英芳珍兰梅霞红娟琴燕玲萍云华娣莲萱仪敏芬婷怡琳蓉妹凤"
# No operator has been given 160: nobody can be rung up.
FIRST_PHONE = 16_000_000_000
TERM, TERM_START = "第十三届", date(2023, 5, 18)
LAST_TERM, LAST_START, LAST_END = "第十二届", date(2018, 5, 18), date(2023, 5, 17)

MAKE_MEMBERS = f"""
INSERT INTO members_member (id, name, phone, password, email, text_size, is_superuser, is_staff,
                            is_active, date_joined)
{NUMBERS}
SELECT i, SUBSTR('{SURNAMES}', CAST({{one}} %% {len(SURNAMES)} AS INTEGER) + 1, 1)
          || SUBSTR('{FIRST}', CAST({{two}} %% {len(FIRST)} AS INTEGER) + 1, 1)
          || SUBSTR('{SECOND}', CAST({{three}} %% {len(SECOND)} AS INTEGER) + 1, 1),
       p.stored, '!', '', '', FALSE, FALSE, TRUE, %s
FROM n JOIN scale_phone p ON p.id = n.i
"""  # noqa: S608 our own text
# Who holds which seat: one counted appointment each; one term in a hundred has ended. Team after
# team, as the import of a roster leaves them on the disk.
MAKE_APPOINTMENTS = f"""
INSERT INTO federations_appointment (member_id, federation_id, position, term, source, starts_on,
                                     ends_on, is_counted)
{NUMBERS}
SELECT t.before + n.i, t.federation_id,
       CASE WHEN n.i = 1 THEN '{Position.CHAIR}'
            WHEN n.i <= 3 AND (t.level < 5 OR n.i = 2) THEN '{Position.VICE_CHAIR}'
            WHEN n.i = 4 THEN '{Position.PART_TIME_VICE_CHAIR}'
            WHEN n.i <= 9 AND t.level < 5 THEN '{Position.STANDING}'
            WHEN n.i %% 29 = 0 THEN '{Position.INVITED}'
            ELSE '{Position.MEMBER}' END,
       '{TERM}',
       CASE WHEN (t.before + n.i) %% 33 = 0 THEN '{Source.SUBSTITUTED}'
            WHEN (t.before + n.i) %% 20 = 0 THEN '{Source.ADDED}'
            ELSE '{Source.ELECTED}' END,
       CAST(%s AS DATE_TYPE),
       CASE WHEN (t.before + n.i) %% 97 = 0 THEN CAST(%s AS DATE_TYPE) END, TRUE
FROM scale_team t JOIN n ON n.i <= t.seats ORDER BY t.before + n.i
"""  # noqa: S608 our own text
# A second one at the federation above; of every five, one is her place in the last term instead.
MAKE_SECOND = f"""
INSERT INTO federations_appointment (member_id, federation_id, position, term, source, starts_on,
                                     ends_on, is_counted)
SELECT member_id, CASE WHEN is_old THEN federation_id ELSE above END, '{Position.MEMBER}',
       CASE WHEN is_old THEN '{LAST_TERM}' ELSE '{TERM}' END, '{Source.ELECTED}',
       CASE WHEN is_old THEN CAST(%s AS DATE_TYPE) ELSE CAST(%s AS DATE_TYPE) END,
       CASE WHEN is_old THEN CAST(%s AS DATE_TYPE) END, FALSE
FROM (SELECT a.member_id, a.federation_id, COALESCE(f.parent_id, f.id) AS above,
             f.parent_id IS NULL OR a.member_id / %s %% 5 = 0 AS is_old
      FROM federations_appointment a JOIN federations_federation f ON f.id = a.federation_id
      WHERE a.is_counted AND a.member_id %% %s = 0 ORDER BY a.member_id LIMIT %s) chosen
"""  # noqa: S608 our own text


PHONES_AT_ONCE = 10_000


def make_people(*, members: int, appointments: int, seed: int, today: date) -> None:
    """`appointments` - `members` of them hold a second one, which is not counted."""
    seats = _make_teams(members, seed)
    _make_phones(members)
    drawn = draw(seed, "i")
    sql = MAKE_MEMBERS.format(one=drawn, two=f"({drawn} / 97)", three=f"({drawn} / 5791)")
    run(sql, [members, timezone.now()])
    reset_ids(Member)
    ended = today - timedelta(days=150)
    run(_dated(MAKE_APPOINTMENTS), [seats, TERM_START, ended])
    if extra := appointments - members:
        every = members // extra
        params = [LAST_START, TERM_START, LAST_END, every, every, extra]
        run(_dated(MAKE_SECOND), params)
    reset_ids(Appointment)


def _make_phones(members: int) -> None:
    """As they are stored, which no database could do by itself."""
    run(f"CREATE TEMPORARY TABLE scale_phone (id INTEGER, stored VARCHAR({STORED_LENGTH}))")
    with connection.cursor() as cursor:
        for start in range(1, members + 1, PHONES_AT_ONCE):
            ids = range(start, min(start + PHONES_AT_ONCE, members + 1))
            rows = [(pk, store_phone(str(FIRST_PHONE + pk))) for pk in ids]
            cursor.executemany("INSERT INTO scale_phone VALUES (%s, %s)", rows)
        cursor.execute("CREATE INDEX scale_phone_id ON scale_phone (id)")


def _dated(sql: str) -> str:
    return sql.replace("DATE_TYPE", "DATE" if connection.vendor == "postgresql" else "TEXT")


def _make_teams(members: int, seed: int) -> int:
    """Hand out the seats; returns how many the largest team has.

    Fewer people than seats fill the tree from its first city on, so that a team is as large as a
    real one; more of them make every team larger.
    """
    rng = Random(seed)  # noqa: S311 the same every time
    places = list(Federation.objects.order_by("path").values_list("pk", "level"))
    ends = [0]
    for _pk, level in places:
        ends.append(ends[-1] + rng.randint(*SEATS[level]))
    if members > ends[-1]:
        ends = [end * members // ends[-1] for end in ends]
    rows = [
        (pk, level, before, min(after, members) - before)
        for (pk, level), (before, after) in zip(places, pairwise(ends), strict=True)
        if before < members
    ]
    run(
        "CREATE TEMPORARY TABLE scale_team"
        " (federation_id INTEGER, level INTEGER, before INTEGER, seats INTEGER)"
    )
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO scale_team VALUES (%s, %s, %s, %s)", rows)
    return max(seats for *_place, seats in rows)
