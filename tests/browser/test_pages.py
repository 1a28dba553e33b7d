"""Every kind of page, looked at in real Chromium: accessible, in bounds, quiet and light."""

import gzip
import re
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlencode, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext

from config.followers import FOLLOWERS
from knowledge_base.models import KnowledgeIndexPage
from learning.domain.favourites import set_favourite_page
from learning.domain.outcomes import fold_outcomes
from learning.domain.progress import complete_page
from learning.models import Certificate, CertificateRule, CertificateTemplate
from members.models import Member
from quizzes.domain.attempts import check_answer, save_answer, start_attempt, submit_attempt
from quizzes.models import Attempt
from tests.browser.conftest import PC, PHONE, enter
from tests.browser.looking import find_axe_faults, find_size_faults
from tests.browser.scene import Scene
from tests.knowledge_base.entries import heading, law_article, make_entry

KB = 1024
# By text size, in CSS pixels.
LIMITS = {
    "": {"smallest_text": 12, "smallest_target": 44},
    "l": {"smallest_text": 12, "smallest_target": 44},
    "xl": {"smallest_text": 18, "smallest_target": 60},
}
LINKED = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')


@dataclass
class Walk:
    """Who looks at which pages; `status` is what the page answers with."""

    member: Member | None
    pages: dict[str, str]
    status: int = 200


@dataclass
class Ears:
    """What the browser complains about, and requests that would leave the host."""

    host: str
    heard: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._note_message)
        context.on("request", self._note_request)

    def _note_message(self, message) -> None:
        # The browser reports the status of a page that is meant to be refused.
        is_expected = "status of 40" in message.text and "/static/" not in message.location["url"]
        if message.type in ("error", "warning") and not is_expected:
            self.heard.append(f"console: {message.text}")

    def _note_request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != self.host:
            self.heard.append(f"asks another host: {request.url}")

    def take(self) -> list[str]:
        taken, self.heard = self.heard, []
        return taken


def walks(scene: Scene) -> list[Walk]:
    return [
        Walk(None, visitor_pages(scene) | lookup_pages(scene)),
        Walk(scene.member, member_pages(scene) | quiz_pages(scene) | board_pages(scene)),
        Walk(scene.member, earned_pages(scene)),
        Walk(scene.member, {"404": "/no-such-page/"}, status=404),
        Walk(scene.outsider, {"members only": scene.course.url}, status=403),
        Walk(scene.outsider, {"board refused": reverse("learning:board")}, status=403),
    ]


def visitor_pages(scene: Scene) -> dict[str, str]:
    return {
        "visitor's home": "/",
        "login": reverse("account_login"),
        "code login": reverse("account_request_login_code"),
        "visitor's article": scene.article.url,
        "visitor's article of all blocks": scene.illustrated.url,
        "visitor's course": scene.open_lesson.get_parent().url,
        "visitor's lesson": scene.open_lesson.url,
        "verify": reverse("verify"),
        "visitor's column": scene.column.url,
        "visitor's audio column": scene.series.url,
        "local picks": reverse("local"),
        "mini-program": reverse("local_app", args=[scene.app.pk]),
    }


def lookup_pages(scene: Scene) -> dict[str, str]:
    """Where she looks things up: a law, an entry out of force, searches with and without a hit."""
    index, law = KnowledgeIndexPage.objects.get(), "反家庭暴力法"
    articles = [law_article(f"第{number}条", "保护令。", law) for number in ("一", "二", "三")]
    body = [heading("第一章 总则"), *articles]
    law = make_entry(index, scene.category, title=law, slug="law", body=body, tags=["保护令"])
    expired = make_entry(index, scene.category, is_expired=True, successor=scene.entry)
    searches = {"words": "保护令", "letters": "bhl", "an article": "反家庭暴力法 3条"}
    searches |= {"nothing": "火星探测器", "no words": "", "too many words": "保" * 90}
    return {
        "law": law.url,
        "law without such an article": f"{law.url}?article=99",
        "expired entry": expired.url,
        "search by tag": f"{reverse('search')}?{urlencode({'tag': '保护令'})}",
    } | {
        f"search for {name}": f"{reverse('search')}?{urlencode({'q': query})}"
        for name, query in searches.items()
    }


def member_pages(scene: Scene) -> dict[str, str]:
    return {
        "home": "/",
        "courses": reverse("courses:index"),
        "course": scene.course.url,
        "film lesson": scene.film_lesson.url,
        "text lesson": scene.text_lesson.url,
        "academy": scene.academy.url,
        "columns": scene.columns.url,
        "column": scene.column.url,
        "audio column": scene.series.url,
        "article": scene.article.url,
        "article of all blocks": scene.illustrated.url,
        "knowledge": scene.knowledge.url,
        "knowledge category": f"{scene.knowledge.url}?category={scene.category.slug}",
        "knowledge entry": scene.entry.url,
        "me": reverse("me"),
        "plan": reverse("learning:plan", args=[scene.plan.pk]),
        "sign out": reverse("account_logout"),
    }


def earned_pages(scene: Scene) -> dict[str, str]:
    """What she has to show after some learning: points, a certificate, favourites."""
    template = CertificateTemplate.objects.create(
        title="结业证书", federation=scene.tree.province, issuer="广东省妇女联合会"
    )
    today = timezone.localdate()
    CertificateRule.objects.create(template=template, page=scene.course, starts_on=today)
    for page in (scene.text_lesson, scene.course):
        complete_page(member=scene.member, page_id=page.pk, now=timezone.now(), seconds=200)
    set_favourite_page(
        member=scene.member, page_id=scene.entry.pk, is_favourite=True, now=timezone.now()
    )
    fold_outcomes(followers=FOLLOWERS, now=timezone.now())
    number = Certificate.objects.get(member=scene.member).shown_number
    return {
        "sound lesson": f"{scene.film_lesson.url}?by=audio",
        "plans": reverse("learning:plans"),
        "record": reverse("learning:record"),
        "favourites": reverse("learning:favourites"),
        "ledger": reverse("ledger:index"),
        "growth": reverse("ledger:growth"),
        "statement": reverse("ledger:statement", args=[today.year]),
        "certificates": reverse("certificates:list"),
        "certificate": reverse("certificates:certificate", args=[number]),
        "verified": reverse("verify_number", args=[number]),
    }


def quiz_pages(scene: Scene) -> dict[str, str]:
    done, running = hand_in_one(scene), start(scene)
    page = reverse("quizzes:resume", args=[running.pk])
    questions = {f"question {number}": f"{page}#q{number}" for number in range(1, 5)}
    questions |= {"hand in": f"{page}#finish"} | one_by_one(scene)
    return questions | {
        "quizzes": reverse("quizzes:index"),
        "quiz": scene.quiz.url,
        "confirm": reverse("quizzes:confirm", args=[running.pk]),
        "result": reverse("quizzes:result", args=[done.pk]),
        "reviewed question": reverse("quizzes:reviewed", args=[done.pk, 1]),
    }


def one_by_one(scene: Scene) -> dict[str, str]:
    """The modes that show one question from the server."""
    practice, challenge, ordered = (
        start_attempt(member=scene.member, quiz=quiz, now=timezone.now())
        for quiz in (scene.practice, scene.challenge, scene.ordered)
    )
    check_answer(
        attempt_id=practice.pk,
        member=scene.member,
        index=0,
        values=["b"],
        sequence=1,
        now=timezone.now(),
    )
    return {
        "practice": reverse("quizzes:question", args=[practice.pk, 2]),
        "practice judged": reverse("quizzes:question", args=[practice.pk, 1]),
        "challenge": reverse("quizzes:question", args=[challenge.pk, 1]),
        "in order": reverse("quizzes:question", args=[ordered.pk, 1]),
        "quiz with a password": scene.locked.url,
        "daily": scene.daily.url,
    }


def board_pages(scene: Scene) -> dict[str, str]:
    units = {
        "province": scene.tree.province,
        "town": scene.tree.town,
        "village": scene.tree.village,
    }
    boards = {
        f"board of a {level}": f"{reverse('learning:board')}?federation={unit.pk}"
        for level, unit in units.items()
    }
    return boards | {
        "board of all villages": f"{reverse('learning:board')}?level=5",
        "board of no quiz": f"{reverse('learning:board')}?kind=quiz",
        "boards": reverse("learning:boards"),
        "why": f"{reverse('learning:board_why')}?federation={scene.tree.village.pk}",
    }


def start(scene: Scene) -> Attempt:
    scene.quiz.time_limit = 20
    scene.quiz.save(update_fields=["time_limit"])
    attempt = start_attempt(member=scene.member, quiz=scene.quiz, now=timezone.now())
    for index, values in ((0, ["b"]), (3, ["出警"])):
        save_answer(
            attempt_id=attempt.pk,
            member=scene.member,
            index=index,
            values=values,
            sequence=1,
            now=timezone.now(),
        )
    return attempt


def hand_in_one(scene: Scene) -> Attempt:
    return submit_attempt(attempt_id=start(scene).pk, member=scene.member, now=timezone.now())


def find_faults(context: BrowserContext, address: str, scene: Scene, look) -> list[str]:
    """Walk through every page with `look`, which says what it finds wrong."""
    ears, page, faults = Ears(urlsplit(address).netloc), context.new_page(), []
    ears.listen(context)
    for walk in walks(scene):
        enter(context, address, walk.member)
        for name, url in walk.pages.items():
            page.goto("about:blank")  # another place on the same page (#q2) would load nothing
            status = page.goto(url).status
            found = [] if status == walk.status else [f"answers with {status}"]
            faults += [f"{name}: {fault}" for fault in found + look(page) + ears.take()]
    return faults


@pytest.mark.parametrize("size", LIMITS)
def test_every_page_on_a_phone(new_context, live_server, scene, size):
    context = new_context(PHONE)
    context.add_cookies([{"name": "text_size", "value": size, "url": live_server.url}])

    def look(page) -> list[str]:
        return find_axe_faults(page) + find_size_faults(page, **LIMITS[size])

    faults = find_faults(context, live_server.url, scene, look)

    assert not faults, "\n" + "\n".join(faults)


def test_every_page_on_a_pc(new_context, live_server, scene):
    def look(page) -> list[str]:
        return find_axe_faults(page) + find_size_faults(page, smallest_text=12, smallest_target=24)

    faults = find_faults(new_context(PC), live_server.url, scene, look)

    assert not faults, "\n" + "\n".join(faults)


def test_every_page_is_within_its_budget(phone, live_server, scene):
    @cache
    def weigh(address: str) -> int:
        """What goes over the wire, in bytes."""
        response = phone.request.get(address)
        assert response.ok, address
        return len(gzip.compress(response.body(), 6))

    faults = []
    for walk in walks(scene):
        enter(phone.context, live_server.url, walk.member)
        for name, url in walk.pages.items():
            html = phone.request.get(url).text()
            linked = LINKED.findall(html)
            script = sum(weigh(each) for each in linked if each.endswith(".js"))
            style = sum(weigh(each) for each in linked if each.endswith(".css"))
            page = len(gzip.compress(html.encode(), 6)) + script + style
            if page > 60 * KB or script > 25 * KB or not 0 < style <= 15 * KB:
                faults.append(f"{name}: page {page}, script {script}, style {style} bytes")

    assert not faults, "\n" + "\n".join(faults)
