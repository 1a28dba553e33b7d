"""Row: oEmbed, avatar and import addresses; no request of this server to an inner address.

Owners: tests/cms/links (redirects, names with several addresses, rebinding), tests/cms/word (linked
pictures).
"""

import ast
import socket
from contextlib import closing
from threading import Thread

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedException

from cms.links.asking import Rules, ask
from cms.links.faults import Fault
from cms.links.pacing import Pacer
from tests.factories import make_member

# Who may speak to others' servers, and why: each has tests of whom it asks.
SPEAKERS = {"cms/links/asking.py": "links that editors wrote, through one door"}
# The senders of messages and the sign-in by WeChat: fixed hosts, named in the settings.
FIXED_HOSTS = ("members/sms/", "members/wechat/", "members/sms.py")
NETWORK = {"socket", "requests", "urllib.request", "http.client", "httpx", "smtplib", "ftplib"}
# Serves; it asks nobody.
LISTENERS = {"config/management/commands/serve.py"}
APPS = [
    "cms",
    "courses",
    "federations",
    "knowledge_base",
    "learning",
    "members",
    "quizzes",
    "config",
]


@pytest.fixture
def inner():
    """A server of this machine that counts who knocks: [port, knocks]."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        knocks = []
        Thread(target=_count, args=(server, knocks), daemon=True).start()
        yield server.getsockname()[1], knocks


def _count(server, knocks):
    while True:
        try:
            connection, _address = server.accept()
        except OSError:
            return
        knocks.append(1)
        connection.close()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0"]
)
def test_link_to_this_machine_is_not_asked(inner, host):
    port, knocks = inner
    rules = Rules(ports=frozenset({port}))
    answer = ask(f"http://{host}:{port}/", agent="x", pacer=Pacer(gap=0), rules=rules)

    assert (answer.fault in (Fault.INNER, Fault.MALFORMED, Fault.NO_HOST), knocks) == (True, [])


def test_name_that_changes_its_mind_does_not_lead_inside(inner):
    """The name is looked up once; what was looked at is what is called."""
    port, knocks = inner
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    rules = Rules(
        ports=frozenset({port}), resolve=lambda *_: next(answers), request_seconds=1, link_seconds=1
    )
    ask(f"http://rebind.example:{port}/", agent="x", pacer=Pacer(gap=0), rules=rules)

    assert (knocks, next(answers)) == ([], ["127.0.0.1"])


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "https://www.youtube.com/watch?v=x", "https://v.qq.com/x/y.html"]
)
def test_nothing_is_embedded(db, url):
    with pytest.raises(EmbedException):
        get_embed(url)


def test_embed_form_asks_nobody(client, home):
    client.force_login(make_member(is_staff=True, is_superuser=True))
    form = {"embed-chooser-url": "https://www.youtube.com/watch?v=x"}
    response = client.post(reverse("wagtailembeds:chooser_upload"), form)

    assert response.status_code == 200
    assert "embed_chosen" not in response.content.decode()


def imported(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, node.module.split(".")[0]}
    return found & NETWORK


def test_nobody_else_speaks_to_the_network():
    files = [file for app in APPS for file in (settings.BASE_DIR / app).rglob("*.py")]
    speaking = {
        f"{file.relative_to(settings.BASE_DIR)}" for file in files if imported(file.read_text())
    }
    unknown = speaking - set(SPEAKERS) - LISTENERS

    assert [name for name in unknown if not name.startswith(FIXED_HOSTS)] == []
