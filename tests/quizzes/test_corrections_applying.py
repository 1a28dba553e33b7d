"""Corrections: runs that stop and go on, what is refused, and the keys that can be corrected."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learning.domain.standings import fold_standings, freeze_due_plans
from learning.models import Plan, PlanItem, Progress, Standing
from members.models import Notice
from quizzes.domain.corrections import (
    CorrectionRefused,
    apply,
    applying,
    draft_correction,
    key_in_force,
    preview,
    read_key,
)
from quizzes.domain.mistakes import make_cards
from quizzes.models import (
    Attempt,
    AttemptEvent,
    Correction,
    CorrectionEffect,
    CorrectionState,
    ReviewCard,
)
from quizzes.question_types.base import Authoring, QuestionError
from quizzes.question_types.registry import get_type
from tests.factories import make_committee_member, make_member
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


class Killed(Exception):
    """The runner dies."""


def die_after(slices):
    calls = []

    def report(done, total):
        calls.append(done)
        if len(calls) == slices:
            raise Killed

    return report


def state_of_all() -> tuple:
    """Everything that a correction writes, but for ids."""
    return (
        list(
            Attempt.objects.order_by("pk").values_list(
                "marks", "score_bp", "has_passed", "needs_marking"
            )
        ),
        list(CorrectionEffect.objects.order_by("attempt").values_list("attempt", "after_bp")),
        list(AttemptEvent.objects.filter(kind="corrected").values_list("attempt").order_by("attempt")),
        list(Notice.objects.order_by("member").values_list("member", "text")),
        list(Progress.objects.order_by("member").values_list("member", "best_score_bp")),
        Correction.objects.get().summary,
    )  # fmt: skip


@pytest.mark.parametrize("slices", [1, 2])
def test_stopped_run_goes_on_where_it_was(quiz, questions, monkeypatch, slices):
    monkeypatch.setattr(applying, "SLICE", 2)
    for answers in ((C, B), (B, B), (C, A), (A, A), (C, C), (B, C)):
        sit(make_member(), quiz, answers)
    correction = write(questions[0])
    preview(correction=correction, report=ignore)
    now = timezone.now()

    with pytest.raises(Killed):
        apply(correction=correction, report=die_after(slices), now=now)
    assert Correction.objects.get().state == CorrectionState.APPLYING
    assert scores() != [10000, 5000, 5000, 0, 5000, 0]
    apply(correction=correction, report=ignore, now=now + timedelta(minutes=6))

    marks, effects, events, notices, progress, summary = state_of_all()
    assert [each[1] for each in marks] == [10000, 5000, 5000, 0, 5000, 0]
    assert (len(effects), len(events), len(notices)) == (5, 5, 5)
    assert [score for _member, score in progress] == [10000, 5000, 5000, 0, 5000, 0]
    assert summary == {
        "attempts": 6, "kept": 0, "gain": 3, "lose": 2, "now_pass": 1, "now_fail": 1,
    }  # fmt: skip
    correction.refresh_from_db()
    assert (correction.applied_at, correction.state) == (now, CorrectionState.APPLIED)


def test_standings_follow_and_frozen_plans_stay(tree, quiz, questions):
    member, now = make_committee_member(tree.village), timezone.now()
    opens_at, cutoff_at = now - timedelta(days=2), now + timedelta(hours=1)
    frozen = Plan.objects.create(
        title="已冻结", federation=tree.province, opens_at=opens_at, cutoff_at=cutoff_at
    )
    running = Plan.objects.create(title="进行中", federation=tree.province, opens_at=opens_at)
    for plan in (frozen, running):
        PlanItem.objects.create(plan=plan, page=quiz)
    sit(member, quiz, (C, B))
    fold_standings(now=now)
    freeze_due_plans(now=now + timedelta(hours=2))

    run(write(questions[0]), now=now + timedelta(hours=3))
    fold_standings(now=now + timedelta(hours=3))

    sums = Standing.objects.filter(federation=tree.village).order_by("plan")
    assert list(sums.values_list("own_score_bp", flat=True)) == [5000, 10000]


def test_drafting_and_applying_are_logged(quiz, questions):
    run(write(questions[0]))

    actions = ModelLogEntry.objects.for_instance(questions[0]).order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "quizzes.correction.draft",
        "quizzes.correction.apply",
    ]


def test_untried_correction_is_not_applied(quiz, questions):
    with pytest.raises(CorrectionRefused, match="请先试算"):
        apply(correction=write(questions[0]), report=ignore, now=timezone.now())


def test_applied_correction_is_not_applied_again(quiz, questions):
    correction = run(write(questions[0]))

    with pytest.raises(CorrectionRefused, match="已经完成"):
        apply(correction=correction, report=ignore, now=timezone.now())


def test_applied_correction_is_not_tried_again(quiz, questions):
    correction = run(write(questions[0]))

    with pytest.raises(CorrectionRefused, match="已经开始或完成"):
        preview(correction=correction, report=ignore)


@pytest.fixture
def applying_one(quiz, questions):
    running = write(questions[0])
    Correction.objects.filter(pk=running.pk).update(state=CorrectionState.APPLYING)
    return running


def test_drafting_waits_while_another_is_applied(applying_one, questions):
    with pytest.raises(CorrectionRefused, match="另一个更正正在进行"):
        write(questions[0], "A")


def test_applying_waits_while_another_is_applied(quiz, questions):
    first, second = write(questions[0]), write(questions[0], "A")
    preview(correction=second, report=ignore)
    Correction.objects.filter(pk=first.pk).update(state=CorrectionState.APPLYING)

    with pytest.raises(CorrectionRefused, match="另一个更正正在进行"):
        apply(correction=second, report=ignore, now=timezone.now())


def test_same_key_is_refused(questions):
    with pytest.raises(CorrectionRefused, match="不用更正"):
        write(questions[0], "B")


def test_reason_is_asked_for(questions):
    with pytest.raises(CorrectionRefused, match="原因"):
        write(questions[0], reason="  ")


def test_other_wording_is_refused(questions):
    version = questions[0].current
    authoring = Authoring(version.stem, ("甲", "乙", "丙", "戊"), ("C",))

    with pytest.raises(QuestionError, match="保持原样"):
        read_key(version=version, authoring=authoring)


def test_key_in_force_is_the_last_applied(quiz, questions):
    version = questions[0].current
    run(write(questions[0], "C"))

    assert key_in_force(version)["right"] == ["c"]


CASES = {
    "multiple": (("甲", "乙", "丙"), ("AB",), (("甲", "乙", "丙"), ("AC",))),
    "judge": ((), ("对",), ((), ("错",))),
    "blank": ((), ("三",), ((), ("三|||3",))),
    "matching": (("左 => 右", "上 => 下"), (), (("左 => 下", "上 => 右"), ())),
    "ordering": (("一", "二", "三"), (), (("三", "二", "一"), ())),
    "numeric": ((), ("3.14",), ((), ("3.14±0.01",))),
}


@pytest.mark.parametrize("type", CASES)
def test_key_of_each_type_can_be_corrected(academy, type):
    options, answers, (new_options, new_answers) = CASES[type]
    stem = "____月八日" if type == "blank" else "请作答。"
    question = make_question(make_bank(), type, stem, options, answers)
    quiz = make_quiz_page(academy, shuffles=False)
    fix_questions(quiz, [question])
    version = question.current
    authoring = Authoring(version.stem, new_options, new_answers)
    data = read_key(version=version, authoring=authoring)
    question_type = get_type(type)
    response = question_type.full_response(question_type.from_data(data))
    sit(make_member(), quiz, [response])

    run(draft_correction(
        version=version, data=data, reason="更正", keeps_higher=False, by=make_member()
    ))  # fmt: skip

    assert scores() == [10000]


def test_card_of_an_answer_that_was_right_is_put_away(quiz, questions):
    right, later = make_member(), make_member()
    for member in (right, later):
        sit(member, quiz, (C, B))
    make_cards(now=timezone.now())
    sit(later, quiz, (A, B))
    make_cards(now=timezone.now())

    run(write(questions[0]))

    put_away = ReviewCard.objects.filter(question=questions[0], retired_at__isnull=False)
    assert [card.member for card in put_away] == [right]
