"""Corrections: a trial that changes nothing, and what applying one changes."""

import pytest
from django.utils import timezone

from learning.models import Progress
from members.models import Notice
from quizzes.domain.attempts import settle_marks, start_attempt, submit_attempt, void_attempt
from quizzes.domain.corrections import (
    apply,
    applying,
    draft_correction,
    preview,
    read_key,
)
from quizzes.models import (
    Attempt,
    AttemptEvent,
    AttemptEventKind,
    CorrectionEffect,
    CorrectionState,
    ManualMark,
    Question,
    ReviewCard,
)
from quizzes.question_types.base import Authoring
from tests.factories import make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question
from tests.quizzes.correcting import A, B, C, run, scores, write
from tests.quizzes.sitting import ignore, sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions(db):
    bank = make_bank()
    return [make_question(bank) for _ in range(2)]


@pytest.fixture
def quiz(academy, questions):
    quiz = make_quiz_page(academy, shuffles=False, pass_mark=60)
    fix_questions(quiz, questions)
    return quiz


def test_trial_says_who_gains_loses_and_flips(quiz, questions):
    gaining = sit(make_member(), quiz, (C, B))
    losing = sit(make_member(), quiz, (B, B))
    sit(make_member(), quiz, (A, B))
    correction = write(questions[0])

    summary = preview(correction=correction, report=ignore)

    assert summary == {
        "attempts": 3, "kept": 0, "gain": 1, "lose": 1, "now_pass": 1, "now_fail": 1,
    }  # fmt: skip
    effects = correction.effects.order_by("pk")
    assert list(effects.values_list("attempt", "before_bp", "after_bp")) == [
        (gaining.pk, 5000, 10000),
        (losing.pk, 10000, 5000),
    ]
    assert correction.state == CorrectionState.PREVIEWED


def test_trial_changes_nothing(quiz, questions):
    sit(make_member(), quiz, (C, B))
    before = list(Attempt.objects.values())

    preview(correction=write(questions[0]), report=ignore)

    assert list(Attempt.objects.values()) == before
    assert (Notice.objects.count(), questions[0].versions.count()) == (0, 1)


def test_trial_can_be_repeated(quiz, questions):
    sit(make_member(), quiz, (C, B))
    correction = write(questions[0])
    preview(correction=correction, report=ignore)
    sit(make_member(), quiz, (C, B))

    assert preview(correction=correction, report=ignore)["gain"] == 2
    assert correction.effects.count() == 2


def test_applying_regrades(quiz, questions):
    for answers in ((C, B), (B, B), (A, A)):
        sit(make_member(), quiz, answers)

    applied = run(write(questions[0]))

    assert scores() == [10000, 5000, 0]
    assert list(Attempt.objects.order_by("pk").values_list("has_passed", flat=True)) == [
        True, False, False,
    ]  # fmt: skip
    assert (applied.state, applied.summary["gain"], applied.summary["attempts"]) == (
        CorrectionState.APPLIED, 1, 3,
    )  # fmt: skip


def test_applying_gives_what_the_trial_said(quiz, questions):
    for answers in ((C, B), (B, B), (A, A)):
        sit(make_member(), quiz, answers)
    correction = write(questions[0])
    said = preview(correction=correction, report=ignore)
    effects = list(correction.effects.values_list("attempt", "before_bp", "after_bp"))

    applied = apply(correction=correction, report=ignore, now=timezone.now())

    assert applied.summary == said
    assert list(applied.effects.values_list("attempt", "before_bp", "after_bp")) == effects


def test_counted_score_follows(quiz, questions):
    member = make_member()
    sit(member, quiz, (C, B))

    run(write(questions[0]))

    progress = Progress.objects.get(member=member, page=quiz)
    assert (progress.best_score_bp, progress.passed_at is None) == (10000, False)


def test_change_is_noted_on_the_attempt(quiz, questions):
    attempt = sit(make_member(), quiz, (C, B))
    unchanged = sit(make_member(), quiz, (A, B))

    correction = run(write(questions[0]))

    event = AttemptEvent.objects.get(kind=AttemptEventKind.CORRECTED)
    assert (event.attempt, event.by_id, event.reason) == (
        attempt, correction.created_by_id, "法条修订",
    )  # fmt: skip
    assert event.data == {
        "correction": correction.pk,
        "score_bp": [5000, 10000],
        "has_passed": [False, True],
    }
    assert unchanged.events.filter(kind=AttemptEventKind.CORRECTED).count() == 0


def test_members_whose_result_changed_are_told_once(quiz, questions):
    member = make_member()
    for answers in ((C, B), (C, A)):
        sit(member, quiz, answers)
    sit(make_member(), quiz, (A, B))

    run(write(questions[0]))

    notice = Notice.objects.get()
    assert (notice.member, notice.text) == (
        member,
        f"《{quiz.title}》有一道题更正了，你第 1 次的成绩由 50 分改为 100 分。恭喜，已经及格。",
    )


def test_members_are_told_once_over_several_slices(quiz, questions, monkeypatch):
    monkeypatch.setattr(applying, "SLICE", 1)
    member = make_member()
    for answers in ((C, B), (C, A)):
        sit(member, quiz, answers)

    run(write(questions[0]))

    assert Notice.objects.count() == 1


def test_kept_higher_attempts_stay_whole(quiz, questions):
    """Marks and score: the screen must not show a wrong answer beside full points."""
    losing = sit(make_member(), quiz, (B, B))
    sit(make_member(), quiz, (C, B))

    applied = run(write(questions[0], keeps_higher=True))

    losing.refresh_from_db()
    assert (losing.score_bp, losing.marks) == (10000, [["1", "right"], ["1", "right"]])
    assert (applied.summary["kept"], applied.summary["lose"]) == (1, 0)


def test_struck_question_gives_everybody_full_points(quiz, questions):
    for answers in ((A, B), (None, B), (B, B)):
        sit(make_member(), quiz, answers)

    run(write(questions[0], None))

    assert scores() == [10000, 10000, 10000]


def test_struck_question_is_retired(quiz, questions):
    run(write(questions[0], None))

    assert Question.objects.get(pk=questions[0].pk).is_retired is True


def test_struck_question_leaves_the_mistakes(quiz, questions):
    member, now = make_member(), timezone.now()
    fields = {"member": member, "due_at": now, "missed_at": now}
    struck, other = (ReviewCard.objects.create(question=each, **fields) for each in questions)

    run(write(questions[0], None), now=now)

    struck.refresh_from_db()
    other.refresh_from_db()
    assert (struck.retired_at, other.retired_at) == (now, None)


def test_right_key_leaves_the_mistakes(quiz, questions):
    now = timezone.now()
    card = ReviewCard.objects.create(
        member=make_member(), question=questions[0], due_at=now, missed_at=now
    )

    run(write(questions[0]))

    card.refresh_from_db()
    assert card.retired_at is None


def test_right_key_is_a_new_version(quiz, questions):
    run(write(questions[0]))

    question = Question.objects.get(pk=questions[0].pk)
    assert (question.current.number, question.current.data["right"]) == (2, ["c"])
    assert question.current.stem == questions[0].current.stem


def test_old_wording_is_corrected_without_touching_the_current_one(quiz, questions):
    sit(make_member(), quiz, (C, B))
    old = questions[0].current
    correction = write(questions[0])
    preview(correction=correction, report=ignore)
    questions[0].current = questions[0].versions.create(
        number=2, type=old.type, stem="另一种问法？", data=old.data
    )
    questions[0].save()

    apply(correction=correction, report=ignore, now=timezone.now())

    assert Question.objects.get(pk=questions[0].pk).current == questions[0].current
    assert scores() == [10000]


def test_attempt_handed_in_later_is_graded_by_it(quiz, questions):
    member, now = make_member(), timezone.now()
    attempt = start_attempt(member=member, quiz=quiz, now=now)
    Attempt.objects.filter(pk=attempt.pk).update(
        answers={"q0": {"s": 1, "r": C}, "q1": {"s": 1, "r": B}}
    )
    run(write(questions[0]))
    assert scores() == [None]

    submit_attempt(attempt_id=attempt.pk, member=member, now=timezone.now())

    assert scores() == [10000]


def test_voided_attempt_is_left_alone(quiz, questions):
    attempt = sit(make_member(), quiz, (C, B))
    void_attempt(attempt_id=attempt.pk, by=make_member(), reason="代答", now=timezone.now())
    before = list(Attempt.objects.values())

    applied = run(write(questions[0]))

    assert applied.summary["attempts"] == 0
    assert list(Attempt.objects.values()) == before


def test_points_weigh(academy, questions):
    quiz = make_quiz_page(academy, shuffles=False)
    fix_questions(quiz, questions)
    quiz.fixed_questions.filter(question=questions[0]).update(points=3)
    sit(make_member(), quiz, (C, B))

    run(write(questions[0]))

    assert scores() == [10000]
    assert CorrectionEffect.objects.get().before_bp == 2500


def test_second_correction_starts_from_the_first(quiz, questions):
    for answers in ((C, B), (A, B)):
        sit(make_member(), quiz, answers)
    run(write(questions[0], "C"))

    second = run(write(questions[0], "A"))

    assert scores() == [5000, 10000]
    assert (second.summary["gain"], second.summary["lose"]) == (1, 1)


def test_correcting_back_restores_everything(quiz, questions):
    for answers in ((C, B), (B, B)):
        sit(make_member(), quiz, answers)
    before = list(Attempt.objects.order_by("pk").values_list("marks", "score_bp", "has_passed"))
    version = questions[0].current
    run(write(questions[0], "C"))

    back = draft_correction(
        version=version, data=version.data, reason="改回", keeps_higher=False, by=make_member()
    )
    run(back)

    after = Attempt.objects.order_by("pk").values_list("marks", "score_bp", "has_passed")
    assert list(after) == before


def test_what_was_kept_stays_when_another_question_is_corrected(quiz, questions):
    sit(make_member(), quiz, (B, C))
    run(write(questions[0], keeps_higher=True))

    run(write(questions[1]))

    assert scores() == [10000]


def test_challenge_counts_what_follows_a_mended_miss(academy, questions):
    quiz = make_quiz_page(academy, mode="challenge", shuffles=False)
    fix_questions(quiz, questions)
    sit(make_member(), quiz, (C, B))
    assert scores() == [0]

    run(write(questions[0]))

    assert scores() == [10000]


def test_challenge_keeps_what_an_earlier_correction_let_her_keep(academy, questions):
    """The first correction would have ended it at the first question."""
    quiz = make_quiz_page(academy, mode="challenge", shuffles=False)
    fix_questions(quiz, questions)
    sit(make_member(), quiz, (B, C))
    run(write(questions[0], keeps_higher=True))
    assert scores() == [5000]

    run(write(questions[1]))

    assert scores() == [10000]


def test_challenge_loses_the_place_that_is_corrected(academy, questions):
    quiz = make_quiz_page(academy, mode="challenge", shuffles=False)
    fix_questions(quiz, questions)
    sit(make_member(), quiz, (B, B))

    run(write(questions[0]))

    assert scores() == [0]


def test_people_s_marks_are_respected(academy):
    bank = make_bank()
    essay = make_question(bank, type="short", options=(), answers=("要点",))
    choice = make_question(bank)
    quiz = make_quiz_page(academy, shuffles=False)
    fix_questions(quiz, [essay, choice])
    attempt = sit(make_member(), quiz, (["我的回答"], B))
    ManualMark.objects.create(
        attempt=attempt, place=0, marker=make_member(), percent=50, marked_at=timezone.now()
    )
    settle_marks(attempt_id=attempt.pk, now=timezone.now())
    version = essay.current
    data = read_key(version=version, authoring=Authoring(version.stem, (), ("新的要点",)))

    run(draft_correction(
        version=version, data=data, reason="补充", keeps_higher=False, by=make_member()
    ))  # fmt: skip

    assert scores() == [7500]


def test_person_s_mark_leaves_what_a_correction_let_her_keep(academy):
    """She had the choice right; after the correction she keeps that, and then is marked again."""
    bank = make_bank()
    essay = make_question(bank, type="short", options=(), answers=("要点",))
    choice = make_question(bank)
    quiz = make_quiz_page(academy, shuffles=False)
    fix_questions(quiz, [essay, choice])
    attempt = sit(make_member(), quiz, (["我的回答"], B))
    given = ManualMark.objects.create(
        attempt=attempt, place=0, marker=make_member(), percent=50, marked_at=timezone.now()
    )
    settle_marks(attempt_id=attempt.pk, now=timezone.now())
    run(write(choice, keeps_higher=True))
    assert scores() == [7500]
    ManualMark.objects.filter(pk=given.pk).update(percent=100)

    settle_marks(attempt_id=attempt.pk, now=timezone.now())

    assert scores() == [10000]


def test_attempt_that_waits_for_marks_stays_without_a_score(academy):
    bank = make_bank()
    essay = make_question(bank, type="short", options=(), answers=("要点",))
    choice = make_question(bank)
    quiz = make_quiz_page(academy, shuffles=False)
    fix_questions(quiz, [essay, choice])
    attempt = sit(make_member(), quiz, (["我的回答"], C))

    run(write(choice))

    attempt.refresh_from_db()
    assert (attempt.score_bp, attempt.needs_marking) == (None, True)
    assert attempt.marks[1] == ["1", "right"]


def test_striking_the_last_answer_that_waits_gives_the_score(academy):
    bank = make_bank()
    essay = make_question(bank, type="short", options=(), answers=("要点",))
    quiz = make_quiz_page(academy, shuffles=False)
    fix_questions(quiz, [essay, make_question(bank)])
    member = make_member()
    attempt = sit(member, quiz, (["我的回答"], A))

    run(write(essay, None))

    attempt.refresh_from_db()
    assert (attempt.score_bp, attempt.needs_marking) == (5000, False)
    assert Progress.objects.get(member=member).best_score_bp == 5000
