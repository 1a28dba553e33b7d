"""Feeds of the columns: what a visitor may open, under addresses that hold."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.feeds import LATEST
from courses.models import CourseIndexPage
from tests.columns import (
    make_article,
    make_audio_column,
    make_column,
    make_column_lesson,
    make_episode,
    make_link,
)
from tests.factories import make_committee_member

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def column(home):
    return make_column(home, title="维权普法", slug="law", summary="学法用法")


def rss(client, column, **headers):
    return client.get(reverse("column_rss", args=[column.pk]), headers=headers)


def read(response):
    # Our own answer, which names no entities.
    return ElementTree.fromstring(response.content)  # noqa: S314


def entries(client, column, name="title"):
    return [each.findtext(name) for each in read(rss(client, column)).iter("item")]


def test_rss_names_the_column(client, column):
    channel = read(rss(client, column)).find("channel")

    facts = [channel.findtext(name) for name in ("title", "description", "link", "language")]
    assert facts == ["维权普法", "学法用法", f"http://testserver{column.url}", "zh-cn"]


def test_entries_are_the_newest_first_with_full_addresses(client, column):
    old, new = make_article(column, title="旧", summary="说旧事"), make_article(column, title="新")

    assert entries(client, column) == ["新", "旧"]
    assert entries(client, column, "link") == [
        f"http://testserver{new.url}",
        f"http://testserver{old.url}",
    ]
    assert entries(client, column, "description")[1] == "说旧事"


def test_atom_holds_the_same(client, column):
    make_article(column, title="文章", summary="摘要")

    feed = read(client.get(reverse("column_atom", args=[column.pk])))

    found = [
        (each.findtext(f"{ATOM}title"), each.findtext(f"{ATOM}summary"))
        for each in feed.iter(f"{ATOM}entry")
    ]
    assert found == [("文章", "摘要")]


def test_newest_ones_only(client, column):
    for _ in range(LATEST + 2):
        make_article(column)

    assert len(entries(client, column)) == LATEST


def test_column_published_anew_is_still_found(client, column):
    for _ in range(LATEST + 2):
        make_article(column)
    column.first_published_at = timezone.now() - timedelta(days=900)
    column.save()

    assert len(entries(client, column)) == LATEST


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_feed_is_the_same_for_everybody(client, column, academy, tree, who):
    """A reader program has no session; a member's browser must not get more either."""
    make_column_lesson(academy, column)
    make_link(column, target=academy)
    make_article(column, title="文章")
    make_article(column, live=False)
    hidden = make_article(column)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    if who == "member":
        client.force_login(make_committee_member(tree.village))

    assert entries(client, column) == ["文章"]


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_hidden_column_has_no_feed(client, column, kind):
    PageViewRestriction.objects.create(page=column, restriction_type="login")
    make_article(column)

    assert client.get(reverse(f"column_{kind}", args=[column.pk])).status_code == 404


def test_draft_and_other_pages_have_no_feed(client, home, column):
    draft = make_column(home, live=False)
    article = make_article(column)

    codes = [rss(client, page).status_code for page in (draft, article, home)]

    assert codes == [404] * 3


def test_address_holds_when_the_column_is_renamed(client, column):
    make_article(column, title="文章")
    column.slug = "renamed"
    column.save()

    assert entries(client, column) == ["文章"]


def test_page_links_to_both_feeds(client, column):
    html = client.get(column.url).content.decode()

    links = [reverse(f"column_{kind}", args=[column.pk]) for kind in ("rss", "atom")]
    assert [html.count(f'href="{link}"') for link in links] == [2, 1]


def test_unchanged_feed_is_not_sent_again(client, column):
    make_article(column)
    known = rss(client, column)["ETag"]

    answer = rss(client, column, if_none_match=known)

    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("change", ["publish", "unpublish", "rename"])
def test_changed_feed_is_sent_again(client, column, change):
    article = make_article(column)
    known = rss(client, column)["ETag"]
    if change == "publish":
        make_article(column)
    elif change == "unpublish":
        article.unpublish()
    else:
        column.title = "新名"
        column.save()

    assert rss(client, column, if_none_match=known).status_code == 200


def test_empty_feed_stays_the_same(client, column):
    assert rss(client, column)["ETag"] == rss(client, column)["ETag"]


def test_characters_that_xml_forbids_are_left_out(client, column):
    make_article(column, title="有\x0b<怪>&字\uffff", summary="\x01摘要")

    assert entries(client, column) == ["有<怪>&字"]


def test_episodes_come_with_their_sound(client, home):
    audio = make_audio_column(home)
    episode = make_episode(audio)

    (enclosure,) = read(rss(client, audio)).iter("enclosure")

    media = reverse("courses:media", args=[episode.pk, "audio"])
    assert enclosure.attrib == {
        "url": f"http://testserver{media}?v={episode.media.version}&play=1",
        "length": "240000",
        "type": "audio/mp4",
    }


def test_sound_that_was_made_anew_is_told(client, home):
    audio = make_audio_column(home)
    episode = make_episode(audio)
    known = rss(client, audio)["ETag"]
    episode.media.audio_size += 1
    episode.media.save()

    assert rss(client, audio, if_none_match=known).status_code == 200


def test_feed_takes_three_queries_for_any_number(client, home, column):
    public = home.add_child(instance=CourseIndexPage(title="公开课", slug="courses"))
    rss(client, column)
    for _ in range(5):
        make_article(column)
        make_link(column)
        make_column_lesson(public, column)
    rss(client, column)

    with CaptureQueriesContext(connection) as captured:
        assert len(entries(client, column)) == 15

    assert len(captured) == 3
