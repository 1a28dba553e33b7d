"""Counting and listing the people of a plan at a place, by one and the same condition."""

from dataclasses import dataclass
from datetime import datetime

from federations.models import Federation
from learning.domain.standings.people import COLUMNS, people_of
from learning.domain.standings.rows import Rows, bind, fetch
from learning.models import Plan
from learning.people.figures import FIGURES, STATE_SQL, STUCK_AFTER, Figure, State
from learning.people.person import Person, read_people
from learning.people.spot import Spot, counted_teams_sql

WITH_STATE = "SELECT p.*, :state AS state FROM (:people) p"
SUMS = ", ".join(f"SUM(CASE WHEN {each.sql} THEN 1 ELSE 0 END)" for each in FIGURES.values())
COUNT = f"SELECT {SUMS} FROM (:people) s WHERE 1 = 1 :named"  # noqa: S608 our own names
# Unit by unit, in each those first who need help: not begun, then longest silent.
ORDER = "unit_path, has_completed, active_at IS NOT NULL, active_at, member_id"
# The window is cut first: only who is shown is named. She has one counted appointment at most.
LIST = f"""
SELECT found.*, m.name, m.phone, a.starts_on AS since
FROM (
    SELECT {COLUMNS}, state, f.name AS unit_name, f.path AS unit_path FROM (:people) s
    JOIN federations_federation f ON f.id = s.federation_id
    WHERE :figure :named ORDER BY {ORDER} :window
) found
JOIN members_member m ON m.id = found.member_id
LEFT JOIN federations_appointment a
     ON a.member_id = found.member_id AND a.federation_id = found.federation_id AND a.is_counted
ORDER BY {ORDER}
"""  # noqa: S608 our own names
# Everybody is judged once, for the counts and for the list.
PAGE = f"""
WITH everybody AS (:people)
SELECT counts.*, listed.* FROM (:counts) counts LEFT JOIN (:listed) listed ON 1 = 1
ORDER BY {ORDER}
"""  # noqa: S608 our own names
EVERYBODY = Rows("SELECT * FROM everybody")
NAMED = "AND member_id IN (SELECT id FROM members_member WHERE name LIKE :name ESCAPE '!')"


@dataclass(frozen=True)
class PeoplePage:
    counts: dict[Figure, int]
    people: list[Person]


def rows_at(spot: Spot, now: datetime) -> Rows | None:
    """Everybody due at the spot; None where the plan does not ask its own team."""
    if spot.view == "own" and not spot.asks_own_team and not spot.plan.is_frozen:
        return None
    return people_of(spot.plan, *spot.teams, now)


def rows_between(plan: Plan, paths: tuple[str, str], now: datetime) -> Rows:
    """Everybody due in the teams between two tree paths, both in the plan's range."""
    return people_of(plan, *counted_teams_sql(plan, paths), now)


def team_of(plan: Plan, federation: Federation, now: datetime) -> Rows | None:
    return rows_at(Spot(plan, federation, "own"), now)


def count_states(plan: Plan, rows: Rows | None, now: datetime) -> dict[State, int]:
    """One query."""
    if rows is None:
        return dict.fromkeys(State, 0)
    (sums,) = fetch(_counting(_with_state(plan, rows, now)))
    counts = _counts(sums)
    return {state: counts[Figure(state.value)] for state in State}


def list_people(
    plan: Plan,
    rows: Rows | None,
    now: datetime,
    *,
    figure: Figure = Figure.DUE,
    name: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> list[Person]:
    """Those whom the figure counts, with their names and what is left. Two queries.

    `name`: only people whose name holds it.
    """
    if rows is None:
        return []
    people, window = _with_state(plan, rows, now), _window(limit, offset)
    return read_people(plan, fetch(_listing(people, figure, name, window)))


def read_page(
    plan: Plan,
    rows: Rows | None,
    now: datetime,
    *,
    figure: Figure,
    name: str,
    limit: int,
    offset: int,
) -> PeoplePage:
    """A page of the list, and how many there are of each figure, in the queries of the list."""
    if rows is None:
        return PeoplePage(dict.fromkeys(FIGURES, 0), [])
    pieces = {
        "people": _with_state(plan, rows, now),
        "counts": _counting(EVERYBODY, name),
        "listed": _listing(EVERYBODY, figure, name, _window(limit, offset)),
    }
    found, width = fetch(bind(PAGE, pieces)), len(FIGURES)
    # Where nobody is listed, the counts stand alone.
    listed = [row[width:] for row in found if row[width] is not None]
    return PeoplePage(_counts(found[0][:width]), read_people(plan, listed))


def _with_state(plan: Plan, rows: Rows, now: datetime) -> Rows:
    end = min(now, plan.cutoff_at) if plan.cutoff_at else now
    state = bind(STATE_SQL, {"silent_since": end - STUCK_AFTER})
    return bind(WITH_STATE, {"state": state, "people": rows})


def _counting(people: Rows, name: str = "") -> Rows:
    return bind(COUNT, {"people": people, "named": _named(name)})


def _counts(sums: tuple) -> dict[Figure, int]:
    return {figure: int(number or 0) for figure, number in zip(FIGURES, sums, strict=True)}


def _listing(people: Rows, figure: Figure, name: str, window: Rows) -> Rows:
    condition = Rows(FIGURES[figure].sql)
    pieces = {"people": people, "figure": condition, "named": _named(name), "window": window}
    return bind(LIST, pieces)


def _window(limit: int | None, offset: int) -> Rows:
    return bind("LIMIT :limit OFFSET :offset", {"limit": limit, "offset": offset}) if limit else NO


def _named(name: str) -> Rows:
    literal = name.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return bind(NAMED, {"name": f"%{literal}%"}) if name else NO


NO = Rows("")
