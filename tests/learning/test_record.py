"""What a member finds of her own: record by year, favourites, everything to take along."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.urls import reverse
from openpyxl import load_workbook

from learning.domain.favourites import set_favourite_page
from learning.domain.progress import complete_page, start_page
from learning.models import FavouritePage
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member
from tests.learning.test_standings import NOW
from tests.pages import make_course, make_lesson

YEAR = timedelta(days=366)


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def course(academy):
    return make_course(academy)


def titles(response):
    return [line.title for line in response.context["page_obj"]]


class TestRecord:
    def test_newest_first_and_by_year(self, client, member, course):
        old, new = make_lesson(course, title="去年的"), make_lesson(course, title="今年的")
        complete_page(member=member, page_id=old.pk, now=NOW - YEAR)
        complete_page(member=member, page_id=new.pk, now=NOW)
        url = reverse("learning:record")

        assert titles(client.get(url)) == ["今年的", "去年的"]
        assert titles(client.get(url, {"year": NOW.year})) == ["今年的"]
        assert titles(client.get(url, {"year": "abc"})) == ["今年的", "去年的"]

    def test_another_members_record_is_not_hers(self, client, member, course, tree):
        other = make_committee_member(tree.village)
        complete_page(member=other, page_id=make_lesson(course).pk, now=NOW)

        assert titles(client.get(reverse("learning:record"))) == []

    def test_page_that_was_taken_away_stays_without_a_link(self, client, member, course):
        lesson = make_lesson(course, title="撤下的课")
        complete_page(member=member, page_id=lesson.pk, now=NOW)
        lesson.unpublish()
        (line,) = client.get(reverse("learning:record")).context["page_obj"]

        assert (line.title, line.url) == ("撤下的课", "")

    def test_visitor_signs_in_first(self, client, db):
        for name in ("record", "favourites", "export"):
            assert client.get(reverse(f"learning:{name}")).status_code == 302

    def test_same_queries_for_one_and_for_twenty(self, client, member, course):
        start_page(member=member, page_id=make_lesson(course).pk, now=NOW)
        one = count_queries(client, "learning:record")
        for _each in range(19):
            start_page(member=member, page_id=make_lesson(course).pk, now=NOW)

        assert count_queries(client, "learning:record") == one


class TestFavourites:
    def mark(self, client, page, on="1"):
        return client.post(reverse("learning:mark_favourite", args=[page.pk]), {"on": on})

    def test_kept_page_is_listed_until_it_is_let_go(self, client, member, course):
        lesson = make_lesson(course, title="好课")
        self.mark(client, lesson)
        assert self.mark(client, lesson).url == lesson.url  # twice is once
        assert FavouritePage.objects.count() == 1
        assert "好课" in client.get(reverse("learning:favourites")).content.decode()
        assert "已收藏" in client.get(lesson.url).content.decode()

        self.mark(client, lesson, on="0")
        assert "好课" not in client.get(reverse("learning:favourites")).content.decode()

    def test_page_that_she_may_not_open_cannot_be_kept(self, client, course, db):
        client.force_login(make_member())

        assert self.mark(client, make_lesson(course)).status_code == 404
        assert not FavouritePage.objects.exists()

    def test_sign_in_on_the_way_keeps_what_she_pressed(self, client, course, tree):
        lesson = make_lesson(course)
        assert "login" in self.mark(client, lesson).url
        assert not FavouritePage.objects.exists()

    def test_page_that_was_taken_away_is_left_out(self, client, member, course):
        lesson = make_lesson(course, title="撤下的课")
        self.mark(client, lesson)
        lesson.unpublish()

        assert "撤下的课" not in client.get(reverse("learning:favourites")).content.decode()

    def test_same_queries_for_one_and_for_twenty(self, client, member, course):
        def keep():
            page_id = make_lesson(course).pk
            set_favourite_page(member=member, page_id=page_id, is_favourite=True, now=NOW)

        keep()
        one = count_queries(client, "learning:favourites")
        for _each in range(19):
            keep()

        assert count_queries(client, "learning:favourites") == one


def test_export_holds_everything_of_hers_as_plain_text(client, member, course, tree):
    lesson = make_lesson(course, title='=HYPERLINK("x")')
    complete_page(member=member, page_id=lesson.pk, now=NOW)
    other = make_lesson(course, title="别人的课")
    complete_page(member=make_committee_member(tree.village), page_id=other.pk, now=NOW)
    response = client.get(reverse("learning:export"))
    book = load_workbook(BytesIO(response.content))
    (row,) = book["学习记录"].iter_rows(min_row=2)

    assert "attachment" in response["Content-Disposition"]
    assert (row[0].value, row[0].data_type, row[1].value) == ('=HYPERLINK("x")', "s", "已学完")
    assert {"学习记录", "收藏", "消息", "登录的设备"} <= set(book.sheetnames)


def test_export_holds_points_and_certificates_too(client, member, course):
    book = load_workbook(BytesIO(client.get(reverse("learning:export")).content))

    assert {"积分和学时", "证书", "个人榜", "答卷", "错题本"} <= set(book.sheetnames)


def test_export_again_and_again_is_put_off(client, member):
    cache.clear()
    for _each in range(5):
        assert client.get(reverse("learning:export")).status_code == 200
    response = client.get(reverse("learning:export"), follow=True)

    assert "请过十分钟再试" in response.content.decode()
