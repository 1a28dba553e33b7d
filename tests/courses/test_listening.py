"""An audio column for listeners, and how its plays are counted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from courses.audio_contexts import PER_PAGE
from courses.models import EpisodePlays, WatchRecord
from learning.domain.progress import complete_page
from learning.models import Progress
from tests.columns import make_audio_column, make_episode, make_sound
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member
from tests.pages import make_lesson


@pytest.fixture
def column(home):
    return make_audio_column(home, title="听书", summary="每天一集")


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


def context(client, column, query=""):
    return client.get(column.url + query).context


def rows(client, column, query=""):
    return [row.title for row in context(client, column, query)["rows"]]


def test_newest_episode_is_in_the_player(client, column):
    make_episode(column, title="第一集", first_published_at=timezone.now() - timedelta(days=1))
    make_episode(column, title="第二集", first_published_at=timezone.now())

    shown = context(client, column)

    assert (shown["episode"]["title"], shown["is_today"]) == ("第二集", True)


def test_days_of_episodes_are_written_as_everywhere(client, column):
    make_episode(column, first_published_at=datetime(2026, 3, 7, 16, 30, tzinfo=UTC))

    assert ">2026年3月8日</time>" in client.get(column.url).content.decode()


def test_older_episode_is_not_called_todays(client, column):
    make_episode(column, first_published_at=timezone.now() - timedelta(days=2))

    assert context(client, column)["is_today"] is False


def test_list_is_in_order_without_drafts(client, column):
    make_episode(column, title="第一集")
    make_episode(column, title="草稿", live=False)
    make_episode(column, title="第二集")

    assert rows(client, column) == ["第一集", "第二集"]


def test_episode_is_chosen_by_the_address(client, column):
    first, second = make_episode(column), make_episode(column)

    shown = context(client, column, f"?e={first.pk}")

    assert (shown["episode"]["id"], shown["next"]) == (first.pk, second)


@pytest.mark.parametrize("asked", ["0", "x", "9" * 30, "-1"])
def test_unknown_episode_shows_the_newest(client, column, asked):
    newest = make_episode(column, first_published_at=timezone.now())

    assert context(client, column, f"?e={asked}")["episode"]["id"] == newest.pk


def test_episode_of_another_column_is_not_played_here(client, home, column):
    other = make_episode(make_audio_column(home))
    own = make_episode(column)

    assert context(client, column, f"?e={other.pk}")["episode"]["id"] == own.pk


def test_empty_column_says_so(client, column):
    assert "第一集还在录" in client.get(column.url).content.decode()


def test_heard_episodes_are_marked(client, column, member):
    heard, other = make_episode(column), make_episode(column)
    complete_page(member=member, page_id=heard.pk, now=timezone.now(), seconds=60)

    marks = {row.pk: row.is_heard for row in context(client, column)["rows"]}

    assert marks == {heard.pk: True, other.pk: False}


def test_long_list_opens_where_the_player_is(client, column):
    made = [make_episode(column) for _ in range(PER_PAGE + 2)]

    newest, first = context(client, column), context(client, column, f"?e={made[0].pk}")

    assert (newest["page_obj"].number, len(newest["rows"])) == (2, 2)
    assert (first["page_obj"].number, len(first["rows"])) == (1, PER_PAGE)


def test_member_goes_on_where_she_stopped(client, column, member):
    episode = make_episode(column)
    version = context(client, column)["episode"]["version"]
    WatchRecord.objects.create(
        member=member, lesson=episode, version=version, position=125, intervals=[[0, 125]]
    )

    assert context(client, column)["episode"]["position"] == 12.5


def test_listening_is_credited(client, column, member):
    episode = make_episode(column)
    shown = context(client, column)["episode"]

    report = {"intervals": [[0, 600]], "position": 600, "version": shown["version"]}
    client.post(shown["watch_url"], report, content_type="application/json")

    assert Progress.objects.filter(member=member, page=episode).exists()
    assert WatchRecord.objects.get().position == 600


def test_nothing_is_recorded_for_visitors(client, column):
    make_episode(column)

    facts = context(client, column)["episode"]

    assert "watch_url" not in facts
    assert WatchRecord.objects.count() == 0


def test_player_fetches_nothing_by_itself(client, column):
    make_episode(column)

    assert 'preload="none"' in client.get(column.url).content.decode()


def test_next_episode_is_read_by_the_player(client, column):
    episode = make_episode(column, title="第二集")

    facts = client.get(reverse("courses:episode", args=[episode.pk])).json()

    media = reverse("courses:media", args=[episode.pk, "audio"])
    assert (facts["id"], facts["title"]) == (episode.pk, "第二集")
    assert facts["src"] == f"{media}?v={episode.media.version}&play=1"


def test_player_reads_no_episode_of_the_academy(client, academy):
    lesson = make_lesson(academy, media=make_sound())

    assert client.get(reverse("courses:episode", args=[lesson.pk])).status_code == 404


def test_text_has_a_page_and_no_player(client, column):
    text = make_episode(column, media=None, body="<p>字</p>")

    (row,) = context(client, column)["rows"]

    assert (row.url, row.has_sound, context(client, column)["episode"]["src"]) == (
        text.url,
        False,
        "",
    )


def test_own_page_of_an_episode_leads_back_and_on(client, column):
    first, second = make_episode(column), make_episode(column)

    shown = client.get(first.url).context

    assert shown["course"]["url"] == column.url
    assert shown["next_lesson"].title == second.title


@pytest.fixture
def audio(column):
    name = default_storage.save("lessons/episode.m4a", ContentFile(b"0123456789" * 100))
    return make_episode(column, media=make_sound(audio=name))


def fetch(client, episode, query="?play=1", method="get", **headers):
    url = reverse("courses:media", args=[episode.pk, "audio"]) + query
    return getattr(client, method)(url, headers=headers)


def plays():
    return list(EpisodePlays.objects.values_list("day", "by_members", "by_visitors"))


def test_play_of_a_visitor_is_counted(client, audio):
    fetch(client, audio, range="bytes=0-")
    fetch(client, audio)

    assert plays() == [(timezone.localdate(), 0, 2)]


def test_play_of_a_member_is_counted_apart(client, audio):
    client.force_login(make_member())
    fetch(client, audio)

    assert plays() == [(timezone.localdate(), 1, 0)]


@pytest.mark.parametrize(
    ("query", "method", "headers"),
    [
        ("", "get", {}),
        ("?play=1", "head", {}),
        ("?play=1", "get", {"range": "bytes=500-"}),
        ("?play=1", "get", {"range": "bytes=0-1"}),
    ],
)
def test_what_is_no_beginning_is_not_counted(client, audio, query, method, headers):
    assert fetch(client, audio, query, method, **headers).status_code in (200, 206)

    assert plays() == []


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_queries_do_not_grow(client, home, tree, who):
    if who == "member":
        client.force_login(make_committee_member(tree.village))
    few, many = make_audio_column(home), make_audio_column(home)
    make_episode(few)
    make_episode(few)
    for _ in range(12):
        make_episode(many)

    assert count_queries(client, few.url) == count_queries(client, many.url)
