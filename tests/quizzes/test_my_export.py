"""What a member takes along of her quizzes: hers alone, and nothing that she may not see yet."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.notes import write_note
from tests.factories import make_committee_member
from tests.quizzes.attempt_steps import make_quiz
from tests.quizzes.bank import make_bank, make_question

NOW = timezone.now()


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


def sheet(client, name):
    book = load_workbook(BytesIO(client.get(reverse("learning:export")).content))
    return [[cell.value for cell in row] for row in book[name].iter_rows(min_row=2)]


def hand_in(member, quiz):
    attempt = start_attempt(member=member, quiz=quiz, now=NOW)
    return submit_attempt(attempt_id=attempt.pk, member=member, now=NOW)


@pytest.mark.parametrize(("parts", "score"), [(["marks"], "0"), ([], "")])
def test_score_stands_there_where_the_quiz_shows_it(client, member, academy, tree, parts, score):
    quiz = make_quiz(academy, 1, title="小测", review_right_after=parts, review_later=parts)
    hand_in(member, quiz)
    hand_in(make_committee_member(tree.village), quiz)
    ((title, number, *_moments, shown, _result),) = sheet(client, "答卷")

    assert (title, number, shown) == ("小测", 1, score)


def test_notes_are_hers_alone(client, member, tree):
    question = make_question(make_bank())
    write_note(member=member, question_id=question.pk, text="记住这个", now=NOW)
    friend = make_committee_member(tree.village)
    write_note(member=friend, question_id=question.pk, text="别人的", now=NOW)
    ((_stem, text, _moment),) = sheet(client, "笔记")

    assert text == "记住这个"
