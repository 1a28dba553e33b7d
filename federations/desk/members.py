"""A member's page at the desk: what she serves as, what she served as, and who changed it when."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks

from federations.desk.access import MANAGERS, Desk, desk_view
from federations.desk.roster_queries import in_scope
from federations.domain.appointments import is_in_force
from federations.models import (
    AccountMerge,
    Appointment,
    AppointmentEvent,
    Federation,
    Position,
    Source,
)
from federations.people import accounts_in_care, members_in_scope
from federations.scope import LOOKERS
from members.domain.audit import note_phone_view
from members.models import Member

MOST_EVENTS = 100
# Functions of (desk, member) that return (label, address) of a page about her, or None.
LINKS_HOOK = "register_desk_member_links"


def find_member(desk: Desk, pk: int) -> Member:
    """Http404 for who never served in her scope."""
    serving = Appointment.objects.filter(in_scope(desk), member=pk)
    return get_object_or_404(Member.objects.filter(pk__in=serving.values("member")), pk=pk)


def find_appointment(desk: Desk, pk: int) -> Appointment:
    """An appointment that she may change: Http404 out of her scope, 403 for who only looks."""
    rows = Appointment.objects.filter(in_scope(desk)).select_related("member", "federation__parent")
    appointment = get_object_or_404(rows, pk=pk)
    if not desk.may(MANAGERS, appointment.federation):
        raise PermissionDenied
    return appointment


@require_safe
@desk_view()
def member(request, pk):
    return _page(request, find_member(request.desk, pk))


@require_POST
@desk_view(MANAGERS)
def whole_phone(request, pk):
    """Her page with the whole number, for who looks after her account; looks are written down."""
    found = find_member(request.desk, pk)
    if not _is_in_care(request.user, found):
        raise PermissionDenied
    note_phone_view(by=request.user, member=found)
    return _page(request, found, shows_phone=True)


def _is_in_care(user: Member, member: Member) -> bool:
    return accounts_in_care(user).filter(pk=member.pk).exists()


def _page(request, found: Member, *, shows_phone: bool = False):
    desk, today = request.desk, localdate()
    rows = found.appointments.filter(in_scope(desk)).select_related("federation__parent")
    appointments = list(rows.order_by("-starts_on", "-pk"))
    for each in appointments:
        each.is_now = is_in_force(each, today)
        each.is_past = bool(each.ends_on and each.ends_on < today)
        each.place_url = desk.address("desk_roster", place=each.federation)
        each.ways = ways_of(desk, each, today)
    context = {
        "member": found,
        "shows_phone": shows_phone,
        "appointments": appointments,
        "is_counted_here": any(each.is_counted and each.is_now for each in appointments),
        "events": history_of(desk, found),
        "links": [link for find in hooks.get_hooks(LINKS_HOOK) if (link := find(desk, found))],
        "is_in_care": _is_in_care(request.user, found),
        "merge_url": desk.address("desk_roster_merge", first=found.pk),
        "phone_url": desk.address("desk_roster_phone", found.pk),
    }
    return render(request, "pages/desk/roster/member.html", context)


def ways_of(desk: Desk, appointment: Appointment, today) -> list[tuple[str, str]]:
    """(label, address) of what she may do with the appointment."""
    if not desk.may(MANAGERS, appointment.federation):
        return []
    is_past = bool(appointment.ends_on and appointment.ends_on < today)
    names = [("correct", _("更正"))]
    if not is_past:
        names = [
            ("transfer", _("调动")),
            ("position", _("改职务")),
            ("end", _("离任")),
            *([] if appointment.is_counted else [("count", _("改为计入这里"))]),
            *names,
        ]
    return [
        (
            label,
            desk.address("desk_roster_act", appointment.pk, name, place=appointment.federation),
        )
        for name, label in names
    ]


@dataclass(frozen=True)
class Line:
    """One event as people read it."""

    event: AppointmentEvent
    by: str
    details: list[str]


def history_of(desk: Desk, member: Member) -> list[Line]:
    """What happened in her scope, newest first; of accounts that were merged into this one, too."""
    merged = AccountMerge.objects.filter(kept=member).values("gone")
    events = AppointmentEvent.objects.filter(
        Q(member=member) | Q(member__in=merged), in_scope(desk)
    ).select_related("federation", "by")
    events = list(events[:MOST_EVENTS])
    # The names of superiors are none of hers.
    seen = members_in_scope(desk.member, roles=LOOKERS)
    names = dict(
        seen.filter(pk__in={each.by_id for each in events if each.by_id}).values_list("pk", "name")
    )
    places = _places_of(desk, events)
    return [
        Line(each, _name_by(desk, each, names), describe(each.changes, places)) for each in events
    ]


def _name_by(desk: Desk, event: AppointmentEvent, names: dict[int, str]) -> str:
    if event.by_id is None:
        return ""
    if event.by_id == desk.member.pk:
        return desk.member.name
    return names.get(event.by_id) or _("上级妇联")


def _places_of(desk: Desk, events: list[AppointmentEvent]) -> dict[int, str]:
    ids = {pk for each in events for pk in each.changes.get("federation_id", ()) if pk}
    rows = Federation.objects.filter(in_scope(desk, "path"), pk__in=ids)
    return dict(rows.values_list("pk", "name"))


SHOWN = {
    "federation_id": gettext_lazy("妇联"),
    "position": gettext_lazy("职务"),
    "term": gettext_lazy("届次"),
    "source": gettext_lazy("来源"),
    "starts_on": gettext_lazy("任期起"),
    "ends_on": gettext_lazy("任期止"),
    "is_counted": gettext_lazy("计入单位"),
}


def describe(changes: dict, places: dict[int, str]) -> list[str]:
    """职务：执委 → 主席; of a new appointment what it is."""
    lines = []
    for name, label in SHOWN.items():
        if name not in changes:
            continue
        before, after = (_say(name, value, places) for value in changes[name])
        if before == after:
            continue
        is_new = changes[name][0] in (None, "")
        lines.append(f"{label}：{after}" if is_new else f"{label}：{before} → {after}")
    return lines


def _say(name: str, value, places: dict[int, str]) -> str:
    if name == "federation_id" and value is not None:
        return places.get(value, _("另一个单位"))
    if name == "is_counted":
        return _("是") if value else _("否")
    if value in (None, ""):
        return "—"
    if name in ("starts_on", "ends_on"):
        day = parse_date(value)
        return f"{day.year}年{day.month}月{day.day}日" if day else value
    texts = {"position": Position, "source": Source}
    return str(texts[name](value).label) if name in texts else str(value)
