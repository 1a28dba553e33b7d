"""A roster's rows in a scratch database, so that a file of any size needs little memory.

The rows of one person must be judged together, wherever in the file they stand. So they get a
key that all of them share, and batches are made of whole keys, in the order of the tree: a batch
touches few federations. SQLite keeps it in a file that has no name: it is gone with the process.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from federations.domain.roster.entries import Entry
from federations.domain.roster.matching import FederationFinder
from federations.domain.roster.people import explain_namesakes, find_shared_phones
from federations.domain.roster.reading import OPTIONAL, REQUIRED
from federations.domain.roster.register import load_namesakes

SHOWN = (*REQUIRED, *OPTIONAL)
CACHE_KILOBYTES = 16 * 1024
LINKED_AT_ONCE = 5_000
TABLE = """
CREATE TABLE rows (
    id INTEGER PRIMARY KEY, line, key TEXT, who TEXT, name TEXT, phone TEXT, path TEXT,
    federation INTEGER, position TEXT, term TEXT, starts INTEGER, ends INTEGER, counted INTEGER,
    problems TEXT, judged TEXT, shown TEXT, batch INTEGER
)
"""
INSERT = "INSERT INTO rows VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, NULL)"
# `problems` are those of the row itself and of the file; `judged` adds those that a batch showed.
BAD = "(problems <> '' OR judged <> '')"
READ = """
SELECT id, line, name, phone, path, position, term, starts, ends, counted, problems FROM rows
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the file has it, for a person to look at; `cells` in the order of SHOWN."""

    line: int | str
    cells: list[str]
    problems: list[str]


class Scratch:
    def __init__(self, finder: FederationFinder):
        self.finder = finder
        # Django's tests and jobs use it in one thread; nothing here is shared.
        self.db = sqlite3.connect("", isolation_level=None)
        self.db.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
        self.db.execute(TABLE)
        self.batches = 0

    def close(self) -> None:
        self.db.close()

    def add(self, rows: Iterable[tuple[Entry, list[str]]]) -> None:
        self.db.execute("BEGIN")
        self.db.executemany(INSERT, (_stored(entry, cells) for entry, cells in rows))
        self.db.execute("COMMIT")

    def arrange(self, batch_rows: int) -> None:
        """Once all rows are in: tell what only shows across the file, and make the batches."""
        for statement in (
            "CREATE INDEX by_phone ON rows (phone)",
            "CREATE INDEX by_place ON rows (federation, who)",
        ):
            self.db.execute(statement)
        self.db.execute("BEGIN")
        self._find_shared_phones()
        self._link_rows_without_phone()
        self._make_batches(batch_rows)
        self.db.execute("COMMIT")

    def batch(self, number: int) -> list[tuple[int, Entry]]:
        """Rows with their ids, in the order of the file."""
        found = self.db.execute(f"{READ} WHERE batch = ? ORDER BY id", [number])
        return [(row[0], self._entry(row)) for row in found]

    def note_judgement(self, number: int, bad: Iterable[tuple[int, list[str]]]) -> None:
        """The problems of a batch's rows, all of them, in place of what was noted before."""
        self.db.execute("BEGIN")
        self.db.execute("UPDATE rows SET judged = '' WHERE batch = ? AND judged <> ''", [number])
        self.db.executemany(
            "UPDATE rows SET judged = ? WHERE id = ?", [(_packed(texts), pk) for pk, texts in bad]
        )
        self.db.execute("COMMIT")

    def has_bad_rows(self) -> bool:
        return bool(self.db.execute(f"SELECT 1 FROM rows WHERE {BAD} LIMIT 1").fetchone())  # noqa: S608 ours

    def bad_rows(self, limit: int = -1) -> Iterator[Shown]:
        query = f"SELECT line, shown, problems, judged FROM rows WHERE {BAD} ORDER BY id LIMIT ?"  # noqa: S608 ours
        for line, shown, problems, judged in self.db.execute(query, [limit]):
            yield Shown(line, json.loads(shown), json.loads(judged or problems))

    def first_sound(self, limit: int) -> list[Entry]:
        found = self.db.execute(f"{READ} WHERE NOT {BAD} ORDER BY id LIMIT ?", [limit])
        return [self._entry(row) for row in found]

    def _entry(self, row: tuple) -> Entry:
        _pk, line, name, phone, path, position, term, starts, ends, counted, problems = row
        return Entry(
            line=line,
            name=name,
            phone=phone,
            place=self.finder.by_path[path] if path else None,
            position=position,
            term=term,
            starts_on=_day(starts),
            ends_on=_day(ends),
            counted=None if counted is None else bool(counted),
            problems=json.loads(problems) if problems else [],
        )

    def _find_shared_phones(self) -> None:
        shared = self.db.execute(
            "SELECT phone FROM rows WHERE phone <> '' AND who <> ''"
            " GROUP BY phone HAVING COUNT(DISTINCT who) > 1"
        ).fetchall()
        for (phone,) in shared:
            found = self.db.execute(f"{READ} WHERE phone = ? ORDER BY id", [phone]).fetchall()
            entries = [self._entry(row) for row in found]
            find_shared_phones(entries)
            self.db.executemany(
                "UPDATE rows SET problems = ? WHERE id = ?",
                [(_packed(e.problems), row[0]) for row, e in zip(found, entries, strict=True)],
            )

    def _link_rows_without_phone(self) -> None:
        """They belong to whoever of that name is at that federation, in the file or in the
        database; her other rows must come into the same batch."""
        # One without the other index would go through the whole table for each row.
        lacking = "phone = '' AND who <> '' AND path <> '' AND problems = ''"
        here = "SELECT {} FROM rows o WHERE o.federation = rows.federation AND o.who = rows.who"
        phones = here.format("COUNT(DISTINCT o.phone)") + " AND o.phone <> ''"
        self.db.execute(
            f"UPDATE rows SET problems = ? WHERE {lacking} AND ({phones}) > 1",  # noqa: S608 ours
            [_packed([explain_namesakes()])],
        )
        other = here.format("MIN(o.phone)") + " AND o.phone <> ''"
        self.db.execute(
            f"UPDATE rows SET key = COALESCE(({other}), key) WHERE {lacking}"  # noqa: S608 ours
        )
        last = 0
        while pairs := self.db.execute(
            f"SELECT id, federation, who FROM rows WHERE {lacking} AND key LIKE '@%' AND id > ?"  # noqa: S608 ours
            " ORDER BY id LIMIT ?",
            [last, LINKED_AT_ONCE],
        ).fetchall():
            last = pairs[-1][0]
            known = load_namesakes({(federation, who) for _pk, federation, who in pairs})
            for pk, federation, who in pairs:
                people = known.get((federation, who), [])
                if len(people) == 1:
                    key = people[0].phone or f"@{people[0].pk}"
                    self.db.execute("UPDATE rows SET key = ? WHERE id = ?", [key, pk])

    def _make_batches(self, batch_rows: int) -> None:
        self.db.execute("CREATE INDEX by_key ON rows (key)")
        self.db.execute(
            "CREATE TEMP TABLE keys AS"
            " SELECT key, SUM(size) OVER (ORDER BY place, key) / ? AS batch"
            " FROM (SELECT key, MIN(path) AS place, COUNT(*) AS size FROM rows GROUP BY key)",
            [batch_rows],
        )
        self.db.execute("CREATE UNIQUE INDEX temp.of_key ON keys (key)")
        self.db.execute("UPDATE rows SET batch = (SELECT batch FROM keys WHERE key = rows.key)")
        self.db.execute("DROP TABLE keys")
        self.db.execute("CREATE INDEX by_batch ON rows (batch)")
        last = self.db.execute("SELECT MAX(batch) FROM rows").fetchone()[0]
        self.batches = 0 if last is None else last + 1


def _stored(entry: Entry, cells: list[str]) -> tuple:
    place, who = entry.place, entry.folded_name
    # Whoever has neither a phone nor a name at a place is nobody yet: a row by itself.
    nameless = f"@{who}@{place.path}" if who and place else f"#{entry.line}"
    return (
        entry.line,
        entry.phone or nameless,
        who,
        entry.name,
        entry.phone,
        place.path if place else "",
        place.pk if place else None,
        entry.position,
        entry.term,
        _ordinal(entry.starts_on),
        _ordinal(entry.ends_on),
        entry.counted,
        _packed(entry.problems),
        json.dumps(cells, ensure_ascii=False),
    )


def _packed(problems: list[str]) -> str:
    return json.dumps(problems, ensure_ascii=False) if problems else ""


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
