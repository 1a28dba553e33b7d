"""Going live and ending by the clock, by whichever clock the site runs."""

from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from cms.access import visible_to
from cms.domain.scheduling import publish_due
from cms.models import ArticlePage
from config.schedule import CLOCK
from config.scheduler import Scheduler
from tests.cms.desk.scene import make_article, make_column
from tests.editors import make_editor, make_reviewers, pass_reviews, submit

pytestmark = pytest.mark.django_db

NAME = "publish-scheduled"
AGO, SOON = -timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture
def column(home):
    return make_column(home)


def schedule(page, **times):
    """As an editor would for later; then that time comes."""
    for name in times:
        setattr(page, name, timezone.now() + timedelta(days=1))
    page.save_revision().publish()
    moments = {name: timezone.now() + after for name, after in times.items()}
    revision = page.latest_revision
    revision.content |= {name: at.isoformat() for name, at in moments.items()}
    if "go_live_at" in moments:
        revision.approved_go_live_at = moments["go_live_at"]
    revision.save()
    ArticlePage.objects.filter(pk=page.pk).update(**moments)
    return page


def run_the_clock(scheduler: Scheduler) -> list[str]:
    return [name for name in scheduler.run_due() if name == NAME]


def by_embedded_clock():
    """The entry of the real timetable, a minute after the site has started."""
    scheduler = Scheduler({NAME: CLOCK[NAME]})
    assert run_the_clock(scheduler) == []
    scheduler.last_run[NAME] -= timedelta(seconds=60)
    assert run_the_clock(scheduler) == [NAME]


def by_celery():
    """What beat sends a worker."""
    current_app.loader.import_default_modules()
    entry = settings.CELERY_BEAT_SCHEDULE[NAME]
    assert entry["schedule"] <= 60
    current_app.tasks[entry["task"]].delay()


# The embedded clock closes its connections after each job, as the thread that it is.
COMMITTED = pytest.mark.django_db(transaction=True, serialized_rollback=True)
CLOCKS = pytest.mark.parametrize(
    "run", [pytest.param(by_embedded_clock, marks=COMMITTED), by_celery]
)


def is_open(client, page) -> bool:
    """To a visitor: by its address, and in what lists and search are made of."""
    page = ArticlePage.objects.get(pk=page.pk)
    visitor = client.get("/").wsgi_request.user
    found = visible_to(visitor, ArticlePage.objects.all()).filter(pk=page.pk).exists()
    by_address = client.get(page.url).status_code == 200
    assert found == by_address
    return found


@CLOCKS
def test_page_goes_live_when_its_time_has_come(client, column, run):
    page = schedule(make_article(column, None, live=False), go_live_at=AGO)
    before = is_open(client, page)

    run()

    assert (before, is_open(client, page)) == (False, True)


@CLOCKS
def test_page_ends_when_its_time_has_come(client, column, run):
    page = schedule(make_article(column, None), expire_at=AGO)
    before = is_open(client, page)

    run()

    page.refresh_from_db()
    assert (before, is_open(client, page), page.expired) == (True, False, True)


@CLOCKS
def test_what_is_for_later_waits(client, column, run):
    page = schedule(make_article(column, None, live=False), go_live_at=SOON)
    other = schedule(make_article(column, None), expire_at=SOON)

    run()

    assert (is_open(client, page), is_open(client, other)) == (False, True)


@CLOCKS
def test_new_version_of_a_live_page_takes_its_place(client, column, run):
    page = make_article(column, None, title="旧题")
    page.title = "新题"
    schedule(page, go_live_at=AGO)
    before = ArticlePage.objects.get(pk=page.pk).title

    run()

    assert (before, ArticlePage.objects.get(pk=page.pk).title) == ("旧题", "新题")


@pytest.fixture
def editor(column, home, tree):
    return make_editor(home, tree.town)


@CLOCKS
def test_reviewed_page_waits_for_its_hour(client, column, home, tree, editor, run):
    page = make_article(column, tree.town, live=False)
    page.go_live_at = timezone.now() + SOON
    submit(page, editor)

    pass_reviews(page, make_reviewers(home, tree.county))
    run()
    waiting = is_open(client, page)
    let_its_hour_come(page)
    run()

    assert (waiting, is_open(client, page)) == (False, True)


def let_its_hour_come(page):
    """The version that the three approved, as if it had been scheduled for a moment ago."""
    approved = Revision.objects.for_instance(page).get(approved_go_live_at__isnull=False)
    approved.approved_go_live_at = timezone.now() + AGO
    approved.content["go_live_at"] = approved.approved_go_live_at.isoformat()
    approved.save(update_fields=["content", "approved_go_live_at"])


@CLOCKS
def test_page_that_nobody_approved_stays_a_draft(client, column, home, tree, editor, run):
    page = make_article(column, tree.town, live=False)
    page.go_live_at = timezone.now() + AGO
    submit(page, editor)

    run()

    assert is_open(client, page) is False


@COMMITTED
def test_page_whose_time_passed_while_nothing_ran_goes_live_at_the_first_beat(client, column):
    page = schedule(make_article(column, None, live=False), go_live_at=-timedelta(days=3))

    by_embedded_clock()

    assert is_open(client, page) is True


def test_page_that_was_over_before_it_began_stays_closed(client, column):
    page = make_article(column, None, live=False)
    schedule(page, go_live_at=-timedelta(days=3), expire_at=-timedelta(days=2))

    counts = publish_due(now=timezone.now())

    assert (counts, is_open(client, page)) == ((1, 1), False)


def test_new_version_keeps_going_what_would_end(client, column):
    page = schedule(make_article(column, None), expire_at=-timedelta(minutes=1))
    page = ArticlePage.objects.get(pk=page.pk)
    page.expire_at = None
    schedule(page, go_live_at=-timedelta(seconds=1))
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() + AGO)

    publish_due(now=timezone.now())

    assert is_open(client, page) is True


def test_page_that_fails_holds_up_no_other(client, column, caplog):
    broken = schedule(make_article(column, None, live=False), go_live_at=-timedelta(minutes=2))
    # Its address was given to another page since.
    make_article(column, None, slug="taken")
    revision = broken.latest_revision
    revision.content["slug"] = "taken"
    revision.save()
    page = schedule(make_article(column, None, live=False), go_live_at=AGO)

    counts = publish_due(now=timezone.now())

    assert (counts, is_open(client, page)) == ((1, 0), True)
    assert "scheduled_change_failed" in caplog.text


def test_running_again_changes_nothing(column):
    schedule(make_article(column, None, live=False), go_live_at=AGO)

    assert [publish_due(now=timezone.now()) for _run in range(2)] == [(1, 0), (0, 0)]


def test_log_says_that_the_clock_did_it(column):
    page = schedule(make_article(column, None, live=False), go_live_at=AGO)

    publish_due(now=timezone.now())

    actions = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
    assert "wagtail.publish.scheduled" in actions


EMPTY_FORMS = {f"comments-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}


def save_article(client, page, **times):
    """As the editor's form sends it; times are those of her clock."""
    facts = {"title": "新题", "slug": page.slug, "summary": "", "cover": "", "tags": ""}
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, facts | {"body-count": "0"} | EMPTY_FORMS | times)


def test_times_are_those_of_beijing(client, column, tree, editor):
    client.force_login(editor)
    page = make_article(column, tree.town, live=False)

    save_article(client, page, go_live_at="2099-12-01 08:00", expire_at="2099-12-02 20:30")

    draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [draft.go_live_at, draft.expire_at] == [
        datetime(2099, 12, 1, 0, 0, tzinfo=UTC),
        datetime(2099, 12, 2, 12, 30, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("times", "message"),
    [
        ({"expire_at": "2020-01-01 08:00"}, "过期时间已经过去，请改成以后的时间，或者清空。"),
        (
            {"go_live_at": "2099-12-02 08:00", "expire_at": "2099-12-01 08:00"},
            "上线时间要早于过期时间。",
        ),
    ],
)
def test_impossible_times_are_refused_and_kept(client, column, tree, editor, times, message):
    client.force_login(editor)
    page = make_article(column, tree.town, title="旧题", live=False)

    response = save_article(client, page, **times)

    form = response.context["form"]
    assert message in [error for errors in form.errors.values() for error in errors]
    assert (form["title"].value(), form["expire_at"].value()) == ("新题", times["expire_at"])
    assert ArticlePage.objects.get(pk=page.pk).draft_title == "旧题"
