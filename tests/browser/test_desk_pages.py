"""The desk's pages about the roster, files and jobs: accessible, in bounds, targets for a thumb.

The overview, people and reminders, and assessments are looked at where they are walked through.
"""

import pytest
from django.urls import reverse

from federations.domain.jobs import ask_for_job
from federations.models import Appointment
from tests.browser.conftest import PC, PHONE, enter
from tests.browser.looking import find_axe_faults, find_size_faults
from tests.factories import make_appointment, make_committee_member, make_staff
from tests.learning.desk.conftest import desks  # noqa: F401 a fixture

LOOKS = [
    (PHONE, "", 12, 44),
    (PHONE, "xl", 18, 60),
    (PC, "", 12, 24),
]
ACTS = ("transfer", "position", "end", "count", "correct")
OPEN_ALL = "document.querySelectorAll('details').forEach((each) => each.open = true)"


@pytest.fixture
def manager(tree):
    return make_staff(tree.county)


def desk_pages(tree, manager) -> dict[str, str]:
    member = make_committee_member(tree.village, "欧阳小玲")
    other = make_committee_member(tree.village, "欧阳小玲")
    held = Appointment.objects.get(member=member)
    extra = make_appointment(member, tree.town, is_counted=False)
    job = ask_for_job(kind="plan_reminder", title="提醒未完成的人：春季任务", owner=manager)
    place = f"?federation={tree.village.pk}"
    merge = reverse("desk_roster_merge")
    return {
        "today": reverse("desk_today", args=["learned"]),
        "ending": reverse("desk_today", args=["ending"]),
        "roster": reverse("desk_roster"),
        "roster of a village": reverse("desk_roster") + place,
        "past": f"{reverse('desk_roster')}{place}&past=1",
        "search": reverse("desk_roster_search"),
        "member": reverse("desk_roster_member", args=[member.pk]),
        "appoint": reverse("desk_roster_appoint") + place,
        "renewal": reverse("desk_roster_renewal") + place,
        "merge": merge,
        "merge two": f"{merge}?first={member.pk}&second={other.pk}",
        "import": reverse("desk_import"),
        "jobs": reverse("desk_jobs"),
        "job": reverse("desk_job", args=[job.pk]),
        "assessments": reverse("desk_assessment"),
        "new assessment": reverse("desk_assessment_new"),
    } | {name: act_page(extra if name == "count" else held, name) for name in ACTS}


def act_page(appointment: Appointment, name: str) -> str:
    return reverse("desk_roster_act", args=[appointment.pk, name])


@pytest.mark.parametrize(("viewport", "size", "text", "target"), LOOKS)
def test_pages_of_the_desk(
    new_context,
    live_server,
    desks,  # noqa: F811
    tree,
    manager,
    viewport,
    size,
    text,
    target,
):
    context = new_context(viewport)
    context.add_cookies([{"name": "text_size", "value": size, "url": live_server.url}])
    enter(context, live_server.url, manager)
    page, faults = context.new_page(), []
    for name, url in desk_pages(tree, manager).items():
        status = page.goto(url).status
        page.evaluate(OPEN_ALL)
        found = [] if status == 200 else [f"answers with {status}"]
        found += [] if page.locator("h1").count() == 1 else ["has not one heading"]
        found += find_axe_faults(page)
        found += find_size_faults(page, smallest_text=text, smallest_target=target)
        faults += [f"{name}: {each}" for each in found]

    assert not faults, "\n" + "\n".join(faults)
