"""Fixtures that every test may use."""

from pathlib import Path

import pytest
from django.db import connection
from wagtail.models import Page, Site

from cms.models import AcademyPage, HomePage
from cms.record_guard import guard, lift
from tests import factories

COMMITTING = {"transactional_db", "django_db_reset_sequences", "live_server"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test that commits ends with emptying the tables: the record's guard steps aside for it."""
    marker = item.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    if not commits and COMMITTING.isdisjoint(item.fixturenames):
        return (yield)
    blocker = item._request.getfixturevalue("django_db_blocker")
    with blocker.unblock():
        lift(connection)
    try:
        return (yield)
    finally:
        # After the last test there is no database any more.
        if nextitem is not None:
            with blocker.unblock():
                guard(connection)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The read-only reference data that lies beside the checkout."""
    return Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def tree(db) -> factories.Tree:
    return factories.make_tree()


@pytest.fixture
def home(db) -> HomePage:
    """The site's front page, in place of Wagtail's welcome page."""
    root = Page.get_first_root_node()
    root.get_children().delete()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="执委学堂", slug="home"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home


@pytest.fixture
def academy(home) -> AcademyPage:
    return home.add_child(instance=AcademyPage(title="执委学堂", slug="academy"))
