"""A member asks to be put right on the roster; her federation's staff answer."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.models import (
    Appointment,
    CorrectionRequest,
    Federation,
    RequestState,
    StaffRole,
    StaffRoleType,
)
from members.domain.audit import record
from members.domain.notices import tell
from members.models import Action, Member


class RequestRefused(Exception):
    """It cannot be asked for; the message says why and what to do, in Chinese."""


@transaction.atomic
def ask_correction(*, member: Member, thing: str, text: str, now: datetime) -> CorrectionRequest:
    """Tell the managers what is wrong. While one of the same kind is open, its words are replaced.

    Raises RequestRefused for who is counted nowhere: nobody would see it.
    """
    place = place_of(member, now)
    if place is None:
        raise RequestRefused(_("您现在没有在任的职务，请直接联系您所在的妇联更正。"))
    asked, is_new = CorrectionRequest.objects.update_or_create(
        member=member,
        thing=thing,
        state=RequestState.OPEN,
        defaults={"text": text, "federation": place},
        create_defaults={"text": text, "federation": place, "asked_at": now},
    )
    if is_new:
        tell(
            member_ids=managers_near(place, now),
            text=_("有执委申请更正个人信息，请到工作台处理。"),
            url=reverse("desk_corrections"),
            now=now,
        )
    return asked


@transaction.atomic
def answer_correction(
    *, request_id: int, by: Member, is_done: bool, reply: str, now: datetime
) -> bool:
    """Close an open request and tell her; whether it was still open. The roster itself is
    corrected on its own pages."""
    state = RequestState.DONE if is_done else RequestState.DECLINED
    is_open = CorrectionRequest.objects.filter(pk=request_id, state=RequestState.OPEN)
    if not is_open.update(state=state, reply=reply, answered_by=by, answered_at=now):
        return False
    asked = CorrectionRequest.objects.select_related("member").get(pk=request_id)
    tell(
        member_ids=[asked.member_id],
        text=_("您的更正申请有了答复：%s") % asked.get_state_display(),
        url=reverse("corrections"),
        now=now,
    )
    detail = {"request": request_id, "thing": asked.thing, "state": state}
    record(action=Action.DATA_CORRECTED, by=by, subject=asked.member, detail=detail)
    return True


def place_of(member: Member, now: datetime) -> Federation | None:
    """Where she is counted; without that, where she serves."""
    held = Appointment.objects.filter(member=member).in_force(localdate(now))
    first = held.order_by("-is_counted", "pk").select_related("federation").first()
    return first.federation if first else None


def managers_near(place: Federation, now: datetime) -> list[int]:
    """Ids of the managers of the lowest federation, from `place` upwards, that has any."""
    roles = StaffRole.objects.in_force(localdate(now)).filter(
        role=StaffRoleType.MANAGER,
        federation__path__in=place.paths_down_to_here,
        member__is_active=True,
    )
    found = list(roles.values_list("federation__path", "member_id"))
    lowest = max((path for path, _member in found), key=len, default="")
    return sorted({member for path, member in found if path == lowest})
