"""试题反馈 in the admin: the bank's federation replies, the member is told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Notice
from quizzes.domain.reports import AlreadyReplied, reply_to_report, report_question
from quizzes.models import Attempt, QuestionReport
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_committee_member, make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question
from tests.quizzes.sitting import sit

INDEX = reverse("questionreport:index")


@pytest.fixture
def editor(client, home, academy, tree):
    editor = make_editor(home, tree.city)
    client.force_login(editor)
    return editor


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def report(tree, member) -> QuestionReport:
    return make_report(member, tree.city)


def make_report(member, federation, stem="应该打哪个电话？") -> QuestionReport:
    bank = make_bank()
    bank.federation = federation
    bank.save(update_fields=["federation"])
    question = make_question(bank, stem=stem)
    report, _is_new = report_question(
        member=member,
        version_id=question.current_id,
        reason="key",
        text="应该选丙",
        now=timezone.now(),
    )
    return report


def reply_url(report) -> str:
    return reverse("questionreport:edit", args=[report.pk])


def test_reports_of_her_banks_are_listed(client, editor, report, tree, member):
    make_report(member, tree.other_city, stem="别的市的题？")
    page = client.get(INDEX).content.decode()

    assert "应该打哪个电话？" in page
    assert "别的市的题？" not in page


def test_report_of_another_bank_does_not_exist(client, editor, tree, member):
    other = make_report(member, tree.other_city)
    urls = [reply_url(other), reverse("questionreport:inspect", args=[other.pk])]

    assert [client.get(url).status_code for url in urls] == [404, 404]
    assert client.post(reply_url(other), {"reply": "好"}).status_code == 404


def test_member_and_visitor_do_not_get_in(client, report, member):
    client.force_login(member)

    assert client.get(INDEX).status_code in (302, 403)


def test_reply_view_shows_question_key_and_report(client, editor, report):
    page = client.get(reply_url(report)).content.decode()

    assert all(text in page for text in ("应该打哪个电话？", "应该选丙", "正确答案：B"))


def test_reply_view_has_the_letters_that_she_saw(client, editor, academy, report, member):
    quiz = make_quiz_page(academy, shuffles=False)
    fix_questions(quiz, [report.version.question])
    attempt = sit(member, quiz, [["b"]])
    attempt.layout[0]["o"] = ["c", "a", "b"]
    Attempt.objects.update(layout=attempt.layout, started_at=report.made_at)
    context = client.get(reply_url(report)).context

    assert [option["id"] for option in context["q"]["options"]] == ["c", "a", "b"]
    assert context["key"] == "C"


def test_reporter_is_not_named(client, editor, report):
    pages = client.get(INDEX).content.decode() + client.get(reply_url(report)).content.decode()

    assert "陈秀英" not in pages


def test_reply_is_kept_and_told_to_the_member(client, editor, report, member):
    client.post(reply_url(report), {"reply": "谢谢，已经改正。"})
    report.refresh_from_db()
    notice = Notice.objects.get()

    assert (report.reply, report.replied_by) == ("谢谢，已经改正。", editor)
    assert (notice.member, notice.url) == (member, reverse("quizzes:reports"))
    assert "应该打哪个电话？" in notice.text


def test_empty_reply_is_explained(client, editor, report):
    page = client.post(reply_url(report), {"reply": " "}).content.decode()

    assert "请先写回复再发送。" in page
    assert Notice.objects.count() == 0


def test_answered_report_can_be_read_but_not_answered_again(client, editor, report):
    client.post(reply_url(report), {"reply": "谢谢。"})
    again = client.post(reply_url(report), {"reply": "再说一遍。"})
    report.refresh_from_db()

    assert (again.status_code, report.reply) == (404, "谢谢。")
    inspected = client.get(reverse("questionreport:inspect", args=[report.pk]))
    assert "谢谢。" in inspected.content.decode()


def test_second_reply_at_once_is_refused(report, member):
    staff = make_member("林主任")
    reply_to_report(report_id=report.pk, by=staff, text="一", now=timezone.now())
    with pytest.raises(AlreadyReplied):
        reply_to_report(report_id=report.pk, by=staff, text="二", now=timezone.now())

    assert Notice.objects.count() == 1


def test_waiting_ones_are_filtered(client, editor, report, tree, member):
    make_report(member, tree.city, stem="还没回复的题？")
    client.post(reply_url(report), {"reply": "谢谢。"})
    waiting = client.get(INDEX, {"waits": "1"}).content.decode()
    answered = client.get(INDEX, {"waits": "0"}).content.decode()

    assert ("还没回复的题？" in waiting, "应该打哪个电话？" in waiting) == (True, False)
    assert ("还没回复的题？" in answered, "应该打哪个电话？" in answered) == (False, True)


def test_list_takes_the_same_queries_for_one_and_for_thirty(client, editor, report, tree, member):
    one = count_queries(client, INDEX)
    for number in range(29):
        make_report(member, tree.city, stem=f"第 {number} 题？")

    assert count_queries(client, INDEX) == one


def test_list_leads_to_the_reply(client, editor, report):
    page = client.get(reverse("questionreport:index")).content.decode()

    assert reverse("questionreport:edit", args=[report.pk]) in page
