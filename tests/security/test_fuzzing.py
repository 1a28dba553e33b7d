"""Every form and JSON endpoint against what no browser sends: refused, never an error of ours.

Finds its addresses as tests/config/scope does; no redirect leads to another site. FUZZ_TIMES sends
more to each, FUZZ_SEED other things.
"""

import os
from itertools import cycle
from pathlib import Path
from traceback import extract_tb

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as trying

from tests.config.scope.addresses import all_addresses
from tests.config.scope.scene import OWN, make_scene
from tests.config.scope.test_matrix import FAILS, make_viewer
from tests.factories import make_member
from tests.security.fuzzing import attacks, names_of
from tests.security.places import leads_away
from tests.security.strange import strange_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1500)]

TIMES = int(os.environ.get("FUZZ_TIMES", "1"))
TOKEN = "f" * 32
SEED = int(os.environ.get("FUZZ_SEED", "7"))
VIEWERS = os.environ.get("FUZZ_VIEWERS", "visitor member all superuser").split()


@pytest.fixture
def scene(home, academy, tree):
    return make_scene(home, academy, tree)


@pytest.fixture
def targets(scene):
    """One address of each view, about what is hers; live pages; and arguments that are no ids."""
    found = {}
    for address in all_addresses(scene):
        if address.place in ("", OWN) and address.name not in (FAILS, "account_logout"):
            found.setdefault(address.name, address.url)
    pages = [page.url for page in scene.shared if getattr(page, "live", False)]
    return [*found.values(), *pages, *strange_addresses()]


def sign_in(client, kind, scene):
    if kind == "superuser":
        client.force_login(make_member("管理员", is_staff=True, is_superuser=True))
    elif viewer := make_viewer(kind, scene):
        client.force_login(viewer)


@pytest.fixture
def client():
    """As in a browser: the check against forgery reads what is posted before the view does."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    client.defaults["HTTP_X_CSRFTOKEN"] = TOKEN
    return client


def test_no_request_is_an_error_of_ours(client, scene, targets):
    found, sent = {}, 0
    for kind in VIEWERS:
        sign_in(client, kind, scene)
        faults, count = shoot_at(client, targets)
        found |= {(kind, *key): what for key, what in faults.items()}
        sent += count

    assert not found, "\n".join(f"{key}: {what}" for key, what in found.items())
    assert sent >= len(VIEWERS) * len(targets) * TIMES


def shoot_at(client, targets) -> tuple[dict, int]:
    """What failed, and how many requests there were."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    names = {url: names_of(url, fetch(client, url)) for url in targets}
    places, found, sent = cycle(targets), {}, []

    @seed(SEED)
    @trying(
        max_examples=len(targets) * TIMES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(attacks())
    def shoot(attack):
        url = next(places)
        sent.append(url)
        client.cookies.load(cookies)
        with transaction.atomic():
            response = attack.send(client, url, names[url])
            if response.status_code >= 500:
                found[url, error_of(response)] = attack
            if response.has_header("Location") and leads_away(response["Location"]):
                found[url, response["Location"]] = attack
            transaction.set_rollback(True)
        cache.clear()

    shoot()
    return found, len(sent) + len(names)


def fetch(client, url: str) -> str:
    response = client.get(url)
    return "" if response.streaming else response.content.decode(errors="replace")


def error_of(response) -> str:
    """The error and where it was raised."""
    kind, error, traceback = getattr(response, "exc_info", None) or (None, None, None)
    if kind is None:
        return f"status {response.status_code}"
    places = [f"{Path(each.filename).name}:{each.lineno}" for each in extract_tb(traceback)]
    return f"{error!r} {' '.join(places[-6:])}"
