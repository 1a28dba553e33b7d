"""The attempts desk: who answered what, and reopening or voiding it with a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from federations.models import StaffRoleType
from quizzes.desk.attempts import attempt_log
from quizzes.domain.attempts import save_answer, start_attempt, submit_attempt
from quizzes.models import Attempt, AttemptEventKind, AttemptState, ManualMark
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_committee_member, make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def examiner(client, home, academy, tree):
    examiner = make_editor(home, tree.town, StaffRoleType.EXAMINER)
    client.force_login(examiner)
    return examiner


@pytest.fixture
def quiz(academy, tree):
    return make_quiz(academy, tree.town)


def make_quiz(academy, federation, **fields):
    quiz = make_quiz_page(academy, federation=federation, **fields)
    fix_questions(quiz, [make_question(make_bank()) for _each in range(2)])
    return quiz


def answer(quiz, federation, name="陈秀英", *, is_handed_in=True) -> Attempt:
    member, now = make_committee_member(federation, name), timezone.now()
    attempt = start_attempt(member=member, quiz=quiz, now=now)
    save_answer(attempt_id=attempt.pk, member=member, index=0, values=["b"], sequence=1, now=now)
    if not is_handed_in:
        return attempt
    return submit_attempt(attempt_id=attempt.pk, member=member, now=now)


def listed(client, query="") -> list[str]:
    response = client.get(reverse("attempt:index") + query)
    return sorted(each.member.name for each in response.context["object_list"])


def page(client, attempt, view="inspect") -> str:
    return client.get(reverse(f"attempt:{view}", args=[attempt.pk])).content.decode()


def test_list_holds_members_in_scope(client, tree, examiner, quiz):
    answer(quiz, tree.village, "自己的")
    answer(quiz, tree.other_village, "别处的")

    assert listed(client) == ["自己的"]


def test_list_holds_quizzes_in_scope(client, academy, tree, examiner):
    answer(make_quiz(academy, tree.county), tree.village)
    answer(make_quiz(academy, None), tree.village)

    assert listed(client) == []


def test_list_is_filtered(client, academy, tree, examiner, quiz):
    answer(quiz, tree.village, "张三")
    answer(quiz, tree.sibling_village, "李四")
    answer(make_quiz(academy, tree.town), tree.village, "王五", is_handed_in=False)

    found = {
        query: listed(client, query)
        for query in (
            f"?quiz={quiz.pk}",
            "?state=open",
            "?place=小黄村",
            "?place=梅县区",
            "?place=松口镇",
            "?has_passed=false",
            "?q=张",
        )
    }

    assert found == {
        f"?quiz={quiz.pk}": ["张三", "李四"],
        "?state=open": ["王五"],
        "?place=小黄村": ["李四"],
        "?place=梅县区": [],
        "?place=松口镇": ["张三", "李四", "王五"],
        "?has_passed=false": ["张三", "李四"],
        "?q=张": ["张三"],
    }


def test_list_takes_the_same_queries_for_thirty(client, tree, examiner, quiz):
    answer(quiz, tree.village)
    few = count_queries(client, "attempt:index")
    for number in range(29):
        answer(quiz, tree.village, f"执委{number}")

    assert count_queries(client, "attempt:index") == few


def test_attempt_shows_answers_and_log(client, tree, examiner, quiz):
    shown = page(client, answer(quiz, tree.village))

    assert [word in shown for word in ("陈秀英", "交卷", "答对", "未作答")] == [True] * 4


def test_answers_of_an_open_attempt_wait(client, tree, examiner, quiz):
    shown = page(client, answer(quiz, tree.village, is_handed_in=False))

    assert "还没有交卷" in shown


@pytest.mark.parametrize("view", ["inspect", "reopen", "extend", "void"])
def test_attempt_of_others_is_not_found(client, tree, examiner, quiz, view):
    attempt = answer(quiz, tree.other_village)

    assert client.get(reverse(f"attempt:{view}", args=[attempt.pk])).status_code == 404


@pytest.mark.parametrize("view", ["inspect", "reopen", "extend", "void"])
def test_attempt_opens_for_a_teammate_and_a_superuser(client, home, tree, examiner, quiz, view):
    url = reverse(f"attempt:{view}", args=[answer(quiz, tree.village).pk])
    client.force_login(make_editor(home, tree.town))
    teammate = client.get(url).status_code
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    assert (teammate, client.get(url).status_code) == (200, 200)


@pytest.mark.parametrize("view", ["index", "inspect", "reopen", "extend", "void"])
def test_ended_role_closes_the_desk(client, tree, examiner, quiz, view):
    args = [] if view == "index" else [answer(quiz, tree.village).pk]
    examiner.staff_roles.update(ends_on="2025-12-31")

    assert client.get(reverse(f"attempt:{view}", args=args)).status_code in (302, 404)


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_attempt_is_not_edited_or_deleted(client, tree, examiner, quiz, view):
    attempt = answer(quiz, tree.village)
    client.post(reverse(f"attempt:{view}", args=[attempt.pk]))

    assert Attempt.objects.filter(pk=attempt.pk, state=AttemptState.SUBMITTED).exists()


def act(client, attempt, view, **data):
    response = client.post(reverse(f"attempt:{view}", args=[attempt.pk]), data)
    attempt.refresh_from_db()
    return response


def test_reopening_lets_her_go_on(client, tree, examiner, quiz):
    attempt = answer(quiz, tree.village)
    act(client, attempt, "reopen", reason="停电了", minutes=20)

    event = attempt.events.get(kind="reopened")
    assert (attempt.state, event.by, event.reason) == (AttemptState.OPEN, examiner, "停电了")


def test_voiding_keeps_the_reason(client, tree, examiner, quiz):
    attempt = answer(quiz, tree.village)
    act(client, attempt, "void", reason="替考")

    event = attempt.events.get(kind="voided")
    assert (attempt.state, event.by, event.reason) == (AttemptState.VOIDED, examiner, "替考")


def test_staff_actions_stand_in_the_admin_log(client, tree, examiner, quiz):
    attempt = answer(quiz, tree.village)
    act(client, attempt, "void", reason="替考")

    entry = ModelLogEntry.objects.get(action="quizzes.void_attempt")
    assert (entry.user, entry.data, entry.object_id) == (
        examiner,
        {"reason": "替考"},
        str(attempt.pk),
    )


def test_log_of_an_attempt_names_who_and_why(client, tree, examiner, quiz):
    attempt = answer(quiz, tree.village)
    act(client, attempt, "void", reason="替考")

    assert [word in page(client, attempt) for word in ("作废", "林编辑", "替考")] == [True] * 3


def told(attempt, number=-1) -> tuple[str, str]:
    line = attempt_log(Attempt.objects.get(pk=attempt.pk))[number]
    return line.what, line.detail


def test_log_says_what_a_reopening_took_away(client, tree, examiner, quiz):
    attempt = answer(quiz, tree.village)
    act(client, attempt, "reopen", reason="停电了", minutes=20)

    assert told(attempt) == ("重新开放", "原成绩 50 分（不及格），已取消")


def test_log_of_an_attempt_without_a_score_tells_no_change(client, tree, examiner, quiz):
    attempt = answer(quiz, tree.village, is_handed_in=False)
    act(client, attempt, "void", reason="替考")

    assert told(attempt) == ("作废", "")


def test_log_of_a_correction_names_both_results(tree, quiz):
    attempt = answer(quiz, tree.village)
    data = {"score_bp": [5000, 10000], "has_passed": [False, True]}
    attempt.events.create(kind=AttemptEventKind.CORRECTED, at=timezone.now(), data=data)

    assert told(attempt)[1] == "成绩由 50 分（不及格）改为 100 分（及格）"


def test_log_has_a_mark_before_the_result_it_gave(tree, quiz):
    attempt, now = answer(quiz, tree.village), timezone.now()
    ManualMark.objects.create(
        attempt=attempt, place=1, marker=make_member("阅卷人"), percent=60, marked_at=now
    )
    data = {"score_bp": [None, 8000], "has_passed": [None, True]}
    attempt.events.create(kind=AttemptEventKind.MARKED, at=now, data=data)

    assert told(attempt, -2) == ("评分", "第 2 题，得分 60%")
    assert told(attempt) == ("阅卷后出成绩", "成绩 80 分（及格）")


def test_log_of_one_moment_begins_with_the_start(tree, quiz):
    attempt = answer(quiz, tree.village)
    Attempt.objects.update(started_at=attempt.submitted_at)

    assert [told(attempt, number)[0] for number in (0, 1)] == ["开始答题", "交卷"]


def test_reason_is_asked_for(client, tree, examiner, quiz):
    attempt = answer(quiz, tree.village)
    response = act(client, attempt, "void", reason=" ")

    assert response.context["form"].errors == {"reason": ["请写明原因。"]}
    assert attempt.state == AttemptState.SUBMITTED


def test_refusal_of_the_domain_is_shown(client, tree, examiner, quiz):
    attempt = answer(quiz, tree.village, is_handed_in=False)
    response = act(client, attempt, "reopen", reason="停电了", minutes=20)

    assert response.context["form"].non_field_errors() == ["只有已交的答卷可以重新开放。"]
    assert not ModelLogEntry.objects.filter(action="quizzes.reopen_attempt").exists()


def test_open_attempt_gets_more_minutes_on_record(client, academy, tree, examiner):
    quiz = make_quiz(academy, tree.town, time_limit=10)
    attempt = answer(quiz, tree.village, is_handed_in=False)
    assert reverse("attempt:extend", args=[attempt.pk]) in page(client, attempt)
    act(client, attempt, "extend", reason="断网", minutes=20)

    shown = page(client, attempt)
    entry = ModelLogEntry.objects.get(action="quizzes.extend_attempt")
    assert attempt.deadline - attempt.started_at == timedelta(minutes=30)
    assert (entry.user, entry.data) == (examiner, {"reason": "断网", "minutes": 20})
    assert [word in shown for word in ("<td>加时</td>", "截止", "断网")] == [True] * 3
    assert "重新开放" not in shown


def test_extension_of_what_is_handed_in_is_refused(client, tree, examiner, quiz):
    response = act(client, answer(quiz, tree.village), "extend", reason="断网", minutes=20)

    assert response.context["form"].non_field_errors() == [
        "她刚刚交卷了，不能再加时；要让她接着答，请重新开放。"
    ]
