"""Questions below a lesson: judged at once, scored nowhere, and silent while an exam asks them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import CourseIndexPage, LessonCheck, LessonPage
from federations.models import StaffRoleType
from learning.models import Progress
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.leaks import find_leaks, warn_of_checks
from quizzes.models import Attempt, QuestionBank, ReviewCard
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_committee_member, make_member
from tests.pages import make_lesson, make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

HIDDEN = {"review_right_after": [], "review_later": []}
KEY = "钥匙里的话"


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def bank(db):
    return make_bank()


@pytest.fixture
def question(bank):
    return make_question(bank, "blank", "妇女节是____。", (), (KEY,))


@pytest.fixture
def lesson(academy, question):
    lesson = make_lesson(academy, body="<p>字</p>")
    LessonCheck.objects.create(lesson=lesson, question=question, at_second=200)
    return lesson


def checks_of(client, lesson):
    return client.get(lesson.url).context["checks"]


def answer(client, lesson, value, **headers):
    token = checks_of(client, lesson)[0]["token"]
    data = {"token": token, "q1.response": value}
    return client.post(reverse("quizzes:lesson_check"), data, headers=headers)


def test_question_is_shown_without_its_key(client, member, lesson):
    page = client.get(lesson.url).content.decode()

    assert "妇女节是" in page
    assert "看到 3:20 时" in page
    assert KEY not in page


def test_answer_is_judged_and_explained(client, member, lesson, question):
    response = answer(client, lesson, KEY)
    page = client.get(lesson.url).content.decode()

    assert response.url == f"{lesson.url}#check-{question.pk}"
    assert "答对了" in page
    assert question.current.explanation in page
    assert not ReviewCard.objects.exists()


def test_fragment_holds_the_same(client, member, lesson, question):
    response = answer(client, lesson, "不知道", **{"HX-Request": "true"})

    assert response.status_code == 200
    assert "<html" not in response.content.decode()
    assert KEY in response.content.decode()


def test_wrong_answer_goes_into_the_mistakes_once(client, member, lesson, question):
    answer(client, lesson, "不知道")
    answer_again = {"token": checks_of(client, lesson)[0]["token"], "q1.response": "不知道"}
    client.post(reverse("quizzes:lesson_check"), answer_again)

    card = ReviewCard.objects.get(member=member, question=question)
    assert card.miss_count == 1


def test_nothing_of_it_is_scored(client, member, lesson):
    answer(client, lesson, KEY)

    assert not Attempt.objects.exists()
    assert not Progress.objects.exclude(completed_at=None).exists()


def test_empty_answer_shows_no_key(client, member, lesson):
    response = answer(client, lesson, " ", **{"HX-Request": "true"})

    assert "先选好或写好答案" in response.content.decode()
    assert KEY not in response.content.decode()
    assert not ReviewCard.objects.exists()


def test_she_may_answer_again(client, member, lesson, question):
    answer(client, lesson, KEY)
    page = client.get(f"{lesson.url}?again={question.pk}").content.decode()

    assert KEY not in page


@pytest.fixture
def exam(academy, question):
    exam = make_quiz_page(academy, **HIDDEN)
    fix_questions(exam, [question])
    return exam


def test_question_of_her_exam_is_not_judged(client, member, lesson, exam):
    token = checks_of(client, lesson)[0]["token"]
    start_attempt(member=member, quiz=exam, now=timezone.now())
    data = {"token": token, "q1.response": "不知道"}
    response = client.post(reverse("quizzes:lesson_check"), data, headers={"HX-Request": "true"})

    assert "交卷后再来看答案" in response.content.decode()
    assert KEY not in response.content.decode()
    assert not ReviewCard.objects.exists()


def test_earlier_answer_is_silent_during_the_exam(client, member, lesson, exam):
    answer(client, lesson, "不知道")
    attempt = start_attempt(member=member, quiz=exam, now=timezone.now())
    during = client.get(lesson.url).content.decode()
    submit_attempt(attempt_id=attempt.pk, member=member, now=timezone.now())
    after = client.get(lesson.url).content.decode()

    assert (KEY in during, KEY in after) == (False, True)


def test_visitor_is_asked_to_sign_in(client, home, question):
    public = home.add_child(instance=CourseIndexPage(title="公开课", slug="courses"))
    lesson = make_lesson(public, body="<p>字</p>")
    LessonCheck.objects.create(lesson=lesson, question=question)
    page = client.get(lesson.url).content.decode()

    assert "妇女节是" not in page
    assert "后可以做这几道自测题" in page


def test_token_of_another_member_opens_nothing(client, member, lesson):
    token = checks_of(client, lesson)[0]["token"]
    client.force_login(make_member())
    response = client.post(reverse("quizzes:lesson_check"), {"token": token, "q1.response": KEY})

    assert response.status_code == 404


@pytest.mark.parametrize("token", ["", "nonsense"])
def test_question_that_was_never_put_is_not_found(client, member, token):
    response = client.post(reverse("quizzes:lesson_check"), {"token": token})

    assert response.status_code == 404


def test_lesson_that_is_closed_meanwhile_answers_nothing(client, member, lesson):
    token = checks_of(client, lesson)[0]["token"]
    lesson.unpublish()
    response = client.post(reverse("quizzes:lesson_check"), {"token": token, "q1.response": KEY})

    assert response.status_code == 404


def test_retired_question_is_left_out(client, member, lesson, question):
    question.is_retired = True
    question.save()

    assert checks_of(client, lesson) == []


def test_queries_do_not_grow_with_questions(client, member, lesson, bank):
    few = count_queries(client, lesson.url)
    for _number in range(5):
        LessonCheck.objects.create(lesson=lesson, question=make_question(bank))

    assert count_queries(client, lesson.url) == few


def test_editor_of_an_exam_is_warned_of_the_lesson(lesson, exam):
    (warning,) = find_leaks(exam)

    assert lesson.title in warning


def test_editor_of_the_lesson_is_warned_of_the_exam(lesson, exam, question):
    assert exam.title in warn_of_checks([question.pk], timezone.now())


def test_exam_that_shows_its_answers_is_no_leak(lesson, academy, question):
    fix_questions(make_quiz_page(academy), [question])

    assert warn_of_checks([question.pk], timezone.now()) == ""


def test_question_that_was_taken_away_is_judged_no_more(client, member, lesson):
    token = checks_of(client, lesson)[0]["token"]
    lesson.checks.all().delete()
    lesson.save()
    data = {"token": token, "q1.response": KEY}

    assert client.post(reverse("quizzes:lesson_check"), data).status_code == 404


def test_editor_asks_questions_of_banks_that_she_may_use(home, academy, tree):
    editor = make_editor(home, tree.village, StaffRoleType.EDITOR)
    bank = QuestionBank.objects.create(name="别处的题库", federation=tree.other_city)
    strange = make_question(bank)
    form_class = LessonPage.get_edit_handler().get_form_class()
    lesson = make_lesson(academy, body="<p>字</p>")
    form = form_class(instance=lesson, for_user=editor, parent_page=lesson.get_parent())
    offered = form.formsets["checks"].empty_form.fields["question"].queryset

    assert strange not in offered
