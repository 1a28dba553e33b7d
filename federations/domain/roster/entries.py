"""One row of the roster as it was understood, with everything that is wrong with it."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from federations.domain.roster.matching import FederationFinder, Place
from federations.domain.roster.values import (
    CellError,
    read_choice,
    read_counted,
    read_date,
    read_name,
    read_phone,
    read_term,
)
from federations.models import Position
from federations.workbooks.text import fold

# As Excel numbers it; where a file has several sheets, with the sheet's name: 名单2!15.
Line = int | str


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment that is in the database."""

    pk: int
    member_id: int
    federation_id: int
    position: str
    term: str
    starts_on: date
    ends_on: date | None
    is_counted: bool


@dataclass(slots=True)
class Entry:
    """`person` says which rows and which member are one person; `held` is what the row restates,
    `releases` the past appointment of hers whose mark (计入单位) this one takes."""

    line: Line
    name: str = ""
    phone: str = ""
    place: Place | None = None
    position: str = ""
    term: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    counted: bool | None = None
    problems: list[str] = field(default_factory=list)
    person: Hashable = None
    held: Held | None = None
    releases: Held | None = None

    @property
    def federation_id(self) -> int:
        return self.place.pk

    @property
    def folded_name(self) -> str:
        return fold(self.name)

    @property
    def key(self) -> tuple:
        """What makes an appointment of one person unique."""
        return self.federation_id, self.position, self.starts_on

    @property
    def is_update(self) -> bool:
        stored = self.held and (self.held.term, self.held.ends_on, self.held.is_counted)
        return bool(stored) and stored != (self.term, self.ends_on, self.counted)


def read_entry(line: Line, cells: dict[str, Any], finder: FederationFinder) -> Entry:
    """Read every cell, so that the row's problems are told all at once."""
    entry = Entry(line)
    readers = {
        "name": lambda: read_name(cells["姓名"]),
        "phone": lambda: read_phone(cells["手机号"]),
        "place": lambda: finder.find(cells["妇联编码或全称路径"]),
        "position": lambda: read_choice(cells["职务"], Position.values),
        "term": lambda: read_term(cells.get("届次")),
        "starts_on": lambda: _read_start(cells["任期起"]),
        "ends_on": lambda: read_date(cells.get("任期止"), _("任期止")),
        "counted": lambda: read_counted(cells.get("计入单位")),
    }
    for attribute, read in readers.items():
        try:
            setattr(entry, attribute, read())
        except CellError as error:
            entry.problems.append(str(error))
    if entry.starts_on and entry.ends_on and entry.ends_on < entry.starts_on:
        entry.problems.append(_("任期止早于任期起，请核对两个日期。"))
    return entry


def _read_start(value: Any) -> date:
    found = read_date(value, _("任期起"))
    if found is None:
        raise CellError(_("缺少任期起。"))
    return found
