"""Assessments at the desk: on a phone in all sizes, and on a PC."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from federations.domain.tree import add_federation
from learning.assessment import domain
from learning.models import AssessmentPeriod
from learning.rules.assessment import Indicator
from learning.rules.periods import period_of
from tests.browser.conftest import PC, PHONE, enter
from tests.browser.looking import find_axe_faults, find_size_faults
from tests.factories import make_staff
from tests.learning.assessment.boards import make_board, put_figures

LOOKS = [
    (PHONE, "", 12, 44),
    (PHONE, "xl", 18, 60),
    (PC, "", 12, 24),
]
PARTS = (Indicator("joined", 60, 900), Indicator("credit", 20, 400), Indicator("tasks", 20, 800))


@pytest.fixture
def manager(tree):
    return make_staff(tree.city)


@pytest.fixture
def period(tree, manager) -> AssessmentPeriod:
    now = timezone.now()
    first = compute(tree, manager, None, now - timedelta(days=35))
    return compute(tree, manager, first, now)


def compute(tree, manager, before, now) -> AssessmentPeriod:
    board = make_board(tree.province, period_of(timezone.localdate(now), "month").key)
    for number in range(9):
        name = f"第{number}县区经济技术开发区"
        county = tree.city.children.filter(name=name).first()
        county = county or add_federation(parent=tree.city, name=name, level=3)
        due = 20 + number if number < 7 else 6
        put_figures(board, county, due=due, joined=due - 2 * number % 5, credit=due * 40 * number)
    if before is None:
        period = domain.create_scheme(
            federation=tree.city,
            span="month",
            level=3,
            settings=domain.Settings("县区妇联月度学习考核", PARTS, is_published=True),
            by=manager,
            now=now,
        )
        domain.compute_period(period_id=period.pk, now=now)
        return period
    board.frozen_at = now
    domain.compute_open_periods(now=now)
    return AssessmentPeriod.objects.get(first_day__gt=before.first_day)


@pytest.mark.parametrize(("viewport", "size", "text", "target"), LOOKS)
def test_pages_fit_and_are_accessible(
    new_context, live_server, tree, manager, period, viewport, size, text, target
):
    context = new_context(viewport)
    context.add_cookies([{"name": "text_size", "value": size, "url": live_server.url}])
    enter(context, live_server.url, manager)
    unit = period.results.exclude(rank=None).first().federation_id
    page, faults = context.new_page(), []
    scheme = period.scheme_id
    for name, args in [
        ("", []),
        ("_scheme", [scheme]),
        ("_unit", [scheme, unit]),
        ("_edit", [scheme]),
    ]:
        page.goto(reverse(f"desk_assessment{name}", args=args))
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        found = find_axe_faults(page)
        found += find_size_faults(page, smallest_text=text, smallest_target=target)
        faults += [f"{name}: {each}" for each in found]

    assert faults == []


def test_a_manager_tries_weights_before_she_saves_them(new_context, live_server, manager, period):
    context = new_context(PHONE, java_script_enabled=False)
    enter(context, live_server.url, manager)
    page = context.new_page()
    page.goto(reverse("desk_assessment_edit", args=[period.scheme_id]))

    page.fill("[name=weight_joined]", "20")
    page.fill("[name=weight_credit]", "50")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("权重合计要是 100%，现在还差 10%。").wait_for()
    page.fill("[name=weight_credit]", "60")
    page.get_by_role("button", name="先看影响，不保存").click()
    page.get_by_text("按新的权重会是这样（还没有保存）").wait_for()
    page.get_by_role("button", name="保存", exact=True).click()

    page.get_by_text("已保存。进行中的时段已按新的权重和目标重新计算").wait_for()
