"""The quiz's own page, and the lists of quizzes: what applies to the member, and her attempts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.domain.progress import complete_page
from quizzes.domain.attempts import start_attempt, submit_attempt, void_attempt
from quizzes.models import Attempt, QuizOverride, QuizPrerequisite
from tests.factories import make_committee_member, make_member
from tests.pages import make_lesson, make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def make_quiz(academy):
    def make(**rules):
        quiz = make_quiz_page(academy, **rules)
        fix_questions(quiz, [make_question(make_bank())])
        return quiz

    return make


def page_of(client, quiz) -> str:
    return client.get(quiz.url).content.decode()


def take(member, quiz) -> Attempt:
    attempt = start_attempt(member=member, quiz=quiz, now=timezone.now())
    return submit_attempt(attempt_id=attempt.pk, member=member, now=timezone.now())


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        ({"time_limit": 20}, "限时 20 分钟"),
        ({"attempts_allowed": 3}, "共 3 次，还剩 3 次"),
        ({"wait": 90}, "隔 90 分钟才能再答"),
        ({"kept_score": "average"}, "平均"),
        ({"pass_mark": 70, "excellent_mark": 95}, "70 分及格，95 分优秀"),
        ({"is_sequential": True}, "不能回头"),
        ({"mode": "practice"}, "当场看到得分、对错、正确答案和讲解"),
        ({"mode": "challenge"}, "答错即止"),
        ({"mode": "daily"}, "每人每天一份"),
        ({"review_right_after": ["marks"]}, "交卷后马上看到得分"),
    ],
)
def test_rules_are_said_in_plain_words(client, member, make_quiz, rules, text):
    assert text in page_of(client, make_quiz(**rules))


def test_extra_time_is_said(client, member, make_quiz):
    quiz = make_quiz(time_limit=20)
    QuizOverride.objects.create(quiz=quiz, member=member, extra_minutes=10, reason="视力不好")
    html = page_of(client, quiz)

    assert "你有加时 10 分钟" in html
    assert "限时 30 分钟" in html


def test_what_must_be_learned_first_is_linked(client, member, academy, make_quiz):
    quiz, lesson = make_quiz(), make_lesson(academy, title="保护令怎么申请")
    QuizPrerequisite.objects.create(quiz=quiz, page=lesson)
    html = page_of(client, quiz)

    assert f'href="{lesson.url}"' in html
    assert "还没有学完" in html
    assert "开始答题" not in html


def test_what_has_been_learned_is_ticked_off(client, member, academy, make_quiz):
    quiz, lesson = make_quiz(), make_lesson(academy)
    QuizPrerequisite.objects.create(quiz=quiz, page=lesson)
    complete_page(member=member, page_id=lesson.pk, now=timezone.now())
    html = page_of(client, quiz)

    assert "已完成" in html
    assert "开始答题" in html


def test_daily_quiz_that_is_done_says_when_to_come_back(client, member, make_quiz):
    quiz = make_quiz(mode="daily")
    take(member, quiz)

    assert "明天再来" in page_of(client, quiz)


def test_wrong_password_stays_in_its_field(client, member, make_quiz):
    quiz = make_quiz(password="木棉")
    response = client.post(reverse("quizzes:start", args=[quiz.pk]), {"password": "茶花"})
    html = response.content.decode()

    assert response.status_code == 422
    assert 'value="茶花"' in html
    assert "口令不对" in html


def test_right_password_starts(client, member, make_quiz):
    quiz = make_quiz(password="木棉")
    client.post(reverse("quizzes:start", args=[quiz.pk]), {"password": "木棉"})

    assert Attempt.objects.get().is_open


def test_refusal_leads_back_to_the_quiz(client, member, make_quiz):
    quiz = make_quiz(closes_at=timezone.now() - timedelta(hours=1))
    response = client.post(reverse("quizzes:start", args=[quiz.pk]), follow=True)

    assert response.request["PATH_INFO"] == quiz.url
    assert "截止" in response.content.decode()


def test_voided_attempt_is_named_in_the_history(client, member, make_quiz):
    quiz = make_quiz()
    attempt = take(member, quiz)
    void_attempt(attempt_id=attempt.pk, by=make_member(), reason="重考", now=timezone.now())

    assert "已作废" in page_of(client, quiz)


def test_history_keeps_a_score_that_is_not_public(client, member, make_quiz):
    quiz = make_quiz(review_right_after=[], review_later=[])
    take(member, quiz)

    assert "第 1 次" in page_of(client, quiz)
    assert "0 分</h3>" not in page_of(client, quiz)


def test_attempt_whose_time_is_over_is_handed_in_on_sight(client, member, make_quiz):
    quiz = make_quiz(time_limit=1)
    start_attempt(member=member, quiz=quiz, now=timezone.now() - timedelta(hours=1))
    page_of(client, quiz)

    assert Attempt.objects.get().is_submitted


def test_list_names_the_mode(client, member, make_quiz):
    make_quiz(mode="challenge")
    html = client.get(reverse("quizzes:index")).content.decode()

    assert '<span class="tag">挑战</span>' in html


def test_weekly_card_goes_by_her_own_closing(client, member, make_quiz):
    quiz = make_quiz(title="已截止的测验", closes_at=timezone.now() - timedelta(days=1))
    before = client.get("/").content.decode()
    later = timezone.now() + timedelta(days=1)
    QuizOverride.objects.create(quiz=quiz, member=member, closes_at=later, reason="补考")

    assert ("已截止的测验" in before, "已截止的测验" in client.get("/").content.decode()) == (
        False,
        True,
    )


def test_weekly_card_leaves_out_the_daily_quiz_that_is_done(client, member, make_quiz):
    quiz = make_quiz(mode="daily", title="每天一题")
    before = client.get("/").content.decode()
    take(member, quiz)

    assert ("每天一题" in before, "每天一题" in client.get("/").content.decode()) == (True, False)
