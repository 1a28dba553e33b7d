"""What is done too often is answered with 429 and the time to wait, by whatever process."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from config.limits import SEARCH, VIEWS, Rule
from members.domain.limits import Limit
from tests.config.scope.addresses import all_views
from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_searches(monkeypatch):
    few = Rule(Limit("few", 2, 60), Limit("few-visitors", 3, 60), SEARCH.methods)
    monkeypatch.setitem(VIEWS, "search", few)


def search(client, **headers):
    return client.get(reverse("search"), {"q": "保护令"}, headers=headers)


def search_times(client, times: int) -> list[int]:
    return [search(client).status_code for _ in range(times)]


def test_every_limited_view_is_one_of_ours():
    assert sorted(set(VIEWS) - {name for name, _arguments in all_views()}) == []


def test_third_of_two_is_told_to_wait(client, home, two_searches):
    client.force_login(make_member())
    search_times(client, 2)
    response = search(client)

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60
    assert "操作得太频繁了" in response.content.decode()


def test_members_are_counted_apart_and_from_visitors(client, home, two_searches):
    for _ in range(2):
        client.force_login(make_member())
        assert search_times(client, 3) == [200, 200, 429]
    client.logout()

    assert search_times(client, 4) == [200, 200, 200, 429]


def test_scripts_are_answered_in_json(client, home, two_searches):
    search_times(client, 3)
    response = search(client, accept="application/json")

    assert (response.status_code, list(response.json())) == (429, ["message"])


def test_htmx_is_answered_with_a_fragment(client, home, two_searches):
    search_times(client, 3)
    response = search(client, **{"HX-Request": "true"})

    assert (response.status_code, "<html" in response.content.decode()) == (429, False)


def test_other_methods_are_not_counted(client, home, two_searches):
    statuses = [client.head(reverse("search")).status_code for _ in range(5)]

    assert statuses == [200] * 5


def test_work_goes_on_while_nobody_counts(client, home, two_searches, settings):
    """No Redis listens there."""
    gone = {"BACKEND": "config.caches.SpareRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = settings.CACHES | {"default": gone}

    assert search_times(client, 4) == [200] * 4


TAKE = """
import django; django.setup()
from django.utils import timezone
from members.domain.limits import Limit, LimitReached
limit, used = Limit("shared", 30, 600), 0
for _ in range(25):
    try:
        limit.take("7", now=timezone.now())
        used += 1
    except LimitReached:
        pass
print(used)
"""


@pytest.mark.skipif("REDIS_URL" not in os.environ, reason="local memory belongs to one process")
def test_processes_share_one_count():
    asked = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", TAKE],
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
        )
        for _ in range(2)
    ]
    used = [int(each.communicate(timeout=120)[0]) for each in asked]

    assert sum(used) == 30
