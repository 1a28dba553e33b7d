"""What a manager does with one appointment: transfer, end, another position, a correction, …

One page for all: a form, for the weighty ones what will follow from it, and then the domain.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federations.desk.access import MANAGERS, Desk, desk_view
from federations.desk.members import find_appointment
from federations.desk.roster_forms import (
    AppointForm,
    CorrectionForm,
    CountForm,
    EndForm,
    PositionForm,
    TransferForm,
)
from federations.domain.appointments import (
    DAY,
    appoint,
    correct_appointment,
    count_at,
    end_appointment,
)
from federations.domain.enrolment import enrol_member
from federations.domain.errors import RosterChanged, RosterError
from federations.domain.history import stamp_of
from federations.domain.transfers import transfer_member
from federations.models import Appointment, Position
from members.races import SAVED_MEANWHILE


def _transfer(appointment: Appointment, entered: dict[str, Any]) -> None:
    transfer_member(appointment_id=appointment.pk, **entered)


def _change_position(appointment: Appointment, entered: dict[str, Any]) -> None:
    place, term = appointment.federation, appointment.term
    transfer_member(appointment_id=appointment.pk, federation=place, term=term, **entered)


def _end(appointment: Appointment, entered: dict[str, Any]) -> None:
    end_appointment(appointment_id=appointment.pk, **entered)


def _count(appointment: Appointment, entered: dict[str, Any]) -> None:
    count_at(appointment_id=appointment.pk, **entered)


def _correct(appointment: Appointment, entered: dict[str, Any]) -> None:
    correct_appointment(appointment_id=appointment.pk, **entered)


def _foresee_transfer(desk: Desk, appointment: Appointment, entered: dict[str, Any]) -> list[str]:
    facts = {
        "old": appointment.federation.name,
        "position": appointment.get_position_display(),
        "until": entered["on"] - DAY,
        "new": desk.name_of(entered["federation"]),
        "new_position": Position(entered["position"]).label,
        "on": entered["on"],
    }
    lines = [
        _("%(old)s的%(position)s到 %(until)s 为止。") % facts,
        _("从 %(on)s 起任%(new)s的%(new_position)s。") % facts,
    ]
    if appointment.is_counted:
        lines.append(_("计入单位跟着改到%(new)s，完成情况和排行几秒钟内重算。") % facts)
    return lines


def _foresee_end(_desk: Desk, appointment: Appointment, entered: dict[str, Any]) -> list[str]:
    facts = {
        "place": appointment.federation.name,
        "position": appointment.get_position_display(),
        "until": entered["ends_on"],
    }
    lines = [_("%(place)s的%(position)s到 %(until)s 为止，历史保留。") % facts]
    if appointment.is_counted:
        lines.append(_("这是她的计入单位：从第二天起她不计入任何单位，任务不再要求她。"))
    lines.append(_("账号和学习记录不变。没有别的任职的，不能再进执委学堂。"))
    return lines


@dataclass(frozen=True)
class Act:
    """`perform` gets the appointment and what was entered, `by` and `now` with it."""

    title: Any
    button: Any
    form: type[forms.Form]
    perform: Callable[[Appointment, dict[str, Any]], None]
    done: Any
    # Columns of the appointment that the form begins with.
    begins_with: tuple[str, ...] = ()
    foresee: Callable[[Desk, Appointment, dict[str, Any]], list[str]] | None = None
    note: Any = ""


ACTS = {
    "transfer": Act(
        gettext_lazy("调动"),
        gettext_lazy("确认调动"),
        TransferForm,
        _transfer,
        gettext_lazy("已经调动。"),
        ("position", "term"),
        _foresee_transfer,
        gettext_lazy("调到您管理范围以外的，请用“离任”，由那边登记新任职。"),
    ),
    "position": Act(
        gettext_lazy("改职务"),
        gettext_lazy("保存"),
        PositionForm,
        _change_position,
        gettext_lazy("职务已经改好。"),
        ("position", "source"),
    ),
    "end": Act(
        gettext_lazy("离任"),
        gettext_lazy("确认离任"),
        EndForm,
        _end,
        gettext_lazy("离任已经登记。"),
        (),
        _foresee_end,
    ),
    "count": Act(
        gettext_lazy("改为计入这里"),
        gettext_lazy("改为计入这里"),
        CountForm,
        _count,
        gettext_lazy("计入单位已经改好。"),
        note=gettext_lazy(
            "一个人可以有几个任职，只在一个单位计数。改了以后，完成情况几秒钟内重算。"
        ),
    ),
    "correct": Act(
        gettext_lazy("更正登记"),
        gettext_lazy("保存更正"),
        CorrectionForm,
        _correct,
        gettext_lazy("已经更正。"),
        ("position", "term", "source", "starts_on", "ends_on"),
        note=gettext_lazy("只改登记错的地方。人真的换了岗位，请用“调动”“改职务”或“离任”。"),
    ),
}


@desk_view()
def act(request, pk, name):
    if name not in ACTS:
        raise Http404
    way, desk = ACTS[name], request.desk
    appointment = find_appointment(desk, pk)
    member_url = desk.address("desk_roster_member", appointment.member_id)
    if request.method != "POST":
        form = way.form(desk=desk, initial=_initial(way, appointment))
        return _show(request, way, appointment, form)
    form = way.form(request.POST, desk=desk)
    if form.is_valid():
        if way.foresee and "confirm" not in request.POST:
            lines = (
                [] if "back" in request.POST else way.foresee(desk, appointment, form.cleaned_data)
            )
            return _show(request, way, appointment, form, lines)
        if _perform(form, way, appointment, request.user):
            messages.success(request, way.done)
            return redirect(member_url)
    return _show(request, way, appointment, form)


def _initial(way: Act, appointment: Appointment) -> dict[str, Any]:
    columns = {name: getattr(appointment, name) for name in way.begins_with}
    return columns | {"stamp": stamp_of([appointment])}


def _perform(form, way: Act, appointment: Appointment, by) -> bool:
    skipped = ("place", "place_id")
    entered = {key: value for key, value in form.cleaned_data.items() if key not in skipped}
    try:
        with transaction.atomic():
            way.perform(appointment, entered | {"by": by, "now": timezone.now()})
    except RosterError as error:
        blame(form, error)
        return False
    except IntegrityError:
        # Its text names the row.
        form.add_error(None, SAVED_MEANWHILE)
        return False
    return True


def blame(form: forms.Form, error: RosterError) -> None:
    """Say it beside the field; what was typed stays. The rows were looked at anew."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
    if isinstance(error, RosterChanged):
        form.is_outdated = True


def _show(request, way: Act, appointment: Appointment, form, lines=()):
    desk = request.desk
    if getattr(form, "is_outdated", False):
        # She has been told; her next press is about what she sees now.
        form.data = form.data.copy()
        form.data["stamp"] = stamp_of([find_appointment(desk, appointment.pk)])
    context = {
        "way": way,
        "appointment": appointment,
        "form": form,
        "lines": lines,
        # A template would call the function itself.
        "asks_first": way.foresee is not None,
        "typed": [pair for pair in request.POST.items() if pair[0] not in NOT_TYPED],
        "back_url": desk.address("desk_roster_member", appointment.member_id),
        "today": localdate(),
    }
    template = "confirm" if lines and "back" not in request.POST else "act"
    return render(request, f"pages/desk/roster/{template}.html", context)


NOT_TYPED = ("csrfmiddlewaretoken", "confirm", "back", "outcome")


@desk_view(MANAGERS)
def appoint_member(request):
    """增补, 替补: a known person or a new account joins the team of the place."""
    desk = request.desk
    form = AppointForm(request.POST or None, desk=desk)
    if request.method == "POST" and form.is_valid():
        member = _appoint(form, desk)
        if member is not None:
            messages.success(request, _("%s 已经登记。") % member.name)
            return redirect(desk.address("desk_roster_member", member.pk))
    context = {"form": form, "back_url": desk.address("desk_roster")}
    return render(request, "pages/desk/roster/appoint.html", context)


COUNTED = {"": None, "yes": True, "no": False}


def _appoint(form: AppointForm, desk: Desk):
    entered = dict(form.cleaned_data)
    member, name, phone = (entered.pop(key) for key in ("member", "name", "phone"))
    reason, is_counted = entered.pop("reason"), COUNTED[entered.pop("is_counted")]
    entered.pop("stamp")
    facts = {"federation": desk.place, "by": desk.member, **entered}
    now = timezone.now()
    try:
        with transaction.atomic():
            if member is None:
                return enrol_member(name=name, phone=phone or None, reason=reason, **facts)
            appoint(member=member, reason=reason, is_counted=is_counted, now=now, **facts)
    except RosterError as error:
        blame(form, error)
        return None
    except IntegrityError:
        form.add_error(None, SAVED_MEANWHILE)
        return None
    return member
