"""What the demo members have learnt so far: every event goes the way that a member's own would.

Nothing is written into the results; they come out of the same functions as in real life.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from config.demo.people import VILLAGE_MEMBER
from config.followers import FOLLOWERS
from courses.domain.reading import finish_reading
from courses.domain.timeline import timeline_of
from courses.domain.watching import Claim, open_lesson, report_watching
from courses.models import LessonPage
from federations.models import Appointment
from learning.domain.outcomes import fold_outcomes
from learning.models import Plan
from members.models import Member
from quizzes.domain.attempts import save_answer, start_attempt, submit_attempt
from quizzes.models import QuestionVersion, QuizPage
from quizzes.question_types.registry import get_type

DAYS_BACK = 100
DAYS_BETWEEN = 7


def load_history(rng: Random, progress: Callable) -> None:
    """Every team has its own diligence, every member her own luck."""
    plan = Plan.objects.get(is_default=True)
    pages = [item.page.specific for item in plan.items.select_related("page")]
    lessons = [page for page in pages if isinstance(page, LessonPage)]
    quizzes = [page for page in pages if isinstance(page, QuizPage)]
    diligence: dict[int, float] = {}
    appointments = Appointment.objects.select_related("member").exclude(
        member__phone=VILLAGE_MEMBER.phone
    )
    for appointment in progress(list(appointments)):
        team = diligence.setdefault(appointment.federation_id, rng.uniform(0.5, 1))
        learn(appointment.member, lessons, quizzes, team, rng)
    load_own_history(lessons)
    # Courses that the first one found finished earn points with the second.
    for _round in range(2):
        fold_outcomes(followers=FOLLOWERS, now=timezone.now())


def learn(member: Member, lessons: list, quizzes: list, team: float, rng: Random) -> None:
    """A diligent member does everything; others stop somewhere on the way."""
    now = timezone.now() - timedelta(days=rng.uniform(1, DAYS_BACK))
    is_thorough = rng.random() < team
    for lesson in lessons:
        if is_thorough or rng.random() < team / 2:
            now = rest(watch(member, lesson, now, share=1), rng)
    for quiz in quizzes:
        if is_thorough or rng.random() < team / 2:
            now = rest(answer(member, quiz, now, rng, skill=0.45 + team / 2), rng)


def rest(now: datetime, rng: Random) -> datetime:
    """Until she learns again: about a week, and never beyond today."""
    left = timezone.now() - now
    return now + min(timedelta(days=rng.expovariate(1 / DAYS_BETWEEN)), left / 4)


def watch(member: Member, lesson: LessonPage, now: datetime, *, share: float) -> datetime:
    """Watch the first `share` of the lesson in its own time; returns when she stopped."""
    timeline = timeline_of(lesson)
    open_lesson(member=member, lesson=timeline, now=now)
    if lesson.kind == "text":
        now += timedelta(minutes=5)
        finish_reading(member=member, lesson=lesson, now=now)
        return now
    played = int(timeline.length * share)
    now += timedelta(seconds=played / 10)
    claim = Claim(intervals=[[0, played]], position=played)
    report_watching(member=member, lesson=timeline, claims=[claim], now=now)
    return now + timedelta(minutes=1)


def answer(member: Member, quiz: QuizPage, now: datetime, rng: Random, *, skill: float) -> datetime:
    attempt = start_attempt(member=member, quiz=quiz, now=now, seed=rng.getrandbits(63))
    versions = QuestionVersion.objects.in_bulk(place["v"] for place in attempt.layout)
    for index, place in enumerate(attempt.layout):
        now += timedelta(seconds=rng.uniform(5, 25))
        save_answer(
            attempt_id=attempt.pk,
            member=member,
            index=index,
            values=respond(versions[place["v"]], rng, skill),
            sequence=round(now.timestamp() * 1000),
            now=now,
        )
    submit_attempt(attempt_id=attempt.pk, member=member, now=now)
    return now + timedelta(minutes=2)


def respond(version: QuestionVersion, rng: Random, skill: float) -> list[str]:
    """The right answer as often as her skill has it, else any other."""
    spec = get_type(version.type).from_data(version.data)
    is_known = rng.random() < skill
    if blanks := getattr(spec, "blanks", None):
        return [alternatives[0] if is_known else "不知道" for alternatives in blanks]
    return sorted(spec.right) if is_known else [rng.choice(spec.options).id]


def load_own_history(lessons: list[LessonPage]) -> None:
    """The village member of the sign-ins: one lesson finished, one left in the middle."""
    member = Member.objects.get(phone=VILLAGE_MEMBER.phone)
    now = timezone.now() - timedelta(days=2)
    films = [lesson for lesson in lessons if lesson.kind == "video"]
    watch(member, films[0], now, share=1)
    watch(member, films[1], now + timedelta(days=1), share=0.62)
