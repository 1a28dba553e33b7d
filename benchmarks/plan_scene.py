"""A large roster in a five-level tree, with a plan that most have begun: made in SQL."""

from datetime import date, timedelta

from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from cms.models import AcademyPage
from courses.models import CoursePage, LessonPage
from federations.models import Federation, Level
from learning.models import Plan, PlanItem, Progress, ScoreStep
from members.models import Member
from quizzes.models import QuizPage

STEPS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def make_plan_scene(count: int, *, pages: int, team: int) -> dict:
    villages = _make_tree(-(-count // team))
    _make_members(count, villages)
    plan = _make_plan(pages)
    _make_progress(count, plan)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {"members": count, "federations": Federation.objects.count()}


def _step(number: int) -> str:
    return STEPS[number // 1296] + STEPS[number // 36 % 36] + STEPS[number % 36]


def _make_tree(villages: int) -> list[int]:
    """About 13 villages to a town, 13 towns to a county, 6 counties to a city, as in Guangdong."""
    nodes, ids = [], []

    def add(path: str, level: int, parent: int | None) -> int:
        pk = len(nodes) + 1
        nodes.append(
            Federation(
                pk=pk,
                path=path,
                depth=len(path) // 3,
                numchild=0 if level == Level.VILLAGE else 1,
                parent_id=parent,
                name=f"单位{pk}",
                level=level,
                kind="",
            )
        )
        return pk

    root = add(_step(1), Level.PROVINCE, None)
    number, paths = 0, {Level.PROVINCE: (_step(1), root)}
    while number < villages:
        for level, every in ((Level.CITY, 1014), (Level.COUNTY, 169), (Level.TOWN, 13)):
            if number % every == 0:
                above, parent = paths[level - 1]
                path = above + _step(number // every + 1)
                paths[level] = (path, add(path, level, parent))
        above, parent = paths[Level.TOWN]
        ids.append(add(above + _step(number % 13 + 1), Level.VILLAGE, parent))
        number += 1
    Federation.objects.bulk_create(nodes, batch_size=2000)
    _reset_ids(Federation)
    return ids


NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)"
MEMBERS = f"""
INSERT INTO members_member (id, name, phone, password, email, text_size, is_superuser, is_staff,
                            is_active, date_joined)
{NUMBERS}
SELECT i, '执委' || i, NULL, '!', '', '', {{no}}, {{no}}, {{yes}},
       %s
FROM n
"""  # noqa: S608 our own text
APPOINTMENTS = f"""
INSERT INTO federations_appointment (member_id, federation_id, position, term, source, starts_on,
                                     is_counted)
{NUMBERS}
SELECT i, v.id, '执委', '', '选举', %s, {{yes}}
FROM n JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM federations_federation
             WHERE level = 5) v ON v.place = n.i %% %s + 1
"""  # noqa: S608 our own text


def _make_members(count: int, villages: list[int]) -> None:
    flags = {"no": "FALSE", "yes": "TRUE"}
    born = connection.ops.adapt_datetimefield_value(timezone.now())
    began = connection.ops.adapt_datefield_value(date(2024, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute(MEMBERS.format(**flags), [count, born])
        cursor.execute(APPOINTMENTS.format(**flags), [count, began, len(villages)])
    _reset_ids(Member)


def _make_plan(pages: int) -> Plan:
    root = Page.get_first_root_node()
    academy = root.add_child(instance=AcademyPage(title="执委学堂", slug="academy"))
    course = academy.add_child(instance=CoursePage(title="课程", slug="course"))
    plan = Plan.objects.create(
        title="年度学习任务",
        federation=Federation.objects.get(level=Level.PROVINCE),
        opens_at=timezone.now() - timedelta(days=90),
        cutoff_at=timezone.now() + timedelta(days=30),
    )
    for number in range(pages):
        lesson = LessonPage(title=f"微课{number}", slug=f"lesson-{number}")
        page = (
            course.add_child(instance=lesson)
            if number
            else academy.add_child(instance=QuizPage(title="测验", slug="quiz"))
        )
        PlanItem.objects.create(plan=plan, page=page, sort_order=number)
    return plan


def _make_progress(count: int, plan: Plan) -> None:
    """Of five members one has done nothing, two half, two all; with a score at the quiz."""
    now = timezone.now() - timedelta(days=20)
    quiz, *lessons = plan.items.order_by("sort_order").values_list("page_id", flat=True)
    for place, page_id in enumerate((quiz, *lessons)):
        is_quiz = page_id == quiz
        _insert(
            Progress,
            {
                "member_id": "m.id",
                "page_id": "%s",
                "started_at": "%s",
                "completed_at": "%s",
                "handed_in_at": "%s" if is_quiz else "NULL",
                "best_score_bp": "6000 + m.id %% 4000" if is_quiz else "NULL",
                "updated_at": "%s",
            },
            f"m.id %% 5 > {0 if place < 3 else 2}",
            [page_id, now, now, *([now] if is_quiz else []), now],
        )
    _insert(
        ScoreStep,
        {
            "member_id": "m.id",
            "page_id": "%s",
            "score_bp": "6000 + m.id %% 4000",
            "reached_at": "%s",
        },
        "m.id %% 5 > 0",
        [quiz, now],
    )


def _insert(model, values: dict[str, str], condition: str, params: list) -> None:
    sql = (
        f"INSERT INTO {model._meta.db_table} ({', '.join(values)}) "  # noqa: S608 our own names
        f"SELECT {', '.join(values.values())} FROM members_member m WHERE {condition}"
    )
    moments = [
        connection.ops.adapt_datetimefield_value(each) if hasattr(each, "tzinfo") else each
        for each in params
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, moments)


def _reset_ids(model) -> None:
    with connection.cursor() as cursor:
        for reset in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(reset)
