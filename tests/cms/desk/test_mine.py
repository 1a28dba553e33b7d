"""Lists of what is hers, and what waits for her."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.desk.base import desk_lists, read_rows
from tests.cms.desk.scene import make_article, make_workflow, send_back, send_in

pytestmark = pytest.mark.django_db


def listed(key, user) -> list[str]:
    return [row.title for row in read_rows(desk_lists()[key], desk_lists()[key].pages(user))]


def notes(key, user) -> list[str]:
    return [row.note for row in read_rows(desk_lists()[key], desk_lists()[key].pages(user))]


@pytest.fixture
def workflow(editor, home):
    return make_workflow(home)


def test_draft_that_she_began_is_hers_alone(column, tree, editor, teammate, superior):
    make_article(column, tree.town, title="草稿", live=False, owner=editor)

    assert [listed("drafts", each) for each in (editor, teammate, superior)] == [["草稿"], [], []]


def test_draft_of_another_that_she_changed_is_hers_too(column, tree, editor, teammate):
    page = make_article(column, tree.town, title="文章", owner=teammate)
    page.save_revision(user=editor)

    assert (listed("drafts", editor), notes("drafts", editor)) == (["文章"], ["改过，还没发布"])


def test_newest_draft_comes_first_by_its_new_title(column, tree, editor):
    for title in ["一", "二"]:
        make_article(column, tree.town, title=title, live=False, owner=editor)
    page = make_article(column, tree.town, title="旧题", owner=editor)
    page.title = "新题"
    page.save_revision(user=editor)

    assert listed("drafts", editor) == ["新题", "二", "一"]


def test_what_is_published_is_no_draft(column, tree, editor):
    make_article(column, tree.town, owner=editor)

    assert listed("drafts", editor) == []


def test_draft_that_waits_for_its_hour_is_no_draft(column, tree, editor):
    page = make_article(column, tree.town, live=False, owner=editor)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=editor).publish()

    assert listed("drafts", editor) == []


def test_draft_is_out_of_reach_when_her_role_has_ended(column, tree, editor):
    make_article(column, tree.town, live=False, owner=editor)
    editor.staff_roles.update(ends_on="2025-12-31")

    assert listed("drafts", editor) == []


def test_what_was_sent_in_is_listed_as_such_and_not_as_a_draft(column, tree, editor, workflow):
    page = make_article(column, tree.town, title="送审", live=False, owner=editor)
    send_in(page, editor)

    assert (listed("submitted", editor), listed("drafts", editor)) == (["送审"], [])
    assert notes("submitted", editor) == ["等待初审"]


def test_what_another_sent_in_is_hers_when_she_began_it(
    column, tree, editor, teammate, superior, workflow
):
    page = make_article(column, tree.town, title="送审", live=False, owner=editor)
    send_in(page, teammate)

    lists = [listed("submitted", each) for each in (editor, teammate, superior)]

    assert lists == [["送审"], ["送审"], []]


def test_returned_page_comes_with_its_reason(column, tree, editor, teammate, superior, workflow):
    page = make_article(column, tree.town, title="退回", live=False, owner=editor)
    send_in(page, editor)
    send_back(page, by=superior, reason="数字要核对")

    lists = [listed("returned", each) for each in (editor, teammate)]

    assert lists == [["退回"], []]
    assert notes("returned", editor) == ["初审 林编辑：数字要核对"]
    assert (listed("submitted", editor), listed("drafts", editor)) == ([], [])


def test_page_sent_in_again_is_no_longer_returned(column, tree, editor, superior, workflow):
    page = make_article(column, tree.town, title="退回", live=False, owner=editor)
    state = send_in(page, editor)
    send_back(page, by=superior, reason="数字要核对")
    state.refresh_from_db()
    state.resume(editor)

    assert (listed("returned", editor), listed("submitted", editor)) == ([], ["退回"])


def test_what_waits_is_what_the_task_lets_her_decide(
    client, column, tree, editor, superior, workflow
):
    """The oldest first; a member of no such group has nothing to decide."""
    for title in ["先", "后"]:
        send_in(make_article(column, tree.town, title=title, live=False), editor)
    superior.groups.clear()

    assert (listed("waiting", editor), listed("waiting", superior)) == (["先", "后"], [])
    assert notes("waiting", editor) == ["初审 · 林编辑送审"] * 2


def test_decided_page_waits_no_more(column, tree, editor, superior, workflow):
    page = make_article(column, tree.town, live=False)
    send_in(page, editor)
    page.current_workflow_task_state.approve(user=superior)

    assert listed("waiting", superior) == []
