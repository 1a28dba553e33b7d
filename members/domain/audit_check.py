"""Proving that the audit trail is whole: nothing changed, nothing gone, nothing put in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from members.domain.audit import chain_of, mac_of
from members.models import Action, AuditEntry

CHUNK = 2000
# The clock links every few seconds; what waits this long has been forgotten, or held back.
UNLINKED_FOR = timedelta(minutes=15)
MOST_FAULTS = 20


@dataclass(frozen=True)
class Head:
    """A link of the chain, as an earlier check printed it."""

    sequence: int
    chain: str


@dataclass(frozen=True)
class Fault:
    """`kind`: changed, gap, link, unlinked, cut or missing_head; `place` is the row's number."""

    kind: str
    place: int


@dataclass(frozen=True)
class Report:
    checked: int
    head: Head
    faults: tuple[Fault, ...]


def check_trail(*, now: datetime, expected: Head | None = None) -> Report:
    """Read the whole trail, up to 20 faults.

    `expected` is a head from an earlier check: without it a cut-off end would not show.
    """
    walk = _Walk(expected)
    for entry in _linked():
        walk.take(entry)
        if len(walk.faults) >= MOST_FAULTS:
            break
    faults = [*walk.faults, *_faults_of_waiting(now)]
    if expected and not walk.met_expected and expected.sequence >= walk.first:
        faults.append(Fault("missing_head", expected.sequence))
    return Report(walk.checked, Head(walk.sequence, walk.chain), tuple(faults))


class _Walk:
    """Along the chain; it may begin with the row after a pruning, which says where it was cut."""

    def __init__(self, expected: Head | None):
        self.expected, self.met_expected = expected, False
        self.sequence, self.chain, self.first, self.checked = 0, "", 1, 0
        self.faults: list[Fault] = []

    def take(self, entry: AuditEntry) -> None:
        if not self.checked:
            self._begin(entry)
        self.checked += 1
        if entry.sequence != self.sequence + 1:
            self.faults.append(Fault("gap", self.sequence + 1))
        if not compare_digest(entry.mac, mac_of(entry)):
            self.faults.append(Fault("changed", entry.sequence))
        link = chain_of(before=self.chain, sequence=entry.sequence, mac=entry.mac)
        if not compare_digest(entry.chain, link):
            self.faults.append(Fault("link", entry.sequence))
        self.sequence, self.chain = entry.sequence, entry.chain
        if self.expected == Head(self.sequence, self.chain):
            self.met_expected = True

    def _begin(self, entry: AuditEntry) -> None:
        self.first = entry.sequence
        if entry.sequence == 1:
            return
        cuts = AuditEntry.objects.filter(action=Action.PRUNED, detail__up_to=entry.sequence - 1)
        cut = next((each for each in cuts if compare_digest(each.mac, mac_of(each))), None)
        if cut is None:
            self.faults.append(Fault("cut", entry.sequence))
        self.sequence = entry.sequence - 1
        self.chain = cut.detail["chain"] if cut else ""


def _linked() -> Iterator[AuditEntry]:
    """By number; each chunk is a query of its own, so that SQLite's writers do not wait."""
    after = 0
    linked = AuditEntry.objects.order_by("sequence")
    while chunk := list(linked.filter(sequence__gt=after)[:CHUNK]):
        yield from chunk
        after = chunk[-1].sequence


def _faults_of_waiting(now: datetime) -> Iterator[Fault]:
    for entry in AuditEntry.objects.filter(sequence=None).iterator(chunk_size=CHUNK):
        if not compare_digest(entry.mac, mac_of(entry)):
            yield Fault("changed", entry.pk)
        if entry.at < now - UNLINKED_FOR:
            yield Fault("unlinked", entry.pk)
