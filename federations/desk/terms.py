"""换届 at the desk: a form, what would follow from it, and the step itself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.desk.access import MANAGERS, Desk, desk_view
from federations.desk.members_acting import NOT_TYPED, blame
from federations.desk.roster_queries import BY_POSITION, team_of
from federations.desk.terms_forms import RenewalForm
from federations.domain.errors import RosterChanged, RosterError
from federations.domain.history import stamp_of
from federations.domain.terms import Outcome, plan_renewal, renew_team
from federations.models import Appointment, Renewal
from members.races import SAVED_MEANWHILE

MOST_RENEWALS = 10


@desk_view(MANAGERS)
def renew(request):
    desk = request.desk
    team = list(team_of(desk.place, localdate()))
    if request.method != "POST":
        form = RenewalForm(desk=desk, team=team, initial={"stamp": stamp_of(team)})
        return _show(request, form)
    if done := _done_before(request):
        return _go_on(request, done)
    form = RenewalForm(request.POST, desk=desk, team=_team_of_form(request, desk, team))
    if not form.is_valid():
        return _show(request, form)
    try:
        if "confirm" in request.POST:
            return _go_on(request, _apply(form, desk))
        if "back" not in request.POST:
            return _preview(request, form, _plan(form, team))
    except RosterError as error:
        blame(form, error)
    except IntegrityError:
        form.add_error(None, SAVED_MEANWHILE)
    return _show(request, form)


def _plan(form: RenewalForm, team: list[Appointment]) -> Outcome:
    if form.cleaned_data["stamp"] != stamp_of(team):
        raise RosterChanged
    return plan_renewal(ballot=form.ballot(), now=timezone.now())


def _done_before(request) -> Renewal | None:
    """The same form a second time: a double press, or a page that was gone back to."""
    try:
        token = RenewalForm.base_fields["token"].clean(request.POST.get("token"))
    except ValidationError:
        return None
    return Renewal.objects.filter(federation=request.desk.place, token=token).first()


def _team_of_form(request, desk: Desk, team: list[Appointment]) -> list[Appointment]:
    """Whom the form listed: who came meanwhile was not in it, who has gone still is."""
    listed = {
        int(name.removeprefix("who-"))
        for name in request.POST
        if name.startswith("who-") and name.removeprefix("who-").isdecimal() and len(name) < 20
    }
    rows = desk.place.appointments.filter(pk__in=listed).select_related("member")
    return list(rows.order_by(BY_POSITION, "starts_on", "pk")) if listed else team[:0]


def _apply(form: RenewalForm, desk: Desk) -> Renewal:
    with transaction.atomic():
        return renew_team(
            ballot=form.ballot(),
            token=form.cleaned_data["token"],
            stamp=form.data.get("outcome", ""),
            by=desk.member,
            now=timezone.now(),
        )


def _go_on(request, done: Renewal):
    facts = {"term": done.term, "stayed": done.stayed, "left": done.left, "joined": done.joined}
    text = _("%(term)s换届已经办好：留任 %(stayed)d 人，离任 %(left)d 人，新任 %(joined)d 人。")
    messages.success(request, text % facts)
    return redirect(request.desk.address("desk_roster"))


def _preview(request, form: RenewalForm, outcome: Outcome):
    context = {
        "form": form,
        "outcome": outcome,
        "typed": [pair for pair in request.POST.items() if pair[0] not in NOT_TYPED],
    }
    return render(request, "pages/desk/roster/renewal_preview.html", context)


def _show(request, form: RenewalForm):
    desk = request.desk
    if getattr(form, "is_outdated", False):
        # She has been told; the page shows the team as it is now, with what she typed.
        team = list(team_of(desk.place, localdate()))
        data = form.data.copy()
        data["stamp"] = stamp_of(team)
        for each in team:
            data.setdefault(f"who-{each.pk}", "stays")
            data.setdefault(f"position-{each.pk}", each.position)
        told = form.non_field_errors()
        form = RenewalForm(data, desk=desk, team=team)
        form.is_valid()
        for each in told:
            form.add_error(None, each)
    past = Renewal.objects.filter(federation=desk.place)[:MOST_RENEWALS]
    context = {"form": form, "past": past, "back_url": desk.address("desk_roster")}
    return render(request, "pages/desk/roster/renewal.html", context)
