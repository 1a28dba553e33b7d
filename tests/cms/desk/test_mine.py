"""Lists of what is hers, and what waits for her."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.desk.base import desk_lists, read_rows
from cms.models import ReviewTaskState
from federations.models import StaffRole
from members.models import Member
from tests.cms.desk.scene import make_article, send_back
from tests.editors import decide_next, pass_reviews, submit

pytestmark = pytest.mark.django_db


def listed(key, user) -> list[str]:
    return [row.title for row in read_rows(desk_lists()[key], desk_lists()[key].pages(user))]


def notes(key, user) -> list[str]:
    return [row.note for row in read_rows(desk_lists()[key], desk_lists()[key].pages(user))]


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


def test_what_was_sent_in_is_listed_as_such_and_not_as_a_draft(column, tree, editor):
    page = make_article(column, tree.town, title="送审", live=False, owner=editor)
    submit(page, editor)

    assert (listed("submitted", editor), listed("drafts", editor)) == (["送审"], [])
    assert notes("submitted", editor) == ["等待初审"]


def test_what_another_sent_in_is_hers_when_she_began_it(column, tree, editor, teammate, superior):
    page = make_article(column, tree.town, title="送审", live=False, owner=editor)
    submit(page, teammate)

    lists = [listed("submitted", each) for each in (editor, teammate, superior)]

    assert lists == [["送审"], ["送审"], []]


def test_page_that_is_held_for_its_words_says_so(column, tree, editor, teammate):
    page = make_article(column, tree.town, live=False)
    submit(page, editor)
    ReviewTaskState.objects.update(is_held=True)

    assert notes("submitted", editor) == ["有敏感词要您先看过，才送得出去"]
    assert listed("waiting", teammate) == []


def test_returned_page_comes_with_its_reason(column, tree, editor, teammate, reviewers):
    page = make_article(column, tree.town, title="退回", live=False, owner=editor)
    submit(page, editor)
    send_back(page, by=reviewers[0], reason="数字要核对")

    lists = [listed("returned", each) for each in (editor, teammate)]

    assert lists == [["退回"], []]
    assert notes("returned", editor) == ["初审 王初审：数字要核对"]
    assert (listed("submitted", editor), listed("drafts", editor)) == ([], [])


def test_page_sent_in_again_is_no_longer_returned(column, tree, editor, reviewers):
    page = make_article(column, tree.town, title="退回", live=False, owner=editor)
    submit(page, editor)
    send_back(page, by=reviewers[0], reason="数字要核对")
    page.save_revision(user=editor)
    page.current_workflow_state.resume(editor)

    assert (listed("returned", editor), listed("submitted", editor)) == ([], ["退回"])


def test_what_waits_is_what_she_may_decide(
    column, tree, editor, teammate, stranger, superior, reviewers
):
    """The oldest first; 初审 is open to editors of the owning federation and those above."""
    for title in ["先", "后"]:
        submit(make_article(column, tree.town, title=title, live=False), editor)
    people = (editor, teammate, superior, reviewers[0], stranger)

    lists = [listed("waiting", each) for each in people]

    assert lists == [[], *[["先", "后"]] * 3, []]
    assert notes("waiting", teammate) == ["初审 · 林编辑送审"] * 2


def test_second_step_waits_for_another_reviewer(column, tree, editor, teammate, reviewers):
    page = make_article(column, tree.town, title="文章", live=False)
    submit(page, editor)
    first, second, _third = reviewers
    decide_next(page, first)

    lists = [listed("waiting", each) for each in (first, second, teammate)]

    assert lists == [[], ["文章"], []]
    assert notes("waiting", second) == ["复审 · 林编辑送审"]


def test_row_that_waits_leads_to_the_decision(column, tree, editor, teammate):
    page = make_article(column, tree.town, live=False)
    submit(page, editor)

    [row] = read_rows(desk_lists()["waiting"], desk_lists()["waiting"].pages(teammate))

    state = page.current_workflow_task_state
    assert row.url == reverse("review", args=[state.pk])


def test_page_that_has_passed_waits_no_more(column, tree, editor, reviewers):
    page = make_article(column, tree.town, live=False, owner=editor)
    submit(page, editor)
    pass_reviews(page, reviewers)

    keys = ("waiting", "submitted", "returned", "drafts")
    assert [listed(key, editor) for key in keys] == [[], [], [], []]


@pytest.mark.parametrize("key", ["submitted", "returned"])
def test_who_has_moved_on_sees_the_old_places_pages_no_more(column, tree, editor, reviewers, key):
    page = make_article(column, tree.town, title="旧岗位的稿子", live=False, owner=editor)
    submit(page, editor)
    if key == "returned":
        send_back(page, by=reviewers[0], reason="改")
    before = listed(key, Member.objects.get(pk=editor.pk))

    StaffRole.objects.filter(member=editor).update(federation=tree.other_town)

    assert (before, listed(key, Member.objects.get(pk=editor.pk))) == (["旧岗位的稿子"], [])
