"""The marking desk: one answer after another, and nobody's name."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from federations.models import StaffRoleType
from quizzes.desk import marking as desk
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.marking import give_mark
from quizzes.models import Attempt, ManualMark
from quizzes.question_types.base import Authoring, Part
from quizzes.question_types.registry import get_type
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_committee_member, make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

pytestmark = pytest.mark.django_db

RUBRIC = {"rubric": "先确认安全|4\n告诉她可以报警|6"}


@pytest.fixture
def marker(client, home, academy, tree):
    marker = make_editor(home, tree.town, StaffRoleType.EXAMINER)
    client.force_login(marker)
    return marker


@pytest.fixture
def quiz(academy, tree):
    return make_quiz(academy, tree.town)


def make_short(**settings):
    question = make_question(make_bank(), type="short", options=(), answers=("先确认人身安全。",))
    store(question, Authoring(question.current.stem, (), ("先确认人身安全。",), settings))
    return question


def store(question, authoring) -> None:
    question_type = get_type(question.current.type)
    question.current.data = question_type.to_data(question_type.parse(authoring))
    question.current.save()


def make_case():
    parts = (
        Part("judge", Authoring("可以马上离开。", (), ("错",))),
        Part("short", Authoring("你会怎么说？", (), ("先听她说。",))),
    )
    question = make_question(make_bank(), type="single", stem="一位姐妹深夜来求助。")
    question.current.type = "case"
    store(question, Authoring("一位姐妹深夜来求助。", parts=parts))
    return question


def make_quiz(academy, federation, *questions, **fields):
    quiz = make_quiz_page(academy, federation=federation, **fields)
    fix_questions(quiz, questions or [make_short()])
    return quiz


def hand_in(quiz, tree, *texts, name="陈秀英", member=None) -> Attempt:
    member, now = member or make_committee_member(tree.village, name), timezone.now()
    attempt = start_attempt(member=member, quiz=quiz, now=now)
    answers = {f"q{place}": {"s": 1, "r": list(text)} for place, text in enumerate(texts)}
    Attempt.objects.filter(pk=attempt.pk).update(answers=answers)
    return submit_attempt(attempt_id=attempt.pk, member=member, now=now)


def url_of(attempt, place=0, part=0, query="") -> str:
    return reverse("marking_answer", args=[attempt.quiz_id, attempt.pk, place, part]) + query


def next_url(quiz) -> str:
    return reverse("marking_next", args=[quiz.pk])


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def mark(client, attempt, percent=80, **data):
    return client.post(url_of(attempt), {"percent": percent} | data)


def test_desk_lists_quizzes_that_wait(client, tree, academy, marker, quiz):
    make_quiz(academy, tree.town)
    hand_in(quiz, tree, ["先听她说。"])
    hand_in(make_quiz(academy, tree.county), tree, ["别人管的。"])

    found = client.get(reverse("marking")).context["quizzes"]

    assert [(each, each.waiting) for each in found] == [(quiz, 1)]


def test_answer_is_shown_without_the_name(client, tree, marker, quiz):
    shown = client.get(url_of(hand_in(quiz, tree, ["先听她说。"]))).content.decode()

    words = ("先听她说。", "先确认人身安全。", "陈秀英")
    assert [word in shown for word in words] == [True, True, False]


def test_marks_lead_from_one_answer_to_the_next(client, tree, marker, quiz):
    first = hand_in(quiz, tree, ["一"])
    second = hand_in(quiz, tree, ["二"])

    begin = client.get(next_url(quiz))
    then = mark(client, first)
    end = mark(client, second)

    assert [each.url for each in (begin, then, end)] == [
        url_of(first),
        url_of(second),
        reverse("marking_quiz", args=[quiz.pk]),
    ]
    assert said(end) == ["您要评的都评完了，谢谢。"]


def test_every_answer_is_offered_once(client, tree, academy, marker, monkeypatch):
    """Question by question, also where the next answer lies beyond what a screen looks through."""
    monkeypatch.setattr(desk, "LOOK_AHEAD", 2)
    quiz = make_quiz(academy, tree.town, make_short(), make_short())
    attempts = [hand_in(quiz, tree, ["一"], ["二"]) for _each in range(4)]

    offered = [client.get(next_url(quiz)).url]
    while offered[-1] != reverse("marking_quiz", args=[quiz.pk]):
        offered.append(client.post(offered[-1], {"percent": 80}).url)

    assert offered[:-1] == [url_of(each, place) for place in (0, 1) for each in attempts]


def test_skipped_answer_comes_again_at_the_end(client, tree, marker, quiz, monkeypatch):
    monkeypatch.setattr(desk, "LOOK_AHEAD", 1)
    first, second = hand_in(quiz, tree, ["一"]), hand_in(quiz, tree, ["二"])

    skipped = client.get(client.get(url_of(first)).context["next_url"])

    assert skipped.url == url_of(second)
    assert mark(client, second).url == url_of(first)


def test_progress_counts_down_with_each_mark(client, tree, marker, quiz):
    attempts = [hand_in(quiz, tree, ["一"]) for _each in range(3)]
    client.get(next_url(quiz))

    mark(client, attempts[0])

    context = client.get(url_of(attempts[1])).context
    assert (context["left"], context["done"], context["total"]) == (2, 1, 3)


def test_progress_says_how_many_are_left(client, tree, marker, quiz):
    attempts = [hand_in(quiz, tree, ["一"]) for _each in range(3)]

    assert "已评 0 份，还剩 3 份" in client.get(url_of(attempts[0])).content.decode()


def test_mark_is_kept_with_its_comment(client, tree, marker, quiz):
    attempt = hand_in(quiz, tree, ["一"])
    mark(client, attempt, 55, comment="少了一点")

    kept = ManualMark.objects.get()
    attempt.refresh_from_db()
    assert (kept.marker, kept.percent, kept.comment) == (marker, 55, "少了一点")
    assert attempt.score_bp == 5500


def test_points_per_line_come_to_a_share(client, tree, academy, marker):
    quiz = make_quiz(academy, tree.town, make_short(**RUBRIC))
    attempt = hand_in(quiz, tree, ["一"])
    client.post(url_of(attempt), {"line0": 4, "line1": 1})

    kept = ManualMark.objects.get()
    assert (kept.percent, kept.rubric) == (50, [4, 1])


def test_more_points_than_a_line_has_are_refused(client, tree, academy, marker):
    quiz = make_quiz(academy, tree.town, make_short(**RUBRIC))
    response = client.post(url_of(hand_in(quiz, tree, ["一"])), {"line0": 5, "line1": 1})

    assert list(response.context["form"].errors) == ["line0"]
    assert not ManualMark.objects.exists()


def test_missing_points_are_asked_for(client, tree, marker, quiz):
    response = mark(client, hand_in(quiz, tree, ["一"]), "")

    assert response.context["form"].errors == {"percent": ["请填得分，没答到就填 0。"]}


def test_part_of_a_case_is_marked(client, tree, academy, marker):
    attempt = hand_in(make_quiz(academy, tree.town, make_case()), tree, ["0:false", "1:我陪着你"])
    shown = client.get(url_of(attempt, part=1)).content.decode()
    client.post(url_of(attempt, part=1), {"percent": 100})

    words = ("一位姐妹深夜来求助。", "你会怎么说？", "我陪着你")
    assert [word in shown for word in words] == [True] * 3
    assert ManualMark.objects.get().part == 1


def test_one_question_is_marked_in_a_row(client, tree, academy, marker):
    one, other = make_short(), make_short()
    quiz = make_quiz(academy, tree.town, one, other)
    first, second = hand_in(quiz, tree, ["一"], ["二"]), hand_in(quiz, tree, ["三"], ["四"])
    query = f"?question={other.pk}&part=0"

    then = client.post(url_of(first, place=1, query=query), {"percent": 70})

    assert then.url == url_of(second, place=1, query=query)


def test_overview_counts_by_question(client, tree, academy, marker):
    one, other = make_short(), make_short()
    quiz = make_quiz(academy, tree.town, one, other)
    hand_in(quiz, tree, ["一"], ["二"])
    hand_in(quiz, tree, ["三"])

    context = client.get(reverse("marking_quiz", args=[quiz.pk])).context

    counts = [(each.question_id, each.waiting) for each in context["questions"]]
    assert (context["left"], counts) == (3, [(one.pk, 2), (other.pk, 1)])


def test_previous_answer_can_be_thought_over(client, tree, academy, marker):
    quiz = make_quiz(academy, tree.town, make_short(), make_short())
    attempt = hand_in(quiz, tree, ["一"], ["二"])
    mark(client, attempt, 30)

    back = client.get(url_of(attempt, place=1)).context["previous_url"]

    assert back == url_of(attempt)
    assert client.get(back).context["form"].initial["percent"] == 30


def test_own_attempt_is_not_in_the_queue(client, tree, marker, quiz):
    hand_in(quiz, tree, ["一"], member=marker)

    assert client.get(next_url(quiz)).url == reverse("marking_quiz", args=[quiz.pk])


def give(attempt, percent) -> None:
    marker = make_member("另一位")
    give_mark(attempt_id=attempt.pk, place=0, marker=marker, percent=percent, now=timezone.now())


def test_slower_marker_is_told(client, tree, academy, marker):
    quiz = make_quiz(academy, tree.town, make_short(), make_short())
    attempt = hand_in(quiz, tree, ["一"], ["二"])
    give(attempt, 90)

    response = mark(client, attempt, 20)

    assert said(response) == ["别的阅卷人刚刚评完了这一份，您的评分没有保存，请看下一份。"]
    assert response.url == url_of(attempt, place=1)


def test_second_marker_does_not_see_the_first_mark(client, tree, academy, marker):
    attempt = hand_in(make_quiz(academy, tree.town, second_marking=True), tree, ["一"])
    give(attempt, 97)

    assert "97 分" not in client.get(url_of(attempt)).content.decode()
    assert list(client.get(url_of(attempt)).context["others"]) == []


def test_second_marker_does_not_see_the_first_mark_on_the_attempt(client, tree, academy, marker):
    attempt = hand_in(make_quiz(academy, tree.town, second_marking=True), tree, ["一"])
    give(attempt, 97)

    shown = client.get(reverse("attempt:inspect", args=[attempt.pk])).content.decode()

    assert "97%" not in shown


def test_third_person_sees_both_marks_and_settles(client, tree, academy, marker):
    attempt = hand_in(make_quiz(academy, tree.town, second_marking=True), tree, ["一"])
    give(attempt, 90)
    give(attempt, 20)

    shown = client.get(url_of(attempt)).content.decode()
    mark(client, attempt, 60)

    attempt.refresh_from_db()
    assert ["第 1 位：90 分" in shown, "第 2 位：20 分" in shown] == [True, True]
    assert attempt.score_bp == 6000


@pytest.mark.parametrize("name", ["marking_quiz", "marking_next"])
def test_quiz_of_others_is_not_found(client, tree, academy, marker, name):
    quiz = make_quiz(academy, tree.county)

    assert client.get(reverse(name, args=[quiz.pk])).status_code == 404


def test_answer_of_another_quiz_is_not_marked(client, tree, academy, marker, quiz):
    foreign = hand_in(make_quiz(academy, tree.county), tree, ["一"])
    url = reverse("marking_answer", args=[quiz.pk, foreign.pk, 0, 0])
    client.post(url, {"percent": 0})

    assert not ManualMark.objects.exists()


@pytest.mark.parametrize("name", ["marking", "marking_quiz"])
def test_desk_opens_for_a_teammate_and_a_superuser(client, home, tree, marker, quiz, name):
    url = reverse(name, args=[] if name == "marking" else [quiz.pk])
    client.force_login(make_editor(home, tree.town))
    teammate = client.get(url).status_code
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    assert (teammate, client.get(url).status_code) == (200, 200)


@pytest.mark.parametrize("name", ["marking", "marking_quiz"])
def test_ended_role_closes_the_desk(client, tree, marker, quiz, name):
    marker.staff_roles.update(ends_on="2025-12-31")
    url = reverse(name, args=[] if name == "marking" else [quiz.pk])

    assert client.get(url).status_code in (302, 404)


def test_desk_takes_the_same_queries_for_thirty(client, tree, marker, quiz):
    attempt = hand_in(quiz, tree, ["一"])
    urls = [reverse("marking"), reverse("marking_quiz", args=[quiz.pk]), url_of(attempt)]
    few = [count_queries(client, url) for url in urls]
    for number in range(29):
        hand_in(quiz, tree, ["一"], name=f"执委{number}")

    # The link to the next answer is there now; it takes no query.
    assert [count_queries(client, url) for url in urls] == few
