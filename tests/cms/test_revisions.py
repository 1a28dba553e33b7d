"""Old versions go, but not those that something stands on."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from cms.domain.revisions import purge_revisions
from tests.cms.desk.scene import make_article, make_column
from tests.editors import make_editor, make_reviewers, pass_reviews, submit

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def page(home):
    """With three versions: the second one is live, the third one a draft."""
    page = make_article(make_column(home), None)
    page.save_revision().publish()
    page.refresh_from_db()
    page.save_revision()
    return page


def grow_old(days=181):
    Revision.objects.update(created_at=NOW - timedelta(days=days))


def versions(page) -> list[int]:
    return list(page.revisions.order_by("pk").values_list("pk", flat=True))


def test_version_that_nothing_refers_to_goes(page):
    grow_old()
    before = versions(page)

    assert (purge_revisions(now=NOW), versions(page)) == (1, before[1:])


def test_version_of_the_last_half_year_stays(page):
    grow_old(days=179)
    before = versions(page)

    assert (purge_revisions(now=NOW), versions(page)) == (0, before)


def test_version_that_waits_for_its_hour_stays(page):
    grow_old()
    first = page.revisions.order_by("pk").first()
    first.approved_go_live_at = NOW + timedelta(days=1)
    first.save()
    before = versions(page)

    assert (purge_revisions(now=NOW), versions(page)) == (0, before)


@pytest.fixture
def reviewed(home, tree, page):
    """A version that three people approved, and one since that nobody saw."""
    editor = make_editor(home, tree.province)
    submit(page, editor)
    reviewed = page.latest_revision
    pass_reviews(page, make_reviewers(home, tree.province))
    page.save_revision()
    page.save_revision().publish()
    return reviewed


def test_version_that_was_before_reviewers_stays(page, reviewed):
    grow_old()

    purge_revisions(now=NOW)

    assert versions(page) == [reviewed.pk, page.revisions.order_by("pk").last().pk]


def test_version_that_a_record_names_stays(page, reviewed):
    """The rows of Wagtail's workflow may go; the record is for ever."""
    WorkflowState.objects.all().delete()
    grow_old()

    purge_revisions(now=NOW)

    assert reviewed.pk in versions(page)


def test_every_version_stays_while_a_round_is_open(home, tree, page):
    submit(page, make_editor(home, tree.province))
    page.save_revision()
    page.save_revision()
    grow_old()
    before = versions(page)

    assert (purge_revisions(now=NOW), versions(page)) == (0, before)


def test_queries_do_not_grow_with_the_versions(page, django_assert_max_num_queries):
    for _place in range(30):
        page.save_revision()
    grow_old()

    with django_assert_max_num_queries(14):
        assert purge_revisions(now=NOW) == 31


def test_last_version_of_each_writer_stays_until_the_text_has_passed(home, tree, page):
    """Without it, she who wrote the draft half a year ago could review it."""
    first, second = (make_editor(home, tree.province) for _ in range(2))
    for user in (first, first, second):
        page.save_revision(user=user)
    grow_old()
    kept = versions(page)[-2:]

    purge_revisions(now=NOW)

    assert [page.live_revision_id, *kept] == versions(page)


def test_writers_of_what_has_passed_need_no_version(home, tree, page):
    page.save_revision(user=make_editor(home, tree.province))
    page.save_revision().publish()
    grow_old()

    purge_revisions(now=NOW)

    assert versions(page) == [page.revisions.order_by("pk").last().pk]
