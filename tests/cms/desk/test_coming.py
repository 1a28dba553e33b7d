"""What goes live and ends by the clock, as the desk tells it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cms.models import ArticlePage
from tests.cms.desk.scene import make_article
from tests.cms.desk.test_mine import listed, notes

pytestmark = pytest.mark.django_db


def schedule(page, at):
    page.go_live_at = at
    page.save_revision().publish()


def end(page, at):
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=at)


def soon(**after):
    return timezone.now() + timedelta(**after)


def test_next_one_comes_first(column, tree, editor):
    schedule(make_article(column, tree.town, title="后天上线", live=False), soon(days=2))
    end(make_article(column, tree.town, title="明天下线"), soon(days=1))
    both = make_article(column, tree.town, title="先上后下", live=False)
    schedule(both, soon(hours=1))

    assert listed("coming", editor) == ["先上后下", "明天下线", "后天上线"]


def test_times_are_those_of_beijing(column, tree, editor):
    page = make_article(column, tree.town, live=False)
    schedule(page, datetime.fromisoformat("2099-12-01T00:00:00Z"))

    assert notes("coming", editor) == ["2099-12-01 08:00 上线"]


def test_new_version_and_end_of_a_live_page(column, tree, editor):
    page = make_article(column, tree.town, title="都有")
    schedule(page, soon(days=3))
    end(page, soon(days=5))

    [note] = notes("coming", editor)

    assert [part.split()[-1] for part in note.split("，")] == ["新版本上线", "下线"]


@pytest.mark.parametrize(("days", "titles"), [(29, ["文章"]), (31, [])])
def test_end_is_listed_a_month_before(column, tree, editor, days, titles):
    end(make_article(column, tree.town, title="文章"), soon(days=days))

    assert listed("coming", editor) == titles


def test_wish_for_an_hour_that_nobody_approved_is_none(column, tree, editor):
    page = make_article(column, tree.town, live=False)
    page.go_live_at = soon(days=1)
    page.save_revision()

    assert listed("coming", editor) == []


def test_strangers_schedule_is_not_hers(column, tree, editor, superior, stranger):
    schedule(make_article(column, tree.town, title="文章", live=False), soon(days=1))

    lists = [listed("coming", each) for each in (editor, superior, stranger)]

    assert lists == [["文章"], ["文章"], []]
