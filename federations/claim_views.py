"""认领: who is not on the roster says who she is, and sees what became of it."""

from allauth.account.utils import get_next_redirect_url
from allauth.decorators import rate_limit
from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from federations.desk.roster_forms import name_field, position_field
from federations.domain.claims import (
    AlreadyOpen,
    Claimant,
    NothingToKnowHerBy,
    claims_of,
    make_claim,
)
from federations.finding import find_federations, whole_name
from federations.models import ClaimState, Federation, Position
from federations.place_forms import PlaceMixin
from members.arrivals import Arrival, arrival_of
from members.consenting import ConsentAtTheDoorMixin
from members.domain.limits import LimitReached
from members.joining_views import consent_way
from members.messages import say_wait
from members.phones import mask_phone


class ClaimForm(ConsentAtTheDoorMixin, PlaceMixin):
    field_order = ["name", "place", "place_id", "position", "note"]

    name = name_field()
    position = position_field(initial=Position.MEMBER)
    note = forms.CharField(
        label=gettext_lazy("想对工作人员说的话"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "例如：我换了手机号；我和家里人共用手机号；我是刚选上的。不要写身份证号。"
        ),
    )

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, label_suffix="", **kwargs)
        # templates/account/_consent.html shows its box.
        self.fields["agree"].widget = forms.HiddenInput()
        self.fields["place"].label = gettext_lazy("我在哪个妇联任职")

    def find_places(self, text: str) -> list[Federation]:
        return find_federations(Federation.objects.all(), text)

    def name_of(self, federation: Federation) -> str:
        return whole_name(federation)


@never_cache
@rate_limit(action="login")
def claim(request):
    """The form; while a claim is waiting, what it says; after it, what was decided."""
    arrival = arrival_of(request, now=timezone.now())
    if request.user.is_authenticated:
        return redirect("/")
    if not arrival:
        return redirect(_with_next(request, "join_phone"))
    claimant = Claimant(arrival.phone, arrival.phone_at, arrival.user)
    last = claims_of(claimant).select_related("federation").first()
    is_waiting = last is not None and last.is_open
    typed = request.POST if request.method == "POST" and not is_waiting else None
    form = ClaimForm(typed, request=request)
    if form.is_bound and form.is_valid() and _claims(form, claimant):
        form.keep_tick(consent_way(arrival), goes_on=True)
        return redirect(_with_next(request, "claim"))
    template = "waiting" if is_waiting else "claim"
    context = _context(request, arrival, form) | {"last": last, "State": ClaimState}
    return render(request, f"pages/claims/{template}.html", context)


def _claims(form: ClaimForm, claimant: Claimant) -> bool:
    entered = {name: form.cleaned_data[name] for name in ("name", "federation", "position", "note")}
    try:
        make_claim(claimant=claimant, now=timezone.now(), **entered)
    except AlreadyOpen:
        return True  # the page shows the one that is waiting
    except NothingToKnowHerBy:
        form.add_error(
            None,
            _(
                "这个手机号已经登记在别人名下。和她共用手机号的，请在微信里打开本站，"
                "用微信登录后再提交；或者换一个自己的手机号。"
            ),
        )
    except LimitReached as reached:
        said = _("今天提交的次数太多了。请 %(wait)s后再试，或联系本级妇联工作人员。")
        form.add_error(None, said % {"wait": say_wait(reached.wait)})
    else:
        return True
    return False


def _context(request, arrival: Arrival, form: ClaimForm) -> dict:
    return {
        "form": form,
        "arrival": arrival,
        "masked_phone": mask_phone(arrival.phone) if arrival.phone else "",
        "redirect_field_value": get_next_redirect_url(request) or "",
    }


def _with_next(request, name: str) -> str:
    target = get_next_redirect_url(request)
    return reverse(name, query={"next": target} if target else None)
