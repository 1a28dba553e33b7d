"""The roster in the browser: found by pinyin and moved on a phone, a new term on a PC."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from federations.domain.names import note_names
from tests.browser.conftest import PC, enter
from tests.factories import make_committee_member, make_staff


@pytest.fixture
def manager(home, tree):
    note_names(["陈秀英", "李梅"])
    make_committee_member(tree.village)
    make_committee_member(tree.village, "李梅")
    return make_staff(tree.town)


def days_ago(days):
    return (timezone.localdate() - timedelta(days)).isoformat()


def stays_within(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_member_is_found_by_pinyin_and_moved_on_a_phone(phone, live_server, tree, manager):
    enter(phone.context, live_server.url, manager)
    phone.goto(reverse("desk_roster"))
    phone.locator("#roster-q").fill("cxy")
    phone.locator("#roster-q").press("Enter")
    phone.locator("main").get_by_role("link", name="陈秀英").click()
    phone.get_by_role("link", name="调动").click()
    phone.get_by_label("调到哪个妇联").fill("小黄村")
    phone.get_by_label("从哪天起").fill(days_ago(1))
    phone.get_by_label("原因").fill("嫁到邻村")
    phone.get_by_role("button", name="下一步：看结果").click()
    confirm = phone.get_by_role("button", name="确认调动")
    expect(confirm).to_be_visible()
    assert stays_within(phone)
    confirm.click()

    expect(phone.get_by_text("已经调动。")).to_be_visible()
    assert stays_within(phone)
    assert [each.position for each in tree.sibling_village.appointments.all()] == ["执委"]


def test_new_term_is_done_on_a_pc(new_context, live_server, tree, manager):
    context = new_context(PC)
    enter(context, live_server.url, manager)
    page = context.new_page()
    page.goto(f"{reverse('desk_roster')}?federation={tree.village.pk}")
    page.get_by_role("link", name="换届").click()
    page.get_by_label("届次").fill("第六届")
    page.get_by_label("换届日期").fill(days_ago(1))
    page.locator("fieldset", has_text="李梅").get_by_label("离任").check()
    page.get_by_label("新任的人").fill("黄丽芬 13912340001 主席")
    page.get_by_role("button", name="下一步：看结果").click()
    page.get_by_role("button", name="确认换届").click()

    expect(page.get_by_text("留任 1 人，离任 1 人，新任 1 人").first).to_be_visible()
    now = tree.village.appointments.in_force(timezone.localdate())
    names = now.order_by("pk").values_list("member__name", flat=True)
    assert list(names) == ["陈秀英", "黄丽芬"]


def test_level_below_opens_in_place(new_context, live_server, tree, manager):
    context = new_context(PC)
    enter(context, live_server.url, make_staff(tree.county))
    page = context.new_page()
    page.goto(reverse("desk_roster"))
    page.get_by_role("link", name="展开松口镇").click()

    page.get_by_role("link", name="大黄村", exact=True).wait_for()
