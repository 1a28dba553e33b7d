"""The desk in a browser: from the overview to the list behind a number, and on to a reminder."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from config.tasks import run_jobs
from members.models import Notice
from tests.browser.conftest import PC, PHONE, enter
from tests.browser.looking import find_axe_faults, find_size_faults
from tests.factories import make_staff
from tests.learning.desk.conftest import desks  # noqa: F401 a fixture

# Where pictures go, when somebody wants to look at them.
PICTURES = os.environ.get("DESK_PICTURES")


def look(page, name: str, *, smallest_target: float = 44) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    faults = find_size_faults(page, smallest_text=13.6, smallest_target=smallest_target)
    assert (name, faults, find_axe_faults(page)) == (name, [], [])


@pytest.mark.parametrize("viewport", [PHONE, PC], ids=["phone", "pc"])
def test_from_a_number_to_the_people_and_a_reminder(
    new_context,
    live_server,
    desks,  # noqa: F811
    tree,
    viewport,
    request,
):
    width = request.node.callspec.id
    desks.add_team(tree.sibling_village)
    desks.fold()
    context = new_context(viewport)
    enter(context, live_server.url, make_staff(tree.town))
    page = context.new_page()

    page.goto("/desk/")
    look(page, f"overview-{width}")
    page.get_by_role("link", name="看看是谁").click()
    expect(page.get_by_role("heading", name="未完成 6 人")).to_be_visible()
    look(page, f"people-{width}")
    # By htmx: the address changes with the fragment.
    page.get_by_role("link", name="未开始 2").click()
    page.wait_for_url("**figure=not_started**")
    expect(page.locator(".person")).to_have_count(2)

    page.goto("/desk/")
    page.get_by_role("link", name="提醒她们").click()
    page.fill("[name=words]", "周五前学完，有困难找我。")
    page.get_by_role("button", name="改好了，再看一遍").click()
    expect(page.get_by_text("点开看看还差哪几项。周五前学完，有困难找我。")).to_be_visible()
    look(page, f"reminders-{width}")
    page.get_by_role("button", name="发给 6 人").click()
    page.wait_for_url("**/desk/jobs/**")
    run_jobs()
    assert Notice.objects.count() == 6
    page.goto("/desk/reminders/")
    expect(page.get_by_text("6 人收到")).to_be_visible()
    look(page, f"history-{width}")


@pytest.mark.parametrize("path", ["/desk/", "/desk/people/", "/desk/reminders/"])
def test_largest_letters_fit_a_phone(new_context, live_server, desks, tree, path):  # noqa: F811
    staff = make_staff(tree.town)
    staff.text_size = "xl"
    staff.save()
    context = new_context(PHONE)
    enter(context, live_server.url, staff)
    page = context.new_page()
    page.goto(path)

    look(page, f"xl{path.replace('/', '-')}", smallest_target=60)
