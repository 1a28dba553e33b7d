"""Fixtures that every test may use."""

import gc
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, connections
from pytest_django.plugin import blocking_manager_key
from wagtail.models import Page, Site

from cms.models import AcademyPage, HomePage
from cms.record_guard import REVIEW_GUARD
from members.models import AUDIT_GUARD, AuditEntry
from tests import factories
from tests.leaks import LeakPlugin

GUARDS = (REVIEW_GUARD, AUDIT_GUARD)
COMMITTING = {"transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_configure(config):
    config.pluginmanager.register(LeakPlugin(), "leaks")


def pytest_collection_modifyitems(items):
    """Those that may take minutes come first: at the end of a parallel run one would be alone."""
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test that commits ends with emptying the tables: the records' guards step aside for it."""
    marker = item.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    if not commits and COMMITTING.isdisjoint(item.fixturenames):
        return (yield)
    blocker = item.config.stash[blocking_manager_key]
    with blocker.unblock():
        for each in GUARDS:
            each.lift(connection)
    try:
        return (yield)
    finally:
        # After the last test there is no database any more.
        if nextitem is not None:
            with blocker.unblock():
                for each in GUARDS:
                    each.guard(connection)


def pytest_collection_finish():
    """What was imported stays: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tests' database, with the front page that most tests stand on."""
    with django_db_blocker.unblock():
        if not HomePage.objects.exists():
            make_home()
            _forget_how()
            _keep_for_committing_tests()


def _forget_how() -> None:
    """Publishing it stands in the audit trail, where each test looks for what it did itself."""
    AUDIT_GUARD.lift(connection)
    AuditEntry.objects.all()._raw_delete("default")
    AUDIT_GUARD.guard(connection)


def _keep_for_committing_tests() -> None:
    """Those with `serialized_rollback` find the front page again, too."""
    kept = connections["default"]
    kept._test_serialized_contents = kept.creation.serialize_db_to_string()


@pytest.fixture(autouse=True)
def fresh_cache():
    """What other tests left: their pages, plans and members have the same ids."""
    cache.clear()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The read-only reference data that lies beside the checkout."""
    return Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def tree(db) -> factories.Tree:
    return factories.make_tree()


@pytest.fixture
def home(db) -> HomePage:
    """The site's front page; a test that committed has emptied the tables."""
    return HomePage.objects.first() or make_home()


def make_home() -> HomePage:
    """In place of Wagtail's welcome page."""
    Page.get_first_root_node().get_children().delete()
    home = Page.get_first_root_node().add_child(instance=HomePage(title="执委学堂", slug="home"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home


@pytest.fixture
def academy(home) -> AcademyPage:
    return home.add_child(instance=AcademyPage(title="执委学堂", slug="academy"))
