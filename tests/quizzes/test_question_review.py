"""Three reviews: three people, none of them the author, before a quiz may hold a question."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse
from wagtail.models import ModelLogEntry

from quizzes.domain.attempts import AttemptRefused, start_attempt
from quizzes.domain.bank import DuplicateQuestion, restore_version
from quizzes.domain.filing import move_questions
from quizzes.domain.review import ReviewRefused, approve, reject
from quizzes.models import Question, QuestionBank, QuestionVersion, ReviewDecision, ReviewStage
from quizzes.question_types.base import QuestionError
from tests.editors import make_editor
from tests.factories import make_committee_member, make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import add_draw, fix_questions
from tests.quizzes.reviewing import NOW, approve_fully, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db):
    return QuestionBank.objects.create(name="维权普法", needs_review=True)


@pytest.fixture
def author(db):
    return make_member("出题人")


@pytest.fixture
def reviewers(db):
    return [make_member(f"审核{number}") for number in range(3)]


# The way through the stages.


def test_new_question_waits_for_the_first_review(bank, author):
    question = save(bank, author=author)

    assert question.current is None
    assert (question.proposed.number, question.proposed.stage) == (1, ReviewStage.FIRST)


def test_new_question_of_another_bank_is_in_use_at_once(author):
    question = save(QuestionBank.objects.create(name="普通"), author=author)

    assert (question.current.number, question.proposed) == (1, None)


def test_three_reviewers_bring_it_into_use(bank, author, reviewers):
    question = save(bank, author=author)

    approve_fully(question, reviewers)

    assert (question.current.number, question.proposed) == (1, None)
    assert question.current.stage == ReviewStage.NONE
    assert list(question.current.decisions.values_list("stage", "is_approved", "decided_by")) == [
        (stage, True, reviewer.pk) for stage, reviewer in zip((1, 2, 3), reviewers, strict=True)
    ]


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_reviews_do_not(bank, author, reviewers, count):
    question = approve_fully(save(bank, author=author), reviewers[:count])

    assert (question.current, question.proposed.stage) == (None, count + 1)


def test_edit_leaves_the_current_wording_in_use(bank, author, reviewers):
    question = approve_fully(save(bank, author=author), reviewers)

    edited = save(bank, author=author, question=question, answers=("错",))

    assert (edited.current.number, edited.proposed.number) == (1, 2)
    assert edited.proposed.stage == ReviewStage.FIRST


def test_edit_while_in_review_starts_again(bank, author, reviewers):
    question = approve_fully(save(bank, author=author), reviewers[:2])
    old = question.proposed

    edited = save(bank, author=author, question=question, answers=("错",))

    old.refresh_from_db()
    assert (edited.proposed.number, edited.proposed.stage) == (2, ReviewStage.FIRST)
    assert old.stage == ReviewStage.NONE


def test_change_of_the_filing_leaves_the_review_alone(bank, author, reviewers):
    question = approve_fully(save(bank, author=author), reviewers[:1])

    edited = save(bank, author=author, question=question, difficulty=5)

    assert (edited.proposed.number, edited.proposed.stage) == (1, ReviewStage.SECOND)


def test_rejection_sends_it_back_with_the_comment(bank, author, reviewers):
    question = save(bank, author=author)

    reject(version=question.proposed, by=reviewers[0], comment="答案有误", now=NOW)

    question.refresh_from_db()
    assert question.proposed.stage == ReviewStage.NONE
    assert question.proposed.decisions.get().comment == "答案有误"


def test_new_wording_after_a_rejection_starts_at_the_first_review(bank, author, reviewers):
    question = save(bank, author=author)
    reject(version=question.proposed, by=reviewers[0], comment="答案有误", now=NOW)

    edited = save(bank, author=author, question=question, answers=("错",))

    assert (edited.proposed.number, edited.proposed.stage) == (2, ReviewStage.FIRST)


def test_current_wording_saved_again_withdraws_the_proposal(bank, author, reviewers):
    question = approve_fully(save(bank, author=author), reviewers)
    save(bank, author=author, question=question, answers=("错",))

    save(bank, author=author, question=question)

    question.refresh_from_db()
    assert (question.current.number, question.proposed) == (1, None)
    assert set(question.versions.values_list("stage", flat=True)) == {ReviewStage.NONE}


def test_restored_version_is_reviewed_again(bank, author, reviewers):
    question = approve_fully(save(bank, author=author), reviewers)
    first = question.current
    save(bank, author=author, question=question, answers=("错",))
    approve_fully(Question.objects.get(), reviewers)

    restored = restore_version(version=first, author=author)

    assert (restored.current.number, restored.proposed.number) == (2, 3)
    assert restored.proposed.data == first.data


# Who may decide.


def test_author_does_not_review_her_own(bank, author):
    question = save(bank, author=author)

    with pytest.raises(ReviewRefused, match="这一版是您写的"):
        approve(version=question.proposed, by=author, now=NOW)


def test_superuser_does_not_review_her_own(bank):
    author = make_member(is_superuser=True)
    question = save(bank, author=author)

    with pytest.raises(ReviewRefused):
        approve(version=question.proposed, by=author, now=NOW)


def test_nobody_reviews_twice(bank, author, reviewers):
    question = approve_fully(save(bank, author=author), reviewers[:1])

    with pytest.raises(ReviewRefused, match="三个人"):
        approve(version=question.proposed, by=reviewers[0], now=NOW)

    assert QuestionVersion.objects.get().stage == ReviewStage.SECOND


def test_rejection_needs_a_comment(bank, author, reviewers):
    question = save(bank, author=author)

    with pytest.raises(ReviewRefused, match="请写明要改什么"):
        reject(version=question.proposed, by=reviewers[0], comment="  ", now=NOW)


def test_decisions_are_logged(bank, author, reviewers):
    question = save(bank, author=author)

    approve(version=question.proposed, by=reviewers[0], now=NOW)
    reject(version=question.proposed, by=reviewers[1], comment="改", now=NOW)

    entries = ModelLogEntry.objects.order_by("timestamp", "pk")
    assert [(entry.action, entry.user, entry.message) for entry in entries] == [
        ("quizzes.review.approve", reviewers[0], "通过（待初审）"),
        ("quizzes.review.reject", reviewers[1], "退回修改（待复审）"),
    ]


# Two at once.


def test_decision_on_a_stage_that_has_passed_is_refused(bank, author, reviewers):
    question = save(bank, author=author)
    seen = QuestionVersion.objects.get(pk=question.proposed.pk)
    approve(version=question.proposed, by=reviewers[0], now=NOW)

    with pytest.raises(ReviewRefused, match="刚刚有人审过"):
        approve(version=seen, by=reviewers[1], now=NOW)

    assert ReviewDecision.objects.count() == 1


def test_decision_on_a_replaced_wording_is_refused(bank, author, reviewers):
    question = save(bank, author=author)
    seen = QuestionVersion.objects.get(pk=question.proposed.pk)
    save(bank, author=author, question=question, answers=("错",))

    with pytest.raises(ReviewRefused):
        approve(version=seen, by=reviewers[0], now=NOW)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_reviewers_at_once_pass_one_stage(bank, author, reviewers):
    version = save(bank, author=author).proposed
    barrier, refused = Barrier(len(reviewers)), []

    def decide(reviewer):
        seen = QuestionVersion.objects.get(pk=version.pk)
        barrier.wait()
        try:
            approve(version=seen, by=reviewer, now=NOW)
        except ReviewRefused as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[reviewer]) for reviewer in reviewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    version.refresh_from_db()
    assert (version.stage, len(refused)) == (ReviewStage.SECOND, 2)
    assert ReviewDecision.objects.count() == 1


def test_final_approval_refuses_what_the_bank_has_meanwhile(bank, author, reviewers):
    edited = approve_fully(save(bank, author=author), reviewers)
    save(bank, author=author, question=edited, stem="妇女节放半天假。")
    approve_fully(save(bank, author=author, stem="妇女节放半天假"), reviewers)
    edited.refresh_from_db()
    approve_fully(edited, reviewers[:2])

    with pytest.raises(DuplicateQuestion):
        approve(version=edited.proposed, by=reviewers[2], now=NOW)

    assert Question.objects.get(pk=edited.pk).proposed.stage == ReviewStage.FINAL


# Banks with and without reviews.


def test_switching_reviews_off_leaves_what_waits(bank, author, reviewers):
    question = save(bank, author=author)

    QuestionBank.objects.update(needs_review=False)

    assert approve_fully(question, reviewers).current.number == 1


def test_saving_after_switching_off_puts_it_into_use(bank, author):
    question = save(bank, author=author)
    QuestionBank.objects.update(needs_review=False)

    saved = save(bank, author=author, question=question)

    assert (saved.current.number, saved.proposed) == (1, None)
    assert saved.versions.get().stage == ReviewStage.NONE


def test_move_into_a_bank_with_reviews_begins_them(bank, author):
    question = save(QuestionBank.objects.create(name="普通"), author=author)

    moved = save(bank, author=author, question=question)

    assert (moved.current, moved.proposed.stage) == (None, ReviewStage.FIRST)


def test_question_of_a_quiz_does_not_move_into_reviews(bank, author, academy):
    question = save(QuestionBank.objects.create(name="普通"), author=author)
    fix_questions(make_quiz_page(academy), [question])

    with pytest.raises(QuestionError, match="先从测验里换下来"):
        save(bank, author=author, question=question)


def test_reviewed_question_moves_as_it_is(bank, author, reviewers):
    question = approve_fully(save(bank, author=author), reviewers)
    other = QuestionBank.objects.create(name="另一个", needs_review=True)

    move_questions(questions=[question], bank=other, by=author)

    question.refresh_from_db()
    assert (question.bank, question.current.number, question.proposed) == (other, 1, None)


# A question in review never reaches a quiz.


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


def test_question_in_review_is_not_drawn(bank, author, academy, member):
    save(bank, author=author)
    quiz = make_quiz_page(academy)
    add_draw(quiz, bank, 1)

    with pytest.raises(AttemptRefused):
        start_attempt(member=member, quiz=quiz, now=NOW)


def test_fixed_question_in_review_is_not_asked(bank, author, academy, member):
    quiz = make_quiz_page(academy)
    fix_questions(quiz, [save(bank, author=author)])

    with pytest.raises(AttemptRefused):
        start_attempt(member=member, quiz=quiz, now=NOW)


def test_attempt_holds_the_current_wording_while_another_waits(
    bank, author, reviewers, academy, member
):
    question = approve_fully(save(bank, author=author), reviewers)
    save(bank, author=author, question=question, answers=("错",))
    quiz = make_quiz_page(academy)
    fix_questions(quiz, [question])

    attempt = start_attempt(member=member, quiz=quiz, now=NOW)

    assert [entry["v"] for entry in attempt.layout] == [question.current_id]


def test_chooser_leaves_out_what_is_in_review(client, home, academy, tree, bank, author):
    save(bank, author=author)
    client.force_login(make_editor(home, tree.province))

    response = client.get(reverse("question_chooser:choose_results"))

    assert list(response.context["results"]) == []
