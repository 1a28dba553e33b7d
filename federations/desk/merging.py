"""合并账号 at the desk: find the two, look at both side by side, say which one stays."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from federations.desk.access import MANAGERS, Desk, desk_view
from federations.desk.members_acting import NOT_TYPED, blame
from federations.desk.roster_forms import DeskForm, reason_field
from federations.desk.roster_queries import in_scope, members_like
from federations.domain.errors import RosterError
from federations.domain.merging import merge_accounts
from federations.models import Appointment
from federations.people import accounts_in_care
from members.converters import read_number
from members.models import Member
from members.races import SAVED_MEANWHILE

MOST_CANDIDATES = 20
# Functions of a list of members' ids that return (label, {id: what they have of it}).
FIGURES_HOOK = "member_merge_figures"


@dataclass
class Side:
    """One of the two accounts, as the page shows it."""

    member: Member
    appointments: list[Appointment]
    figures: list[tuple[str, object]] = field(default_factory=list)


class MergeForm(DeskForm):
    keeps = forms.ChoiceField(label=gettext_lazy("留下哪个账号"), widget=forms.RadioSelect)
    phone = forms.ChoiceField(label=gettext_lazy("用哪个手机号登录"), widget=forms.RadioSelect)
    reason = reason_field(label=gettext_lazy("怎样确认是同一个人"))

    def __init__(self, *args, pair: list[Side], **kwargs):
        super().__init__(*args, **kwargs)
        self.pair = pair
        members = [each.member for each in pair]
        self.fields["keeps"].choices = [
            (str(each.pk), _("第 %(n)d 个（%(phone)s）") % {"n": n, "phone": _phone(each)})
            for n, each in enumerate(members, start=1)
        ]
        with_phone = [each for each in members if each.phone]
        self.fields["phone"].choices = [(str(each.pk), each.masked_phone) for each in with_phone]
        if len(with_phone) < 2:
            del self.fields["phone"]

    def chosen(self) -> tuple[Member, Member]:
        """(who stays, who goes)"""
        kept = int(self.cleaned_data["keeps"])
        first, second = (each.member for each in self.pair)
        return (first, second) if first.pk == kept else (second, first)

    @property
    def takes_phone(self) -> bool:
        _kept, gone = self.chosen()
        return self.cleaned_data.get("phone") == str(gone.pk)


def _phone(member: Member) -> str:
    return member.masked_phone or _("没有手机号")


@desk_view(MANAGERS)
def merge(request):
    desk = request.desk
    pair = [_find(desk, request.GET.get(name)) for name in ("first", "second")]
    first, second = pair
    if first is None or second is None or first.pk == second.pk:
        return _search(request, first or second)
    sides = _look_at(desk, [first, second])
    if request.method != "POST":
        return _show(request, MergeForm(desk=desk, pair=sides))
    form = MergeForm(request.POST, desk=desk, pair=sides)
    if form.is_valid():
        if "confirm" not in request.POST:
            return _show(request, form, asks="back" not in request.POST)
        if (kept := _merge(form, desk)) is not None:
            messages.success(request, _("两个账号已经合并。"))
            return redirect(desk.address("desk_roster_member", kept.pk))
    return _show(request, form)


def _find(desk: Desk, text: str | None) -> Member | None:
    """Http404 for who is not in her care: nobody learns who else there is."""
    if not text:
        return None
    number = read_number(text)
    found = accounts_in_care(desk.member).filter(pk=number).first() if number else None
    if found is None:
        raise Http404
    return found


def _search(request, first: Member | None):
    """By post: what is typed may be a phone. Namesakes of the first are offered at once."""
    desk, typed = request.desk, request.POST.get("q", "").replace("\0", "").strip()[:50]
    asked = typed or (first.name if first else "")
    members = members_like(asked) if asked else None
    rows = Member.objects.none()
    if members is not None:
        in_care = accounts_in_care(desk.member).filter(is_active=True)
        rows = members.filter(pk__in=in_care.values("pk"))
        rows = rows.exclude(pk=first.pk) if first else rows
    sides = _look_at(desk, list(rows[:MOST_CANDIDATES]))
    for each in sides:
        ids = [first.pk, each.member.pk] if first else [each.member.pk]
        query = dict(zip(("first", "second"), ids, strict=False))
        each.url = desk.address("desk_roster_merge", **query)
    context = {
        "first": first,
        "sides": sides,
        "typed": typed,
        "asked": asked,
        "back_url": desk.address("desk_roster"),
    }
    return render(request, "pages/desk/roster/merge_search.html", context)


def _look_at(desk: Desk, members: list[Member]) -> list[Side]:
    """The same number of queries for any number of members."""
    ids = [each.pk for each in members]
    here = Appointment.objects.filter(in_scope(desk)).select_related("federation__parent")
    rows = Member.objects.filter(pk__in=ids).prefetch_related(
        Prefetch("appointments", here.order_by("-starts_on"), to_attr="seen")
    )
    found = {each.pk: each for each in rows}
    figures = [count(ids) for count in hooks.get_hooks(FIGURES_HOOK)] if ids else []
    return [
        Side(found[pk], found[pk].seen, [(label, counts.get(pk, 0)) for label, counts in figures])
        for pk in ids
    ]


def _merge(form: MergeForm, desk: Desk) -> Member | None:
    kept, gone = form.chosen()
    try:
        merge_accounts(
            kept_id=kept.pk,
            gone_id=gone.pk,
            by=desk.member,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
            takes_phone=form.takes_phone,
        )
    except RosterError as error:
        blame(form, error)
        return None
    except IntegrityError:
        # She was learning on one of them at that moment.
        form.add_error(None, SAVED_MEANWHILE)
        return None
    return kept


def _show(request, form: MergeForm, *, asks: bool = False):
    context = {
        "form": form,
        "pair": form.pair,
        "asks": asks,
        "typed": [each for each in request.POST.items() if each[0] not in NOT_TYPED],
        "back_url": request.desk.address("desk_roster"),
    }
    if asks:
        kept, gone = form.chosen()
        context |= {"kept": kept, "gone": gone, "takes_phone": form.takes_phone}
    return render(request, "pages/desk/roster/merge.html", context)
