"""The calendar of an audio column: days for drafts; publishing stays with the reviews."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from courses.domain.episodes import read_episodes
from courses.domain.plays import count_play
from courses.models import LessonPage
from tests.columns import make_audio_column, make_episode
from tests.editors import make_editor
from tests.factories import make_member

pytestmark = pytest.mark.django_db

CHINA = ZoneInfo("Asia/Shanghai")
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


@pytest.fixture
def column(home, tree):
    return make_audio_column(home, title="听书", federation=tree.town)


@pytest.fixture
def editor(client, home, column, tree):
    editor = make_editor(home, tree.town)
    client.force_login(editor)
    return editor


def day(n):
    return timezone.localdate() + timedelta(days=n)


def at(n, hour=8):
    moment = day(n)
    return datetime(moment.year, moment.month, moment.day, hour, tzinfo=CHINA)


def draft(column, title, **fields):
    fields = {"federation": column.federation, "live": False} | fields
    page = make_episode(column, title=title, **fields)
    page.save_revision()
    return page


def calendar_url(column):
    return reverse("episode_calendar", args=[column.pk])


def wish(first=1, hour=8, weekdays=EVERY_DAY):
    return {"first": day(first).isoformat(), "hour": hour, "weekdays": list(weekdays)}


def look(client, column, **fields):
    return client.get(calendar_url(column), wish(**fields)).context


def planned(client, column, **fields):
    return {row["page"].title: row["planned"] for row in look(client, column, **fields)["rows"]}


def apply(client, column, **fields):
    seen = look(client, column, **fields)["seen"]
    response = client.post(calendar_url(column), wish(**fields) | {"seen": seen})
    return [str(each) for each in get_messages(response.wsgi_request)]


def asked_days(column):
    return {each.page.title: each.at for each in read_episodes(column)}


def test_calendar_is_shown_before_it_is_applied(client, column, editor):
    draft(column, "一")
    draft(column, "二")

    assert planned(client, column) == {"一": at(1), "二": at(2)}
    assert asked_days(column) == {"一": None, "二": None}


def test_applying_gives_the_drafts_their_days(client, column, editor):
    draft(column, "一")
    draft(column, "二")

    said = apply(client, column, hour=20)

    assert asked_days(column) == {"一": at(1, 20), "二": at(2, 20)}
    assert said == ["已给 2 集排好日子。还是草稿的，请逐集提交审校，通过了才会上线。"]


def test_applying_publishes_nothing(client, column, editor):
    page = draft(column, "一")
    apply(client, column)

    page.refresh_from_db()
    assert (page.live, page.scheduled_revision) == (False, None)


def test_episode_without_reviews_does_not_go_live_on_its_day(client, column, editor):
    page = draft(column, "一")
    apply(client, column)
    revision = page.get_latest_revision()
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save()

    call_command("publish_scheduled")

    page.refresh_from_db()
    assert page.live is False


def test_order_of_the_tree_is_the_order_of_the_days(client, column, editor):
    first, second = draft(column, "一"), draft(column, "二")
    second.move(LessonPage.objects.get(pk=first.pk), pos="left")

    assert list(planned(client, column).items()) == [("二", at(1)), ("一", at(2))]


def approve(page, n):
    """As the last reviewer of a scheduled page does."""
    page.go_live_at = at(n)
    page.save_revision().publish()


def test_what_has_passed_keeps_its_day_and_the_others_go_round_it(client, column, editor):
    approve(draft(column, "过了"), 2)
    draft(column, "一")
    draft(column, "二")

    assert planned(client, column) == {"过了": None, "一": at(1), "二": at(3)}


def test_live_episodes_are_left_alone(client, column, editor):
    make_episode(column, title="上线了", federation=column.federation)
    draft(column, "一")

    assert planned(client, column) == {"上线了": None, "一": at(1)}


def send_to_review(page, user):
    workflow = Workflow.objects.create(name="三审")
    task = GroupApprovalTask.objects.create(name="初审")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=page.get_parent())
    workflow.start(page, user)


def test_episode_under_review_is_not_changed_and_says_so(client, column, editor):
    page = draft(column, "在审")
    apply(client, column)
    before = page.get_latest_revision().pk
    send_to_review(page, editor)
    draft(column, "一")

    apply(client, column)

    state = look(client, column)["rows"][0]["state"]
    assert page.get_latest_revision().pk == before
    assert str(state) == "审校中，没通过就不会上线"
    assert asked_days(column) == {"在审": at(1), "一": at(2)}


def test_late_episode_under_review_says_what_happens(client, column, editor):
    page = draft(column, "在审")
    page.go_live_at = timezone.now() - timedelta(hours=1)
    page.save_revision()
    send_to_review(page, editor)

    assert str(look(client, column)["rows"][0]["state"]) == "日子过了还没通过，通过后马上上线"


def test_later_change_plans_the_drafts_anew(client, column, editor):
    draft(column, "一")
    draft(column, "二")
    apply(client, column)

    apply(client, column, first=10)

    assert asked_days(column) == {"一": at(10), "二": at(11)}


def test_same_calendar_again_changes_nothing(client, column, editor):
    page = draft(column, "一")
    apply(client, column)
    revisions = page.revisions.count()

    apply(client, column)

    assert page.revisions.count() == revisions


def test_weekdays_are_kept(client, column, editor):
    for number in range(3):
        draft(column, str(number))

    found = planned(client, column, weekdays=[5]).values()

    assert {timezone.localtime(each).weekday() for each in found} == {5}


def test_todays_hour_that_is_over_is_not_used(client, column, editor):
    draft(column, "一")

    assert planned(client, column, first=0, hour=0) == {"一": at(1, 0)}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"first": "2020-01-01"}, "first"),
        ({"first": "x"}, "first"),
        ({"first": "9999-12-31"}, "first"),
        ({"hour": "24"}, "hour"),
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": ["7"]}, "weekdays"),
    ],
)
def test_wrong_wish_changes_nothing(client, column, editor, fields, field):
    draft(column, "一")

    response = client.post(calendar_url(column), wish() | {"seen": ""} | fields)

    assert list(response.context["form"].errors) == [field]
    assert asked_days(column) == {"一": None}


def test_what_somebody_changed_meanwhile_is_looked_at_again(client, column, editor):
    page = draft(column, "一")
    seen = look(client, column)["seen"]
    page.title = "改了"
    page.save_revision()

    response = client.post(calendar_url(column), wish() | {"seen": seen})

    said = [str(each) for each in get_messages(response.wsgi_request)]
    assert said == ["刚才有人改了节目，排期还没有保存。请看看新的排期，再点一次。"]
    assert asked_days(column) == {"一": None}


@pytest.mark.parametrize(
    ("place", "code"), [("town", 200), ("county", 200), ("village", 302), ("other_town", 302)]
)
def test_calendar_is_the_owners_and_those_aboves(client, home, column, tree, place, code):
    client.force_login(make_editor(home, getattr(tree, place)))

    assert client.get(calendar_url(column)).status_code == code


def test_calendar_is_closed_to_members(client, column):
    client.force_login(make_member())

    assert client.get(calendar_url(column)).status_code == 302


def test_episode_of_another_federation_is_left_alone(client, column, editor, tree):
    draft(column, "别家", federation=tree.county)
    draft(column, "一")

    assert planned(client, column) == {"别家": None, "一": at(1)}


def test_plays_are_shown(client, column, editor):
    page = make_episode(column, federation=column.federation)
    for is_member in (True, True, False):
        count_play(lesson_id=page.pk, is_member=is_member, day=timezone.localdate())
    count_play(lesson_id=page.pk, is_member=False, day=day(-1))

    (row,) = look(client, column)["rows"]

    assert (row["plays"]["members"], row["plays"]["visitors"]) == (2, 2)


def test_queries_do_not_grow(client, column, editor):
    draft(column, "一")
    counts = []
    for number in (0, 10):
        for each in range(number):
            draft(column, str(each))
        client.get(calendar_url(column))
        with CaptureQueriesContext(connection) as captured:
            client.get(calendar_url(column), wish())
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_explorer_leads_to_the_calendar(client, column, editor):
    html = client.get(reverse("wagtailadmin_explore", args=[column.pk])).content.decode()

    assert calendar_url(column) in html
