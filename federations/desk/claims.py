"""认领 at the desk: who says that she belongs to a team of theirs, and what staff make of it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from federations.desk.access import MANAGERS, Desk, desk_view
from federations.desk.claim_forms import DeclineForm, MemberForm, NewForm, describe
from federations.desk.members_acting import NOT_TYPED, blame
from federations.desk.roster_forms import DeskForm
from federations.domain.claims import (
    approve_as_member,
    approve_as_new,
    candidates_for,
    decline_claim,
)
from federations.domain.errors import RosterError
from federations.models import ClaimState, Federation, RosterClaim
from members.models import Member
from members.phones import mask_phone
from members.races import SAVED_MEANWHILE

PER_PAGE = 30


@require_safe
@desk_view(MANAGERS)
def claims(request):
    """Those of the place and of everything below it; the waiting ones, the oldest first."""
    desk, is_past = request.desk, request.GET.get("state") == "past"
    rows = RosterClaim.objects.filter(federation__in=_here(desk))
    waiting = rows.filter(state=ClaimState.OPEN)
    shown = rows.exclude(state=ClaimState.OPEN).order_by("-decided_at", "-pk") if is_past else None
    if shown is None:
        shown = waiting.order_by("made_at", "pk")
    page = Paginator(shown.select_related("federation__parent"), PER_PAGE)
    page = page.get_page(request.GET.get("p"))
    for each in page:
        each.url = desk.address("desk_claim", each.pk)
    context = {
        "page_obj": page,
        "is_past": is_past,
        "query": f"federation={desk.place.pk}" + ("&state=past" if is_past else ""),
        "waiting_url": desk.address("desk_claims"),
        "past_url": desk.address("desk_claims", state="past"),
    }
    return render(request, "pages/desk/claims/claims.html", context)


def _here(desk: Desk):
    return Federation.objects.below(desk.place).order_by().values("pk")


@dataclass(frozen=True)
class Way:
    """One of the three things to make of a claim."""

    title: object
    button: object
    form: type[DeskForm]


WAYS = {
    "member": Way(gettext_lazy("名册里有她"), gettext_lazy("下一步：看结果"), MemberForm),
    "new": Way(gettext_lazy("登记为新执委"), gettext_lazy("下一步：看结果"), NewForm),
    "decline": Way(gettext_lazy("不通过"), gettext_lazy("不通过"), DeclineForm),
}


@desk_view(MANAGERS)
def claim(request, pk):
    """The claim, and what can be made of it. Approving shows first what will change."""
    desk = request.desk
    found = find_claim(desk, pk)
    if not found.is_open:
        return _show(request, found, {})
    asked = request.POST.get("way")
    forms_ = _forms(request, found, asked if asked in WAYS else None)
    form = forms_.get(asked)
    if form is not None and form.is_bound and form.is_valid():
        asks = asked != "decline" and "confirm" not in request.POST
        if asks and "back" not in request.POST:
            return _ask(request, found, asked, form)
        if not asks and _perform(form, asked, found, desk):
            messages.success(request, DONE[asked])
            return redirect(desk.address("desk_claims"))
    return _show(request, found, forms_)


DONE = {
    "member": gettext_lazy("已经通过，她现在可以登录了。"),
    "new": gettext_lazy("已经登记并通过，她现在可以登录了。"),
    "decline": gettext_lazy("已经答复她：没有通过。"),
}


def find_claim(desk: Desk, pk: int) -> RosterClaim:
    """Http404 for one that is not of the place or below it: there she is a manager."""
    rows = RosterClaim.objects.filter(federation__in=_here(desk))
    return get_object_or_404(rows.select_related("federation__parent", "member"), pk=pk)


def _forms(request, found: RosterClaim, asked: str | None) -> dict[str, DeskForm]:
    candidates = candidates_for(found, by=request.user, today=localdate())
    made = {"desk": request.desk, "claim": found, "candidates": candidates}
    forms_ = {
        key: way.form(request.POST if key == asked else None, prefix=key, **made)
        for key, way in WAYS.items()
    }
    if not candidates:
        del forms_["member"]
    return forms_


def _perform(form: DeskForm, asked: str, found: RosterClaim, desk: Desk) -> bool:
    entered = {key: value for key, value in form.cleaned_data.items() if key != "stamp"}
    common = {"claim_id": found.pk, "by": desk.member, "now": timezone.now()}
    try:
        with transaction.atomic():
            if asked == "member":
                approve_as_member(member_id=entered.pop("who"), **entered, **common)
            elif asked == "new":
                approve_as_new(**entered, **common)
            else:
                decline_claim(**entered, **common)
    except RosterError as error:
        blame(form, error)
        return False
    except IntegrityError:
        # Its text names the row.
        form.add_error(None, SAVED_MEANWHILE)
        return False
    return True


def _ask(request, found: RosterClaim, asked: str, form: DeskForm):
    context = _context(request, found) | {
        "way": asked,
        "lines": _foresee(found, asked, form),
        "typed": [pair for pair in request.POST.items() if pair[0] not in NOT_TYPED],
    }
    return render(request, "pages/desk/claims/confirm.html", context)


def _foresee(found: RosterClaim, asked: str, form: DeskForm) -> list[str]:
    """What will change, as staff read it before they confirm."""
    phone = mask_phone(found.phone) if found.phone else ""
    lines = []
    if asked == "new":
        lines.append(_("登记一个新账号：%s，计入这里。") % found.name)
        if phone:
            lines.append(_("她用 %s 登录。") % phone)
    else:
        member, entered = form.candidates[form.cleaned_data["who"]], form.cleaned_data
        lines.append(_("她以后用的就是 %s 的账号：任职、学习记录都在。") % describe(member))
        lines += _foresee_phone(member, phone, replaces=entered.get("replaces_phone", False))
        if entered.get("replaces_wechat"):
            lines.append(_("原来绑定的微信不能再登录这个账号。"))
    if found.identity_id:
        lines.append(_("她现在的微信绑定到这个账号，可以用微信登录。"))
    return lines


def _foresee_phone(member: Member, phone: str, *, replaces: bool) -> list[str]:
    if not phone:
        return [_("登录用的手机号不变。")]
    if not member.phone:
        return [_("登录手机号登记为 %s。") % phone]
    facts = {"old": member.masked_phone, "new": phone}
    if replaces:
        return [_("登录手机号从 %(old)s 改为 %(new)s，%(old)s 不能再登录。") % facts]
    return [_("登录手机号还是 %(old)s。") % facts]


def _show(request, found: RosterClaim, forms_: dict[str, DeskForm]):
    context = _context(request, found) | {
        "ways": [(key, WAYS[key], form) for key, form in forms_.items()],
        "has_nobody": found.is_open and "member" not in forms_,
    }
    return render(request, "pages/desk/claims/claim.html", context)


def _context(request, found: RosterClaim) -> dict:
    return {
        "claim": found,
        "masked_phone": mask_phone(found.phone) if found.phone else "",
        "back_url": request.desk.address("desk_claims"),
    }
