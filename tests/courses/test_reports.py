"""Reports of watching over HTTP: who is credited, in how many queries, and batches of them."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.models import LessonMedia, WatchBudget, WatchRecord
from learning.models import Progress
from tests.factories import make_appointment, make_committee_member, make_member, make_staff
from tests.pages import make_lesson

HOUR = timedelta(hours=1)


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def make_film(academy):
    def make(seconds=300):
        media = LessonMedia.objects.create(
            title="片", type="video", duration=seconds, video="lessons/x.mp4", video_size=1
        )
        return make_lesson(academy, media=media)

    return make


@pytest.fixture
def lesson(make_film):
    return make_film()


def body(lesson, *intervals, position=0, version=None):
    version = f"m{lesson.media_id}-{lesson.media.version}" if version is None else version
    facts = {"lesson": lesson.pk, "version": version}
    return facts | {"intervals": list(intervals), "position": position}


def send(client, lesson, *intervals, **facts):
    url = reverse("courses:watch", args=[lesson.pk])
    return client.post(url, json.dumps(body(lesson, *intervals, **facts)), "application/json")


def send_batch(client, *bodies):
    data = json.dumps({"answers": list(bodies)})
    return client.post(reverse("courses:watch_batch"), data, "application/json")


def open_ago(client, member, lesson, passed):
    """She opened the lesson so long ago."""
    client.get(lesson.url)
    WatchBudget.objects.filter(member=member).update(counted_at=timezone.now() - passed)


@pytest.mark.parametrize("done", [0, 250, 3000])
def test_report_takes_four_queries(client, member, lesson, settings, done):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    client.force_login(member)
    open_ago(client, member, lesson, HOUR)
    send(client, lesson, [0, done])
    with CaptureQueriesContext(connection) as captured:
        reply = send(client, lesson, [done, done + 100])
    words = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    asked = [each["sql"] for each in captured if not each["sql"].startswith(words)]

    assert reply.status_code == 200
    assert len(asked) == 4, asked


def test_batch_takes_as_many_queries_for_a_hundred_reports(client, member, lesson):
    open_ago(client, member, lesson, HOUR)
    send(client, lesson, [0, 1])
    counts = []
    for number in (1, 100):
        reports = [body(lesson, [n * 10, n * 10 + 10]) for n in range(number)]
        with CaptureQueriesContext(connection) as captured:
            assert send_batch(client, *reports).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_stranger_is_refused_and_nothing_is_kept(client, lesson):
    client.force_login(make_member())
    reply = send(client, lesson, [0, 100])

    assert (reply.status_code, reply.json()["gone"]) == (404, True)
    assert not WatchRecord.objects.exists()


def test_member_whose_term_is_over_is_refused(client, member, lesson):
    open_ago(client, member, lesson, HOUR)
    send(client, lesson, [0, 100])
    member.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert send(client, lesson, [100, 200]).status_code == 404
    assert WatchRecord.objects.get().watched == 100


def test_staff_without_appointment_are_credited(client, lesson, tree):
    staff = make_staff(tree.county)
    client.force_login(staff)
    open_ago(client, staff, lesson, HOUR)

    assert send(client, lesson, [0, 100]).json()["segments"] == [[0, 10]]


def test_lesson_that_was_unpublished_is_gone_at_once(
    client, member, lesson, django_capture_on_commit_callbacks
):
    open_ago(client, member, lesson, HOUR)
    send(client, lesson, [0, 100])
    with django_capture_on_commit_callbacks(execute=True):
        lesson.unpublish()

    assert send(client, lesson, [100, 200]).status_code == 404


def test_new_recording_counts_once_it_is_published(
    client, member, lesson, django_capture_on_commit_callbacks
):
    open_ago(client, member, lesson, HOUR)
    send(client, lesson, [0, 100])
    lesson.media = LessonMedia.objects.create(
        title="新片", type="video", duration=20, video="lessons/y.mp4", video_size=1
    )
    with django_capture_on_commit_callbacks(execute=True):
        lesson.save_revision().publish()

    assert send(client, lesson, [0, 180]).json()["is_completed"] is True


def test_late_report_of_an_old_recording_says_nothing_about_the_new_one(client, member, lesson):
    open_ago(client, member, lesson, HOUR)

    assert send(client, lesson, [0, 3000], version="m0").json()["segments"] == []


def test_page_of_an_older_release_is_still_credited(client, member, lesson):
    open_ago(client, member, lesson, HOUR)

    assert send(client, lesson, [0, 100], version="").json()["segments"] == [[0, 10]]


def test_batch_after_hours_is_credited(client, member, lesson):
    open_ago(client, member, lesson, 5 * HOUR)
    reply = send_batch(client, body(lesson, [0, 1500]), body(lesson, [1500, 3000], position=3000))

    assert [each["is_completed"] for each in reply.json()["replies"]] == [True, True]
    assert Progress.objects.get(member=member, page=lesson).completed_at


def test_batch_sent_again_changes_nothing(client, member, lesson):
    open_ago(client, member, lesson, HOUR / 60)
    reports = [body(lesson, [0, 600]), body(lesson, [900, 1000])]
    first = send_batch(client, *reports).json()

    assert send_batch(client, *reports).json() == first


def test_batch_of_a_whole_lesson_on_arrival_is_worth_nothing(client, member, lesson):
    arrived = timezone.now()
    client.get(lesson.url)
    replies = send_batch(client, *[body(lesson, [n, n + 30]) for n in range(0, 3000, 30)])

    elapsed = (timezone.now() - arrived).total_seconds()
    assert WatchRecord.objects.get().watched <= 2 * 10 * elapsed
    assert replies.json()["replies"][0]["is_completed"] is False


def test_batch_of_two_lessons_spends_one_budget(client, member, make_film):
    lessons = [make_film(), make_film()]
    for each in lessons:
        client.get(each.url)
    # Twenty seconds of credit.
    WatchBudget.objects.update(balance=200, counted_at=timezone.now())
    send_batch(client, *[body(each, [0, 3000]) for each in lessons])

    watched = WatchRecord.objects.order_by("pk").values_list("watched", flat=True)
    assert watched[0] >= 200
    assert watched[1] < 50


def test_batch_answers_also_for_a_lesson_that_is_gone(client, member, make_film):
    kept, gone = make_film(), make_film()
    open_ago(client, member, kept, HOUR)
    reports = [body(gone, [0, 10]), body(kept, [0, 10])]
    gone.unpublish()
    replies = send_batch(client, *reports).json()["replies"]

    assert [each.get("gone", False) for each in replies] == [True, False]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[]",
        "{}",
        '{"answers": []}',
        '{"answers": [5]}',
        '{"answers": [{"lesson": "1"}]}',
        '{"answers": [{"lesson": true}]}',
        json.dumps({"answers": [{"lesson": 10**30}]}),
    ],
)
def test_batch_that_is_none_is_refused(client, member, data):
    reply = client.post(reverse("courses:watch_batch"), data, "application/json")

    assert reply.status_code == 400


def test_batch_needs_a_sign_in(client):
    assert send_batch(client).status_code == 401


def test_second_appointment_does_not_double_anything(client, member, lesson, tree):
    make_appointment(member, tree.town, is_counted=False)
    open_ago(client, member, lesson, HOUR)

    assert send(client, lesson, [0, 100]).json()["segments"] == [[0, 10]]


def test_lesson_page_takes_nine_statements(client, member, lesson, settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    client.force_login(member)
    client.get(lesson.url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(lesson.url).status_code == 200

    assert len(captured) <= 9, [each["sql"][:90] for each in captured]
