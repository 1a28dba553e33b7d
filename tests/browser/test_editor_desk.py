"""The editor's desk, and a page's history: as an editor sees them, on a PC and on a phone."""

import pytest
from django.urls import reverse

from cms.models import PageLink
from tests.browser.conftest import PC, PHONE, enter
from tests.browser.looking import find_axe_faults
from tests.cms.desk.scene import make_article, make_column, send_back
from tests.editors import make_editor, submit


@pytest.fixture
def column(home, academy):
    return make_column(home)


@pytest.fixture
def editor(column, home, tree):
    return make_editor(home, tree.town)


def open_page(new_context, live_server, member, size):
    context = new_context(size)
    enter(context, live_server.url, member)
    return context.new_page()


@pytest.fixture
def busy_desk(column, home, tree, editor):
    superior = make_editor(home, tree.county)
    for place in range(7):
        title = f"第{place}期：婚姻家庭里的那些事，怎样好好商量着来"
        make_article(column, tree.town, title=title, owner=editor, live=False)
    returned = make_article(column, tree.town, title="反家暴二十问", live=False)
    submit(returned, editor)
    send_back(returned, by=superior, reason="第三段的数字请核对出处，核对后再送审。")
    waiting = make_article(column, tree.town, title="春季招聘会在松口", live=False)
    submit(waiting, superior)
    page = make_article(column, tree.town, title="母亲节慰问", summary="")
    PageLink.objects.create(page=page, target="page:12", fault="page_gone", words="去年的通知")


@pytest.mark.parametrize("size", [PC, PHONE])
def test_desk_fits_and_is_accessible(new_context, live_server, editor, busy_desk, size):
    page = open_page(new_context, live_server, editor, size)

    page.goto(reverse("wagtailadmin_home"))

    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert (wide, [each for each in find_axe_faults(page) if "desk" in each]) == (0, [])


def test_editor_goes_from_the_desk_to_her_list_and_ignores_a_link(
    new_context, live_server, editor, busy_desk
):
    page = open_page(new_context, live_server, editor, PHONE)
    page.goto(reverse("wagtailadmin_home"))
    card = page.get_by_role("region", name="失效链接")

    card.get_by_role("link", name="看全部 1 条").click()
    page.get_by_role("button", name="忽略").click()

    page.get_by_text("没有失效的链接。").wait_for()
    assert PageLink.objects.get().ignored_by == editor


def test_editor_compares_two_versions_and_brings_the_old_one_back(
    new_context, live_server, column, tree, editor
):
    article = make_article(column, tree.town, title="人身保护令怎样申请")
    article.title = "人身安全保护令怎样申请"
    article.save_revision(user=editor, log_action=True).publish()
    page = open_page(new_context, live_server, editor, PC)
    page.goto(reverse("wagtailadmin_pages:history", args=[article.pk]))

    page.locator("table.listing").get_by_role("button", name="动作").last.click()
    page.get_by_role("link", name="和当前版本比较").click()
    page.locator(".comparison .addition", has_text="安全").wait_for()
    page.go_back()
    page.locator("table.listing").get_by_role("button", name="动作").last.click()
    page.get_by_role("link", name="查看这个版本").click()
    page.get_by_role("button", name="用这个版本替换草稿").click()

    page.wait_for_url("**/edit/")
    article.refresh_from_db()
    assert (article.draft_title, article.title) == ("人身保护令怎样申请", "人身安全保护令怎样申请")
