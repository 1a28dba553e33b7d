"""100,000 handed-in attempts of 20 questions each, made in bulk: what the benchmarks work on."""

import random
from datetime import timedelta
from uuid import uuid4

from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from cms.models import AcademyPage
from federations.domain.tree import add_federation
from federations.models import Appointment, Level
from learning.models import Plan, PlanItem, Progress, ScoreStep
from members.models import Member
from quizzes.models import Attempt, Question, QuestionBank, QuestionVersion, QuizPage, QuizQuestion

QUESTIONS, BATCH = 20, 2000
OPTIONS = [{"id": key, "text": text} for key, text in zip("abcd", "甲乙丙丁", strict=True)]


def make_scene(count: int) -> QuizPage:
    """A quiz with `count` attempts by as many members, below a plan that holds it.

    The first 2,000 are made one by one, the others are their copies in SQL.
    """
    villages = _make_villages()
    quiz = _make_quiz()
    plan = Plan.objects.create(
        title="任务", federation=villages[0].get_root(), opens_at=timezone.now()
    )
    PlanItem.objects.create(plan=plan, page=quiz)
    versions = [each.question.current_id for each in quiz.fixed_questions.all()]
    _make_batch(range(min(BATCH, count)), quiz, versions, villages, random.Random(7))
    for start in range(BATCH, count, BATCH):
        _copy(Member, start, phone="NULL")
        for model in (Appointment, Attempt, Progress, ScoreStep):
            _copy(model, start, member_id=f"member_id + {start}")
    return quiz


def _copy(model, offset: int, **changed: str) -> None:
    """Copy the first rows of a table, with ids that are `offset` higher."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = {"id": f"id + {offset}", **changed}
    first = f"SELECT MIN(id) FROM {model._meta.db_table}"  # noqa: S608 our own names
    sql = (
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "  # noqa: S608
        f"SELECT {', '.join(values.get(each, each) for each in columns)} "
        f"FROM {model._meta.db_table} WHERE id < ({first}) + {BATCH}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for reset in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(reset)


def _make_villages() -> list:
    root = add_federation(parent=None, name="广东省", level=Level.PROVINCE, code="44")
    city = add_federation(parent=root, name="梅州市", level=Level.CITY, code="4414")
    county = add_federation(parent=city, name="梅县区", level=Level.COUNTY, code="441403")
    town = add_federation(parent=county, name="松口镇", level=Level.TOWN, code="441403101")
    return [
        add_federation(
            parent=town, name=f"第{number}村", level=Level.VILLAGE, code=f"441403101{number:03}"
        )
        for number in range(1, 101)
    ]


def _make_quiz() -> QuizPage:
    root = Page.get_first_root_node()
    academy = root.add_child(instance=AcademyPage(title="执委学堂", slug=f"a-{uuid4().hex[:8]}"))
    quiz = academy.add_child(instance=QuizPage(title="年度测验", slug="quiz"))
    bank = QuestionBank.objects.create(name="题库")
    for number in range(QUESTIONS):
        question = Question.objects.create(bank=bank, fingerprint=str(number))
        question.current = QuestionVersion.objects.create(
            question=question,
            number=1,
            type="single",
            stem=f"第 {number} 题应该选哪一个？",
            data={"options": OPTIONS, "right": ["b"]},
        )
        question.save()
        QuizQuestion.objects.create(quiz=quiz, question=question, sort_order=number)
    return quiz


def _make_batch(numbers: range, quiz: QuizPage, versions: list, villages: list, rng) -> None:
    now = timezone.now()
    members = Member.objects.bulk_create(
        Member(name=f"执委{number}", phone=str(12_900_000_000 + number)) for number in numbers
    )
    Appointment.objects.bulk_create(
        Appointment(
            member=member,
            federation=villages[member.pk % len(villages)],
            position="member",
            starts_on=now.date() - timedelta(days=300),
        )
        for member in members
    )
    attempts = [_make_attempt(member, quiz, versions, now, rng) for member in members]
    Attempt.objects.bulk_create(attempts)
    Progress.objects.bulk_create(
        Progress(
            member_id=each.member_id,
            page=quiz,
            started_at=now,
            completed_at=now,
            handed_in_at=now,
            best_score_bp=each.score_bp,
            passed_at=now if each.has_passed else None,
            updated_at=now,
        )
        for each in attempts
    )
    ScoreStep.objects.bulk_create(
        ScoreStep(member_id=each.member_id, page=quiz, score_bp=each.score_bp, reached_at=now)
        for each in attempts
    )


def _make_attempt(member, quiz: QuizPage, versions: list, now, rng) -> Attempt:
    ability = rng.random()
    chosen = ["b" if rng.random() < ability else rng.choice("acd") for _ in versions]
    rights = chosen.count("b")
    score_bp = (rights * 10_000 + len(versions) // 2) // len(versions)
    return Attempt(
        member=member,
        quiz=quiz,
        number=1,
        state="submitted",
        question_count=len(versions),
        layout=[{"v": pk, "o": rng.sample("abcd", 4)} for pk in versions],
        answers={f"q{i}": {"s": 1_795_000_000_000 + i, "r": [c]} for i, c in enumerate(chosen)},
        marks=[["1", "right"] if each == "b" else ["0", "wrong"] for each in chosen],
        score_bp=score_bp,
        has_passed=score_bp >= 6000,
        started_at=now,
        submitted_at=now,
    )
