"""What the benchmarks over HTTP stand on: a quiz, a film, many members, their sessions.

Imported after the settings are chosen.
"""

import logging
from collections.abc import Iterator
from datetime import date
from importlib import import_module

import django

django.setup()
logging.disable(logging.WARNING)

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402
from serving import SESSION, TOKEN, Visitor  # noqa: E402
from wagtail.models import Site  # noqa: E402

from cms.models import AcademyPage, ArticlePage, ColumnIndexPage, ColumnPage  # noqa: E402
from config.site_setup import set_up_site  # noqa: E402
from courses.domain.timeline import timeline_of  # noqa: E402
from courses.models import CoursePage, LessonMedia, LessonPage  # noqa: E402
from federations.domain.tree import add_federation  # noqa: E402
from federations.models import Appointment, Federation, Level, Position  # noqa: E402
from learning.models import Plan, PlanItem  # noqa: E402
from members.models import Member  # noqa: E402
from quizzes.domain.bank import save_question  # noqa: E402
from quizzes.models import QuestionBank, QuizPage, QuizQuestion  # noqa: E402

TABLES = ("quizzes_attempt", "quizzes_attemptevent", "learning_progress", "learning_scorestep")
SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


class Quiz:
    """Its id and its address."""

    def __init__(self, page: QuizPage):
        self.pk, self.address = page.pk, page.url


def make_quiz(stem: str, options: tuple[str, ...], count: int, *, port: int) -> Quiz:
    """A quiz in the academy that a plan of the province asks for."""
    cache.clear()
    set_up_site()
    Site.objects.update(hostname="127.0.0.1", port=port)
    province = add_federation(parent=None, name="广东省", level=Level.PROVINCE, code="44")
    bank = QuestionBank.objects.create(name="题库")
    for number in range(1, count + 1):
        save_question(
            bank=bank,
            type="single",
            stem=stem.format(number),
            options=options,
            answers=["B"],
            explanation="先看安全，再听她说，最后陪她一起想办法。",
        )
    page = AcademyPage.objects.get().add_child(
        instance=QuizPage(title="反家庭暴力法小测", slug="benchmark", time_limit=60)
    )
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=page, question=question, sort_order=place)
        for place, question in enumerate(bank.questions.order_by("pk"))
    )
    plan = Plan.objects.create(
        title="年度学习任务", federation=province, opens_at=timezone.now(), is_default=True
    )
    PlanItem.objects.create(plan=plan, page=page)
    return Quiz(page)


class Lesson:
    """A film: its id, the version of its recording, and its address."""

    def __init__(self, page: LessonPage):
        self.pk, self.version, self.address = page.pk, timeline_of(page).version, page.url


def make_film_lesson(seconds: int, *, port: int) -> Lesson:
    """The second of three lessons of a course in the academy, with what a real one has."""
    cache.clear()
    set_up_site()
    Site.objects.update(hostname="127.0.0.1", port=port)
    add_federation(parent=None, name="广东省", level=Level.PROVINCE, code="44")
    course = AcademyPage.objects.get().add_child(
        instance=CoursePage(title="维权实务", slug="course", teacher="李律师")
    )
    media = LessonMedia.objects.create(
        title="保护令",
        type="video",
        duration=seconds,
        file="lessons/none.mov",
        video="lessons/none.mp4",
        video_size=60_000_000,
        audio="lessons/none.m4a",
        audio_size=11_000_000,
    )
    lessons = [
        course.add_child(
            instance=LessonPage(
                title=f"三句话讲清人身安全保护令（{number}）",
                slug=f"lesson-{number}",
                media=media,
                points="先看安全\n再听她说\n陪她申请",
                transcript="<p>先看安全，再听她说，最后陪她一起想办法。</p>" * 20,
            )
        )
        for number in range(1, 4)
    ]
    return Lesson(lessons[1])


def make_article(*, port: int) -> str:
    """One article of a column with a hundred; returns its address."""
    cache.clear()
    set_up_site()
    Site.objects.update(hostname="127.0.0.1", port=port)
    province = add_federation(parent=None, name="广东省", level=Level.PROVINCE, code="44")
    column = ColumnIndexPage.objects.get().add_child(
        instance=ColumnPage(title="维权普法", slug="law")
    )
    body = [("heading", "先听她说"), ("paragraph", "<p>遇到难处，先听她把话说完。</p>" * 8)] * 4
    now = timezone.now()
    articles = [
        column.add_child(
            instance=ArticlePage(
                title=f"榕树下的十分钟微宣讲（{number}）",
                slug=f"article-{number}",
                summary="一个道理、一件身边事、一个能马上做的动作，十分钟就够。",
                body=body,
                federation=province,
                first_published_at=now - timezone.timedelta(hours=number),
            )
        )
        for number in range(100)
    ]
    article = articles[50]
    article.tags.set(["宣讲", "普法"])
    article.save()
    return article.url


def make_members(count: int) -> Iterator[str]:
    """Members counted at one village, signed in; yields each one's session."""
    village = Federation.get_first_root_node()
    for level, name in ((Level.CITY, "市"), (Level.COUNTY, "县"), (Level.TOWN, "镇")):
        village = add_federation(parent=village, name=name, level=level, code=f"44{level}")
    village = add_federation(parent=village, name="大黄村", level=Level.VILLAGE, code="445")
    members = Member.objects.bulk_create(
        (
            Member(name="陈秀英", phone=str(13_000_000_000 + number), password="!")  # noqa: S106
            for number in range(count)
        ),
        batch_size=2000,
    )
    Appointment.objects.bulk_create(
        (
            Appointment(
                member=member,
                federation=village,
                position=Position.MEMBER,
                starts_on=date(2024, 1, 1),
            )
            for member in members
        ),
        batch_size=2000,
    )
    return iter(sign_in(members))


def sign_in(members: list[Member]) -> list[str]:
    """Sessions as a sign-in leaves them: in the database and in the cache."""
    store, expires = SessionStore(), timezone.now() + timezone.timedelta(days=1)
    rows, cached = [], {}
    for member in members:
        data = {
            SESSION_KEY: str(member.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: member.get_session_auth_hash(),
        }
        key = get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789")
        rows.append(Session(session_key=key, session_data=store.encode(data), expire_date=expires))
        cached[store.cache_key_prefix + key] = data
    Session.objects.bulk_create(rows, batch_size=2000)
    cache.set_many(cached, 86_400)
    return [row.session_key for row in rows]


class StatementCounter:
    """Counts the SQL of what a visitor of this very process asks for."""

    def __enter__(self) -> "StatementCounter":
        self._captured = CaptureQueriesContext(connection).__enter__()
        return self

    def __exit__(self, *error) -> None:
        self._captured.__exit__(*error)

    @property
    def count(self) -> int:
        words = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
        return sum(not each["sql"].startswith(words) for each in self._captured.captured_queries)

    def visitor(self, session: str | None) -> Visitor:
        return _InProcess(session)


class _InProcess(Visitor):
    def __init__(self, session: str | None):
        self._client = Client(HTTP_HOST="127.0.0.1", HTTP_X_CSRFTOKEN=TOKEN)
        if session:
            self._client.cookies[SESSION] = session

    def ask(self, method: str, path: str, kind: str = "", body: str = ""):
        if method == "GET":
            response = self._client.get(path)
        else:
            response = self._client.post(path, body, content_type=kind)
        lines = "\r\n".join(f"{name}: {value}" for name, value in response.items())
        return response.status_code, lines, response.content


def backend_pids() -> list[int]:
    """The processes of PostgreSQL that serve this database to the web, not to us."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def packed_bytes() -> int:
    """Rows and indexes of what an attempt leaves, without the room of dead rows."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM FULL {table}")
        cursor.execute(f"SELECT {' + '.join(f'pg_total_relation_size({t!r})' for t in TABLES)}")
        return cursor.fetchone()[0]
