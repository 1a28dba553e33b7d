"""Notices: hers alone, on her page until she has seen them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.domain.notices import mark_seen, tell, unseen_notices
from members.models import Notice
from tests.counting import count_queries
from tests.factories import make_committee_member

SEEN = reverse("members:see_notices")


@pytest.fixture
def member(client, tree, home):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


def tell_her(member, text="你反映的试题有回复了") -> Notice:
    tell(member_ids=[member.pk], text=text, url="/quizzes/reports/", now=timezone.now())
    return Notice.objects.latest("pk")


def test_new_notice_is_on_her_page(client, member):
    tell_her(member)

    assert "你反映的试题有回复了" in client.get(reverse("me")).content.decode()


def test_seen_notice_leaves_her_page_and_stays_in_the_list(client, member):
    notice = tell_her(member)
    response = client.post(SEEN, {"up_to": notice.pk})

    assert response.url == reverse("me")
    assert "你反映的试题有回复了" not in client.get(reverse("me")).content.decode()
    assert "你反映的试题有回复了" in client.get(reverse("members:notices")).content.decode()


def test_notice_that_came_since_stays_new(member):
    first, second = tell_her(member, "一"), tell_her(member, "二")
    mark_seen(member=member, up_to=first.pk, now=timezone.now())

    assert list(unseen_notices(member)) == [second]


def test_another_member_s_notice_is_neither_shown_nor_put_away(client, member, tree):
    friend = make_committee_member(tree.village, "黄桂芳")
    notice = tell_her(friend, "给黄桂芳的消息")
    client.post(SEEN, {"up_to": notice.pk})
    notice.refresh_from_db()

    assert "给黄桂芳的消息" not in client.get(reverse("members:notices")).content.decode()
    assert notice.seen_at is None


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 30, "²"])
def test_garbled_number_is_refused(client, member, up_to):
    assert client.post(SEEN, {"up_to": up_to}).status_code == 400


def test_notices_ask_for_a_sign_in(client, db):
    answers = [client.get(reverse("members:notices")), client.post(SEEN, {"up_to": 1})]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_old_notices_are_found_from_her_page(client, member):
    page = client.get(reverse("me")).content.decode()

    assert ("没有新消息" in page, f'href="{reverse("members:notices")}"' in page) == (True, True)


def test_lists_take_the_same_queries_for_one_and_for_many(client, member):
    tell_her(member)
    urls = [reverse("members:notices"), reverse("me")]
    one = [count_queries(client, url) for url in urls]
    for _ in range(29):
        tell_her(member)

    assert [count_queries(client, url) for url in urls] == one
