"""Plans as the member sees them: what is left and how long it takes, and what has closed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.minutes import lesson_minutes
from courses.models import LessonMedia
from learning.domain.progress import complete_page
from learning.domain.standings import freeze_due_plans, rebuild_standings
from learning.models import PlanItem
from learning.rules.figures import missing_to_target
from quizzes.minutes import quiz_minutes
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member
from tests.learning.test_mine import course, make_plan, member  # noqa: F401 fixtures
from tests.pages import make_lesson, make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

NOW = timezone.now()


@pytest.fixture
def film(db):
    return LessonMedia.objects.create(title="片", type="video", duration=290, file="lessons/x.mp4")


def show(client, plan):
    return client.get(reverse("learning:plan", args=[plan.pk]))


def card(client):
    (found,) = client.get(reverse("me")).context["plans"]
    return found


def test_card_says_how_long_is_left(client, member, tree, course, film):  # noqa: F811
    lessons = [make_lesson(course, media=film) for _each in range(3)]
    make_plan(tree.province, lessons)
    complete_page(member=member, page_id=lessons[0].pk, now=NOW)

    assert card(client).minutes_text == "还要约 10 分钟"


def test_electives_are_shown_and_never_asked_for(client, member, tree, course):  # noqa: F811
    required, elective = make_lesson(course, title="必"), make_lesson(course, title="选")
    plan = make_plan(tree.province, [elective, required])
    PlanItem.objects.filter(page=elective).update(is_required=False)
    complete_page(member=member, page_id=required.pk, now=NOW)

    shown = show(client, plan)
    assert (card(client).left_text, card(client).electives) == ("全部完成", 1)
    assert [item["title"] for item in shown.context["items"]] == ["必", "选"]
    assert (shown.context["done_count"], shown.context["required_count"]) == (1, 1)
    assert "选修" in shown.content.decode()


def test_finished_course_completes_its_item(client, member, tree, course):  # noqa: F811
    plan = make_plan(tree.province, [course])
    complete_page(member=member, page_id=course.pk, now=NOW)

    assert show(client, plan).context["done_count"] == 1


def test_paused_plan_leaves_the_list_and_says_so_on_its_page(
    client,
    member,  # noqa: F811
    tree,
    course,  # noqa: F811
):
    plan = make_plan(tree.province, [make_lesson(course)], paused_at=NOW)

    assert client.get(reverse("me")).context["plans"] == []
    assert "已暂停" in show(client, plan).content.decode()
    assert show(client, plan).context["next_item"] is None
    assert [each.is_paused for each in client.get(reverse("learning:plans")).context["open"]] == [
        True
    ]


@pytest.mark.parametrize(
    "fields",
    [{"positions": ["主席"]}, {"levels": [4]}, {"reach": "own"}, {"levels": [5], "reach": "own"}],
)
def test_plan_that_does_not_ask_her_is_not_hers(client, member, tree, course, fields):  # noqa: F811
    plan = make_plan(tree.province, [make_lesson(course)], **fields)

    assert client.get(reverse("me")).context["plans"] == []
    assert show(client, plan).status_code == 404


def test_closed_plan_stays_among_hers_when_she_has_moved(client, member, tree, course):  # noqa: F811
    lesson = make_lesson(course)
    plan = make_plan(tree.town, [lesson], cutoff_at=NOW - timedelta(minutes=5))
    freeze_due_plans(now=NOW)
    member.appointments.update(federation=tree.other_village)
    complete_page(member=member, page_id=lesson.pk, now=NOW)

    (past,) = client.get(reverse("learning:plans")).context["past"]
    (item,) = show(client, plan).context["items"]
    assert (past.title, past.left_text) == ("任务", "截止时还差 1 项")
    assert (item["is_done"], item["is_late"]) == (False, True)


def test_closed_plan_waits_for_the_freeze_among_the_past_ones(
    client,
    member,  # noqa: F811
    tree,
    course,  # noqa: F811
):
    make_plan(tree.town, [make_lesson(course)], cutoff_at=NOW - timedelta(seconds=5))

    shown = client.get(reverse("learning:plans")).context
    assert ([each.is_closed for each in shown["past"]], shown["open"]) == ([True], [])


def test_closed_plan_of_others_is_not_among_hers(client, member, tree, course):  # noqa: F811
    make_committee_member(tree.other_village)
    make_plan(tree.other_town, [make_lesson(course)], cutoff_at=NOW - timedelta(minutes=5))
    freeze_due_plans(now=NOW)

    assert client.get(reverse("learning:plans")).context["past"] == []


def test_list_is_empty_for_someone_without_anything(client, home):
    client.force_login(make_member())

    assert "还没有你要完成的学习任务" in client.get(reverse("learning:plans")).content.decode()


def test_list_takes_as_many_queries_for_many_plans(client, member, tree, course):  # noqa: F811
    def add(number):
        for cutoff in (NOW - timedelta(minutes=5), NOW + timedelta(days=5)):
            make_plan(tree.province, [make_lesson(course)], title=str(number), cutoff_at=cutoff)
        freeze_due_plans(now=NOW)

    add(0)
    few = count_queries(client, "learning:plans")
    for number in range(1, 15):
        add(number)

    assert count_queries(client, "learning:plans") == few


def test_lessons_and_courses_say_how_long_they_take(member, course, film):  # noqa: F811
    first, second = make_lesson(course, media=film), make_lesson(course, media=film)
    make_lesson(course, media=film).unpublish()
    complete_page(member=member, page_id=first.pk, now=NOW)

    minutes = lesson_minutes(member, [course.pk, second.pk])
    assert minutes == {course.pk: 5, second.pk: 5}


@pytest.mark.parametrize(("limit", "minutes"), [(0, 3), (2, 2), (60, 3)])
def test_quiz_takes_a_minute_a_question_within_its_limit(member, academy, limit, minutes):  # noqa: F811
    quiz = make_quiz_page(academy, time_limit=limit)
    bank = make_bank()
    fix_questions(quiz, [make_question(bank, stem=f"第 {n} 题") for n in range(3)])

    assert quiz_minutes(member, [quiz.pk]) == {quiz.pk: minutes}


@pytest.mark.parametrize(
    ("completed", "due", "target", "missing"),
    [(0, 10, 85, 9), (9, 10, 85, 0), (8, 10, 80, 0), (0, 1, 1, 1), (0, 3, 100, 3), (5, 4, 50, 0)],
)
def test_missing_to_target_rounds_people_up(completed, due, target, missing):
    assert missing_to_target(completed, due, target) == missing


def test_board_shows_the_target(client, member, tree, course):  # noqa: F811
    plan = make_plan(tree.province, [make_lesson(course)], target_rate=80)
    rebuild_standings(plan_id=plan.pk, now=NOW)

    assert "目标完成率 80%：还差 1 人" in client.get(reverse("learning:board")).content.decode()
