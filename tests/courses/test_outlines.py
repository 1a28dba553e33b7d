"""Courses: sections in the editor's order, what completes them, what must come first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.models import LifeStage
from config.followers import FOLLOWERS
from config.tasks import close_and_freeze
from courses.domain.completion import look_again
from courses.minutes import lesson_minutes
from courses.models import CoursePage
from courses.outlines import lessons_after, outline_of, outlines_of
from learning.domain.outcomes import fold_outcomes
from learning.domain.progress import complete_page, record_score
from learning.domain.standings import fold_standings
from learning.models import Plan, PlanItem, PlanRosterEntry, Progress, Standing
from tests.counting import count_queries
from tests.factories import make_committee_member
from tests.pages import make_course, make_lesson, make_quiz_page

NOW = timezone.now()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def course(academy):
    return make_course(academy, title="维权实务")


@pytest.fixture
def lessons(course):
    return [make_lesson(course, title=f"第{n}课") for n in range(3)]


@pytest.fixture
def quiz(course):
    return make_quiz_page(course, title="小测")


def lay_out(course, *sections, **fields):
    """Each section: (title, [(page, is required), …])."""
    course.outline = [
        (
            "section",
            {
                "title": title,
                "items": [{"page": page, "is_required": needed} for page, needed in items],
            },
        )
        for title, items in sections
    ]
    for name, value in fields.items():
        setattr(course, name, value)
    course.save()
    return CoursePage.objects.get(pk=course.pk)


def fold(now=NOW + timedelta(hours=1)):
    fold_outcomes(followers=FOLLOWERS, now=now)


def is_finished(member, page) -> bool:
    return any(finished_at(member, page))


def finished_at(member, page):
    return Progress.objects.filter(member=member, page=page).values_list("completed_at", flat=True)


def test_without_an_outline_all_lessons_are_required_in_tree_order(course, lessons, quiz):
    outline = outline_of(course)

    assert [item.page_id for item in outline.items] == [page.pk for page in (*lessons, quiz)]
    assert [item.page_id for item in outline.required] == [lesson.pk for lesson in lessons]


def test_outline_has_the_editors_order_and_the_rest_is_optional(course, lessons, quiz):
    first, second, third = lessons
    course = lay_out(course, ("先学", [(third, True), (quiz, True)]), ("再学", [(first, False)]))
    outline = outline_of(course)

    shown = [(s.title, [item.page_id for item in s.items]) for s in outline.sections]
    assert shown == [
        ("先学", [third.pk, quiz.pk]),
        ("再学", [first.pk]),
        ("更多内容", [second.pk]),
    ]
    assert [item.page_id for item in outline.required] == [third.pk, quiz.pk]


def test_pages_that_are_not_live_here_are_not_in_the_outline(academy, course, lessons):
    elsewhere = make_lesson(academy)
    lessons[0].unpublish()
    course = lay_out(course, ("节", [(lessons[0], True), (elsewhere, True), (lessons[1], True)]))

    assert [item.page_id for item in outline_of(course).required] == [lessons[1].pk]


def test_outlines_take_the_same_queries_for_one_and_for_many(academy, course, lessons):
    def ask():
        with CaptureQueriesContext(connection) as captured:
            outlines_of(CoursePage.objects.live())
        return len(captured)

    one = ask()
    for _each in range(5):
        make_lesson(academy)

    assert ask() == one


def test_course_is_finished_with_its_last_required_page(course, lessons, member):
    for place, lesson in enumerate(lessons):
        assert not is_finished(member, course)
        complete_page(member=member, page_id=lesson.pk, now=NOW + place * MINUTE)
        fold()

    assert list(finished_at(member, course)) == [NOW + 2 * MINUTE]
    fold()
    assert Progress.objects.filter(member=member, page=course).count() == 1


@pytest.mark.parametrize(("needs_pass", "expected"), [(True, False), (False, True)])
def test_required_quiz_must_be_passed_where_the_course_says_so(
    course, quiz, member, needs_pass, expected
):
    lay_out(course, ("节", [(quiz, True)]), needs_pass=needs_pass)
    record_score(member=member, page_id=quiz.pk, score_bp=100, has_passed=False, now=NOW)
    fold()
    assert is_finished(member, course) is expected

    record_score(member=member, page_id=quiz.pk, score_bp=9000, has_passed=True, now=NOW)
    fold()
    assert is_finished(member, course)


def test_course_with_nothing_required_is_finished_by_nobody(course, lessons, member):
    lay_out(course, ("节", [(lessons[0], False)]))
    complete_page(member=member, page_id=lessons[0].pk, now=NOW)
    fold()

    assert not is_finished(member, course)


def test_finished_course_stays_finished_when_a_lesson_is_added(course, lessons, member):
    for lesson in lessons:
        complete_page(member=member, page_id=lesson.pk, now=NOW)
    fold()
    late = make_lesson(course)
    complete_page(member=member, page_id=late.pk, now=NOW + MINUTE)
    fold()

    assert list(finished_at(member, course)) == [NOW]


def test_finished_course_counts_in_a_plan_that_holds_it(course, lessons, member, tree):
    plan = Plan.objects.create(title="任务", federation=tree.province, opens_at=NOW)
    PlanItem.objects.create(plan=plan, page=course)
    for lesson in lessons:
        complete_page(member=member, page_id=lesson.pk, now=NOW)
    fold()
    fold_standings(now=NOW + timedelta(hours=1))

    assert Standing.objects.get(plan=plan, federation=tree.province).subtree_completed == 1


def test_course_finished_right_before_the_cutoff_is_in_the_frozen_roster(
    course, lessons, member, tree
):
    """The fold may be seconds behind; the freeze waits for it."""
    cutoff = timezone.now() - timedelta(minutes=1)
    plan = Plan.objects.create(
        title="任务",
        federation=tree.province,
        opens_at=cutoff - timedelta(days=9),
        cutoff_at=cutoff,
    )
    PlanItem.objects.create(plan=plan, page=course)
    for lesson in lessons:
        complete_page(member=member, page_id=lesson.pk, now=cutoff - timedelta(seconds=1))
    close_and_freeze()

    assert PlanRosterEntry.objects.get(plan=plan, member=member).has_completed


def test_fold_takes_the_same_queries_for_one_and_for_thirty_members(course, lessons, tree):
    def finish_first_lesson(count):
        for _each in range(count):
            someone = make_committee_member(tree.village)
            complete_page(member=someone, page_id=lessons[0].pk, now=NOW)
        with CaptureQueriesContext(connection) as captured:
            fold()
        return len(captured)

    assert finish_first_lesson(1) == finish_first_lesson(30)


def test_course_tells_no_pass_that_its_quiz_keeps_to_itself(client, course, quiz, member):
    """Neither by being finished nor by its count; it is finished once the quiz tells."""
    quiz.review_right_after = quiz.review_later = []
    quiz.closes_at = timezone.now() + timedelta(days=1)
    quiz.save()
    lay_out(course, ("节", [(quiz, True)]))
    record_score(member=member, page_id=quiz.pk, score_bp=9000, has_passed=True, now=NOW)
    fold()
    client.force_login(member)
    assert client.get(course.url).context["progress"].done == 0
    assert not is_finished(member, course)

    quiz.closes_at = timezone.now() - timedelta(hours=1)
    quiz.save()
    record_score(member=member, page_id=quiz.pk, score_bp=9000, has_passed=True, now=NOW)
    fold()
    assert list(finished_at(member, course)) == [NOW]


def test_course_that_was_begun_says_so(course, lessons, member):
    complete_page(member=member, page_id=lessons[0].pk, now=NOW)
    fold()

    assert list(finished_at(member, course)) == [None]


def test_course_that_asks_for_less_is_finished_by_who_has_the_rest(course, lessons, member):
    look_again(course_id=course.pk, now=NOW)
    for lesson in lessons[:2]:
        complete_page(member=member, page_id=lesson.pk, now=NOW)
    fold()
    assert look_again(course_id=course.pk, now=NOW) == 0  # it asks for the same
    lessons[2].unpublish()

    assert look_again(course_id=course.pk, now=NOW) == 1
    fold()
    assert list(finished_at(member, course)) == [NOW]


def test_next_lesson_is_the_outlines(course, lessons):
    first, second, third = lessons
    course = lay_out(course, ("节", [(third, True), (first, True)]))

    assert lessons_after(third) == [first.pk, second.pk]
    assert lessons_after(second) == []


def test_only_what_is_required_and_left_takes_time(course, lessons, member):
    lay_out(course, ("节", [(lessons[0], True), (lessons[1], True), (lessons[2], False)]))
    complete_page(member=member, page_id=lessons[0].pk, now=NOW)

    assert lesson_minutes(member, [course.pk]) == {course.pk: 1}


class TestPages:
    def get(self, client, member, page):
        client.force_login(member)
        return client.get(page.url)

    def test_sections_are_shown_with_numbered_lessons_and_optional_marks(
        self, client, member, course, lessons, quiz
    ):
        lay_out(course, ("说清楚", [(lessons[1], True)]), ("练一练", [(quiz, False)]))
        text = self.get(client, member, course).content.decode()

        assert text.index("说清楚") < text.index("1. 第1课") < text.index("练一练")
        assert text.index("练一练") < text.index("小测") < text.index("选学")
        assert "更多内容" in text

    def test_lessons_are_locked_until_those_before_are_finished(
        self, client, member, course, lessons
    ):
        course.is_sequential = True
        course.save()
        assert self.get(client, member, course).content.decode().count("先学前面的") == 2
        needed = self.get(client, member, lessons[2]).context["needed"]
        assert needed.pk == lessons[0].pk

        complete_page(member=member, page_id=lessons[0].pk, now=NOW)
        assert self.get(client, member, lessons[1]).context["needed"] is None
        assert self.get(client, member, course).content.decode().count("先学前面的") == 1

    def test_finished_lesson_stays_open_when_something_comes_before_it(
        self, client, member, course, lessons
    ):
        complete_page(member=member, page_id=lessons[2].pk, now=NOW)
        course.is_sequential = True
        course.save()

        assert self.get(client, member, lessons[2]).context["needed"] is None
        assert self.get(client, member, course).content.decode().count("先学前面的") == 1

    def test_prerequisite_course_locks_every_lesson(self, client, member, academy, course, lessons):
        before = make_course(academy, title="入门课")
        course.prerequisites.add(before)
        course.save()

        assert "先学完《入门课》" in self.get(client, member, course).content.decode()
        assert self.get(client, member, lessons[0]).context["needed"].pk == before.pk
        complete_page(member=member, page_id=before.pk, now=NOW)
        assert self.get(client, member, lessons[0]).context["needed"] is None

    def test_courses_are_found_by_stage_of_life(self, client, member, academy, course):
        stage = LifeStage.objects.create(name="银龄")
        LifeStage.objects.create(name="没有课程的阶段")
        course.life_stages.add(stage)
        course.save()
        make_course(academy, title="别的课")
        client.force_login(member)

        everything = client.get(reverse("courses:index")).content.decode()
        assert "别的课" in everything
        assert "没有课程的阶段" not in everything
        chosen = client.get(reverse("courses:index"), {"stage": stage.pk}).content.decode()
        assert "维权实务" in chosen
        assert "别的课" not in chosen
        assert "别的课" in client.get(reverse("courses:index"), {"stage": "abc"}).content.decode()

    def test_course_page_takes_the_same_queries_for_one_and_thirty_lessons(
        self, client, member, course
    ):
        client.force_login(member)
        make_lesson(course)
        make_quiz_page(course)
        client.get(course.url)
        one = count_queries(client, to=course.url)
        for _each in range(29):
            make_lesson(course)

        assert count_queries(client, to=course.url) == one

    def test_locked_lesson_credits_nothing_and_cannot_be_read(
        self, client, member, course, lessons
    ):
        course.is_sequential = True
        course.save()
        client.force_login(member)
        url = reverse("courses:watch", args=[lessons[1].pk])
        report = {"lesson": lessons[1].pk, "intervals": [[0, 100]], "position": 100}
        reply = client.post(url, report, content_type="application/json")

        assert (reply.status_code, reply.json()["gone"]) == (404, True)
        assert client.post(reverse("courses:read", args=[lessons[1].pk])).url == lessons[1].url
        assert not Progress.objects.filter(page=lessons[1]).exists()
        page = client.get(lessons[1].url).content.decode()
        assert "先学完《第0课》" in page
        assert "data-media" not in page
