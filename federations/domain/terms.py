"""换届: a federation's whole new term in one step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.domain.appointments import DAY, Kind, note_roster_changes
from federations.domain.errors import RosterChanged, RosterError
from federations.domain.history import facts_of, make_event, stamp_of, write_events
from federations.domain.names import note_names
from federations.models import Appointment, Federation, Renewal, Source
from federations.workbooks.text import fold
from members.models import Member


@dataclass(frozen=True)
class Newcomer:
    """A line of the list: who is new in the team. `phone` may be empty."""

    name: str
    phone: str
    position: str


@dataclass(frozen=True)
class Ballot:
    """What the form says. `kept`: position by the id of the appointment that goes on; whoever of
    the team is not in it leaves."""

    federation: Federation
    term: str
    elected_on: date
    kept: dict[int, str]
    newcomers: Sequence[Newcomer] = ()


@dataclass(frozen=True)
class Joining:
    """A newcomer as the database knows her. `is_counted`: by this appointment from now on."""

    newcomer: Newcomer
    member: Member | None
    is_counted: bool


@dataclass(frozen=True)
class Outcome:
    """What the new term would bring; `stamp` is that of the team which it was made for."""

    ballot: Ballot
    staying: list[tuple[Appointment, str]]
    leaving: list[Appointment]
    joining: list[Joining]
    stamp: str

    @property
    def before(self) -> int:
        return len(self.staying) + len(self.leaving)

    @property
    def after(self) -> int:
        return len(self.staying) + len(self.joining)

    @property
    def counted_before(self) -> int:
        return sum(each.is_counted for each in self.team)

    @property
    def counted_after(self) -> int:
        return sum(each.is_counted for each, _position in self.staying) + sum(
            each.is_counted for each in self.joining
        )

    @property
    def team(self) -> list[Appointment]:
        return [*(each for each, _position in self.staying), *self.leaving]


def team_at(federation: Federation, elected_on: date):
    """Appointments that the new term ends or renews: those that would go on into that day."""
    rows = Appointment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=elected_on), federation=federation
    )
    return rows.select_related("member", "federation").order_by("pk")


def plan_renewal(*, ballot: Ballot, now: datetime) -> Outcome:
    """What this ballot would do; writes nothing. Raises RosterError."""
    if ballot.elected_on > localdate(now):
        raise RosterError(_("换届日期不能在今天以后，请选举以后再办。"), field="elected_on")
    team = list(team_at(ballot.federation, ballot.elected_on))
    late = [each.member.name for each in team if each.starts_on >= ballot.elected_on]
    if late:
        message = _("%(names)s 的任期起不早于换届日期。请核对换届日期，或先更正她们的任职。")
        raise RosterError(message % {"names": "、".join(late[:5])}, field="elected_on")
    unknown = ballot.kept.keys() - {each.pk for each in team}
    if unknown:
        raise RosterChanged
    joining = _recognise(ballot, team, localdate(now))
    outcome = Outcome(
        ballot=ballot,
        staying=[(each, ballot.kept[each.pk]) for each in team if each.pk in ballot.kept],
        leaving=[each for each in team if each.pk not in ballot.kept],
        joining=joining,
        stamp=stamp_of(team),
    )
    if not outcome.after:
        raise RosterError(_("新一届里一个人也没有。请勾选留任的人，或填写新任的人。"))
    return outcome


@transaction.atomic
def renew_team(*, ballot: Ballot, token: UUID, stamp: str, by: Member, now: datetime) -> Renewal:
    """Begin the new term: old appointments end the day before, those who stay and those who join
    begin on the day.

    Doing it twice with one `token` returns the first result. Raises RosterError; RosterChanged
    when the team is no longer that of `stamp`.
    """
    list(Federation.objects.select_for_update(no_key=True).filter(pk=ballot.federation.pk))
    if done := Renewal.objects.filter(token=token).first():
        return done
    outcome = plan_renewal(ballot=ballot, now=now)
    if outcome.stamp != stamp:
        raise RosterChanged
    outcome = _lock(outcome, now)
    _write(outcome, by, now)
    return Renewal.objects.create(
        federation=ballot.federation,
        token=token,
        term=ballot.term,
        elected_on=ballot.elected_on,
        stayed=len(outcome.staying),
        left=len(outcome.leaving),
        joined=len(outcome.joining),
        by=by,
        at=now,
    )


def _lock(outcome: Outcome, now: datetime) -> Outcome:
    """Everybody whom it concerns, in the order of the ids; then looked at once more."""
    known = {each.member.pk for each in outcome.joining if each.member}
    ids = sorted({each.member_id for each in outcome.team} | known)
    list(
        Member.objects.select_for_update(no_key=True)
        .filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk")
    )
    again = plan_renewal(ballot=outcome.ballot, now=now)
    if again.stamp != outcome.stamp or known != {e.member.pk for e in again.joining if e.member}:
        raise RosterChanged
    return again


def _recognise(ballot: Ballot, team: list[Appointment], today: date) -> list[Joining]:
    phones = [each.phone for each in ballot.newcomers if each.phone]
    if len(set(phones)) < len(phones):
        raise RosterError(_("新任名单里有两行手机号相同，请核对。"), field="newcomers")
    nameless = [fold(each.name) for each in ballot.newcomers if not each.phone]
    if len(set(nameless)) < len(nameless):
        message = _("新任名单里有两行同名又没有手机号：是同一人请删去一行，不是请填手机号。")
        raise RosterError(message, field="newcomers")
    known = {each.phone: each for each in Member.objects.filter(phone__in=phones)}
    counted = set(
        Appointment.objects.counted()
        .in_force(today)
        .filter(member__in=known.values())
        .values_list("member_id", flat=True)
    )
    here = {each.member_id for each in team}
    joining = []
    for line, newcomer in enumerate(ballot.newcomers, start=1):
        member = known.get(newcomer.phone)
        _check_newcomer(line, newcomer, member, here, team)
        is_counted = member is None or member.pk not in counted
        joining.append(Joining(newcomer, member, is_counted))
    return joining


def _check_newcomer(
    line: int, newcomer: Newcomer, member: Member | None, here: set[int], team: list[Appointment]
) -> None:
    if member is None:
        if not newcomer.phone and any(
            fold(each.member.name) == fold(newcomer.name) for each in team
        ):
            message = _(
                "新任名单第 %d 行：原来的队伍里有同名的人。是同一人请改为留任，否则请填手机号。"
            )
            raise RosterError(message % line, field="newcomers")
        return
    if fold(member.name) != fold(newcomer.name):
        message = _("新任名单第 %d 行：这个手机号在系统中属于另一位姓名不同的人，请核对。")
        raise RosterError(message % line, field="newcomers")
    if not member.is_active:
        message = _("新任名单第 %d 行：这个手机号的账号已停用，请先启用。")
        raise RosterError(message % line, field="newcomers")
    if member.pk in here:
        message = _("新任名单第 %d 行：她已经在原来的队伍里，请在上面改为留任。")
        raise RosterError(message % line, field="newcomers")


def _write(outcome: Outcome, by: Member, now: datetime) -> None:
    ballot = outcome.ballot
    how = {"by": by, "now": now, "reason": _("换届：%s") % ballot.term}
    events = []
    marks = {each.pk: each.is_counted for each in outcome.team}
    for each in outcome.team:
        before = facts_of(each)
        each.ends_on = ballot.elected_on - DAY
        # Who leaves keeps her mark until another appointment takes it, as always.
        each.is_counted = each.is_counted and each.pk not in ballot.kept
        kind = Kind.STAYED if each.pk in ballot.kept else Kind.REPLACED
        events.append(make_event(appointment=each, before=before, kind=kind, **how))
    # The database allows one mark at every moment: the old ones go first.
    Appointment.objects.bulk_update(outcome.team, ["ends_on", "is_counted"], batch_size=500)
    members = _members_of(outcome.joining)
    pairs = list(zip(members, outcome.joining, strict=True))
    _take_past_marks([member for member, each in pairs if each.is_counted], how)
    fresh = [
        _appointment(ballot, each.member, position, marks[each.pk])
        for each, position in outcome.staying
    ] + [
        _appointment(ballot, member, each.newcomer.position, each.is_counted)
        for member, each in pairs
    ]
    Appointment.objects.bulk_create(fresh, batch_size=500)
    kinds = [Kind.STAYED] * len(outcome.staying) + [Kind.ELECTED] * len(outcome.joining)
    events += [
        make_event(appointment=each, before=None, kind=kind, **how)
        for each, kind in zip(fresh, kinds, strict=True)
    ]
    write_events(events)
    note_roster_changes([ballot.federation.pk])


def _members_of(joining: Iterable[Joining]) -> list[Member]:
    """Newcomers whom nobody knows get an account; they sign in by SMS code."""
    members = [
        each.member
        or Member.objects.create_user(each.newcomer.phone or None, name=each.newcomer.name)
        for each in joining
    ]
    note_names(each.newcomer.name for each in joining)
    return members


def _take_past_marks(members: list[Member], how: dict) -> None:
    """What she was counted by has ended: the new appointment takes the mark."""
    past = Appointment.objects.counted().filter(member__in=members)
    events, rows = [], list(past)
    for each in rows:
        before = facts_of(each)
        each.is_counted = False
        events.append(make_event(appointment=each, before=before, kind=Kind.COUNTED, **how))
    Appointment.objects.bulk_update(rows, ["is_counted"], batch_size=500)
    write_events(events)
    note_roster_changes({each.federation_id for each in rows})


def _appointment(ballot: Ballot, member: Member, position: str, is_counted: bool):
    return Appointment(
        member=member,
        federation=ballot.federation,
        position=position,
        term=ballot.term,
        source=Source.ELECTED,
        starts_on=ballot.elected_on,
        is_counted=is_counted,
    )
