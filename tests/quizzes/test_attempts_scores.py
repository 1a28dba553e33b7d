"""Which score counts, and what staff's deeds do to it."""

import json
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.domain.standings import fold_standings
from learning.models import Plan, PlanItem, Progress, ScoreStep, StaleStanding, Standing
from members.models import Action, AuditEntry
from quizzes.domain.attempts import (
    AttemptRefused,
    grade_attempt,
    recount_many,
    reopen_attempt,
    score_in_bp,
    settle_marks,
    standins_of,
    void_attempt,
)
from quizzes.grading import Grade, State
from quizzes.models import (
    Attempt,
    AttemptEvent,
    AttemptEventKind,
    Correction,
    ManualMark,
    QuestionVersion,
    QuizQuestion,
)
from tests.factories import make_committee_member, make_staff
from tests.quizzes.attempt_steps import MINUTE, NOW, make_quiz, save, start, submit, take
from tests.quizzes.bank import add_draw, make_bank, make_question


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def staff(tree):
    return make_staff(tree.city)


@pytest.fixture
def quiz(academy):
    return make_quiz(academy)


@pytest.fixture
def essay(academy):
    """A short answer that people judge, and a choice."""
    quiz = make_quiz(academy, 1)
    question = make_question(make_bank(), "short", options=(), answers=("团结一心",))
    QuizQuestion.objects.create(quiz=quiz, question=question, sort_order=9)
    return quiz


def void(attempt, staff, now=NOW):
    return void_attempt(attempt_id=attempt.pk, by=staff, reason="断网", now=now)


def reopen(attempt, staff, now=NOW, minutes=10):
    return reopen_attempt(
        attempt_id=attempt.pk, by=staff, reason="停电", now=now, extra_minutes=minutes
    )


def mark(attempt, staff, percent, place=1, is_final=False):
    ManualMark.objects.create(
        attempt=attempt,
        place=place,
        marker=staff,
        percent=percent,
        is_final=is_final,
        marked_at=NOW,
    )
    return settle_marks(attempt_id=attempt.pk, now=NOW + MINUTE)


def score_of(member, quiz):
    return Progress.objects.get(member=member, page=quiz).best_score_bp


def steps_of(member, quiz):
    rows = ScoreStep.objects.filter(member=member, page=quiz).order_by("reached_at")
    return list(rows.values_list("score_bp", flat=True))


@pytest.mark.parametrize(
    ("kept", "counts", "steps"),
    [
        ("highest", 7500, [5000, 7500]),
        ("latest", 2500, [5000, 7500, 2500]),
        ("first", 5000, [5000]),
        ("average", 5000, [5000, 6250, 5000]),
    ],
)
def test_kept_score_counts(member, academy, kept, counts, steps):
    quiz = make_quiz(academy, kept_score=kept)
    for number, right in enumerate([2, 3, 1]):
        take(member, quiz, right, now=NOW + number * MINUTE)

    assert (score_of(member, quiz), steps_of(member, quiz)) == (counts, steps)


@pytest.mark.parametrize(
    ("kept", "counts"), [("highest", 10_000), ("latest", 0), ("first", 7500), ("average", 3750)]
)
def test_reopened_attempt_stays_the_first(member, academy, staff, kept, counts):
    quiz = make_quiz(academy, kept_score=kept)
    first = take(member, quiz, 3)
    take(member, quiz, 0, now=NOW + MINUTE)
    reopened = reopen(first, staff, now=NOW + 2 * MINUTE)
    if kept == "highest":
        save(reopened, 3, now=NOW + 3 * MINUTE)
    submit(reopened, now=NOW + 4 * MINUTE)

    assert score_of(member, quiz) == counts
    assert recount_many(quiz=quiz, member_ids=[member.pk], now=NOW) == 0


def test_average_is_rounded_half_up(member, academy):
    quiz = make_quiz(academy, 3, kept_score="average")
    take(member, quiz, 1)
    take(member, quiz, 2, now=NOW + MINUTE)

    assert score_of(member, quiz) == 5000  # (3333 + 6667) / 2


def test_pass_is_not_taken_back_by_a_later_attempt(member, academy):
    quiz = make_quiz(academy, kept_score="latest", pass_mark=75)
    take(member, quiz, 3)
    take(member, quiz, 1, now=NOW + MINUTE)

    assert Progress.objects.get(member=member, page=quiz).passed_at == NOW


def test_points_weigh(member, academy):
    quiz = make_quiz(academy, 2)
    quiz.fixed_questions.filter(sort_order=0).update(points=3)

    assert take(member, quiz, 1).score_bp == 7500


def test_score_is_rounded_half_up():
    grades = [Grade(Fraction(1, 3), State.PARTIAL), Grade(Fraction(0), State.WRONG)]

    assert score_in_bp(grades, [1, 1]) == 1667


def test_hand_in_leaves_an_event(member, quiz):
    take(member, quiz, 1)

    assert list(AttemptEvent.objects.values_list("kind", "by")) == [("submitted", None)]


def test_pending_attempt_is_handed_in_without_a_score(member, essay):
    attempt = start(member, essay)
    save(attempt, 0)
    save(attempt, 1, ["要团结"])
    submit(attempt)

    attempt.refresh_from_db()
    progress = Progress.objects.get(member=member, page=essay)
    assert (attempt.needs_marking, attempt.score_bp, attempt.has_passed) == (True, None, None)
    assert (progress.completed_at, progress.best_score_bp) == (NOW, None)


@pytest.fixture
def pending(member, essay):
    attempt = start(member, essay)
    save(attempt, 0)
    save(attempt, 1, ["要团结"])
    return submit(attempt)


def test_settled_marks_count_from_the_hand_in(pending, staff):
    attempt = mark(pending, staff, 50)

    step = ScoreStep.objects.get(member=pending.member)
    assert (attempt.needs_marking, attempt.score_bp, attempt.has_passed) == (False, 7500, True)
    assert (step.score_bp, step.reached_at) == (7500, NOW)


def test_settled_marks_leave_an_event(pending, staff):
    mark(pending, staff, 50)

    event = AttemptEvent.objects.get(kind=AttemptEventKind.MARKED)
    assert event.data["score_bp"] == [None, 7500]


def test_second_mark_is_waited_for(pending, staff, essay, tree):
    essay.second_marking = True
    essay.save()

    assert mark(pending, staff, 50).needs_marking
    assert mark(pending, make_staff(tree.city, name="何老师"), 60).score_bp == 7750


def test_marks_far_apart_wait_for_a_final_one(pending, staff, essay, tree):
    essay.second_marking = True
    essay.save()
    mark(pending, staff, 20)

    assert mark(pending, make_staff(tree.city, name="何老师"), 90).needs_marking
    settled = mark(pending, make_staff(tree.city, name="张老师"), 80, is_final=True)
    assert settled.score_bp == 9000


def test_settling_keeps_the_other_marks(pending, staff):
    """What an earlier correction let her keep stays hers."""
    Attempt.objects.filter(pk=pending.pk).update(marks=[["0", "wrong"], ["0", "pending"]])

    assert mark(pending, staff, 100).score_bp == 5000


def test_void_question_needs_no_marker(member, essay):
    version = essay.fixed_questions.last().question.current
    Correction.objects.create(version=version, is_void=True, reason="题有误", applied_at=NOW)
    attempt = start(member, essay)
    save(attempt, 1, ["要团结"])

    assert submit(attempt).score_bp == 5000


def test_hand_in_follows_the_latest_correction(member, quiz):
    version = quiz.fixed_questions.first().question.current
    for minutes, right in [(0, "c"), (2, "d"), (1, "a")]:
        data = version.data | {"right": [right]}
        Correction.objects.create(
            version=version, data=data, reason="答案有误", applied_at=NOW + minutes * MINUTE
        )
    Correction.objects.create(version=version, is_void=True, reason="草稿")
    attempt = start(member, quiz)
    save(attempt, 0, ["d"])

    assert standins_of([version.pk])[version.pk].data["right"] == ["d"]
    assert submit(attempt).score_bp == 2500


def test_grading_asks_the_database_for_nothing_that_is_given(member, quiz):
    attempt = take(member, quiz, 2)
    versions = QuestionVersion.objects.in_bulk()

    with CaptureQueriesContext(connection) as captured:
        grades = grade_attempt(attempt, standins={}, versions=versions)
    assert (len(grades), len(captured)) == (4, 0)


def test_voided_attempt_does_not_count(member, quiz, staff):
    take(member, quiz, 2)
    best = take(member, quiz, 4, now=NOW + MINUTE)
    void(best, staff)

    assert (score_of(member, quiz), steps_of(member, quiz)) == (5000, [5000])


def test_void_of_the_only_attempt_takes_everything_back(member, quiz, staff):
    void(take(member, quiz, 4), staff)

    progress = Progress.objects.get(member=member, page=quiz)
    assert (progress.best_score_bp, progress.handed_in_at) == (None, None)
    assert (progress.completed_at, progress.passed_at) == (None, None)


def test_void_is_kept_with_its_reason(member, quiz, staff):
    attempt = take(member, quiz, 4)
    void(attempt, staff)
    void(attempt, staff)

    event = AttemptEvent.objects.get(kind=AttemptEventKind.VOIDED)
    assert (event.by, event.reason, event.data["score_bp"]) == (staff, "断网", [10_000, None])


def test_void_stands_in_the_audit_trail_without_its_reason(member, quiz, staff):
    attempt = take(member, quiz, 4)

    void(attempt, staff)

    entry = AuditEntry.objects.get(action=Action.SCORE_CHANGED)
    said = (entry.actor_id, entry.subject_id, entry.detail)
    assert said == (staff.pk, str(attempt.pk), {"member": member.pk, "kind": "voided"})


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_void_needs_a_reason_that_fits(member, quiz, staff, reason):
    attempt = take(member, quiz, 4)

    with pytest.raises(AttemptRefused, match="原因"):
        void_attempt(attempt_id=attempt.pk, by=staff, reason=reason, now=NOW)


def test_void_reaches_the_standings(member, quiz, staff, tree):
    plan = Plan.objects.create(title="任务", federation=tree.province, opens_at=NOW)
    PlanItem.objects.create(plan=plan, page=quiz)
    attempt = take(member, quiz, 4)
    fold_standings(now=NOW)
    void(attempt, staff)
    fold_standings(now=NOW)

    standing = Standing.objects.get(plan=plan, federation=tree.province)
    assert (standing.subtree_joined, standing.subtree_score_bp) == (0, 0)


def test_void_leaves_frozen_plans_alone(member, quiz, staff, tree):
    plan = Plan.objects.create(
        title="任务", federation=tree.province, opens_at=NOW, frozen_at=NOW, cutoff_at=NOW + MINUTE
    )
    PlanItem.objects.create(plan=plan, page=quiz)
    void(take(member, quiz, 4), staff)

    assert not StaleStanding.objects.exists()


def test_reopened_attempt_goes_on_with_its_answers(member, quiz, staff):
    attempt = take(member, quiz, 2)
    reopened = reopen(attempt, staff, now=NOW + 60 * MINUTE)

    assert (reopened.is_open, reopened.deadline) == (True, NOW + 70 * MINUTE)
    save(reopened, 2, now=NOW + 65 * MINUTE)
    assert submit(reopened, now=NOW + 66 * MINUTE).score_bp == 7500


def test_reopened_attempt_does_not_count_while_it_is_open(member, quiz, staff):
    reopen(take(member, quiz, 2), staff)

    assert score_of(member, quiz) is None


def test_reopening_is_kept_with_what_was(member, quiz, staff):
    reopen(take(member, quiz, 2), staff)

    event = AttemptEvent.objects.get(kind=AttemptEventKind.REOPENED)
    assert (event.by, event.reason, event.data["score_bp"]) == (staff, "停电", [5000, None])
    assert event.data["submitted_at"] == NOW.isoformat()


def test_reopening_takes_away_peoples_marks(pending, staff):
    mark(pending, staff, 50)
    reopen(pending, staff)

    event = AttemptEvent.objects.get(kind=AttemptEventKind.REOPENED)
    assert not ManualMark.objects.exists()
    assert event.data["manual_marks"] == [
        {
            "place": 1,
            "part": 0,
            "marker_id": staff.pk,
            "percent": 50,
            "rubric": [],
            "comment": "",
            "is_final": False,
            "marked_at": NOW.isoformat(),
        }
    ]


def test_reopening_is_refused_while_another_attempt_is_open(member, quiz, staff):
    first = take(member, quiz, 2)
    start(member, quiz)

    with pytest.raises(AttemptRefused, match="另一份没交的答卷"):
        reopen(first, staff)
    first.refresh_from_db()
    assert first.is_submitted


def test_reopening_is_refused_for_open_and_void_attempts(member, quiz, staff):
    attempt = start(member, quiz)
    with pytest.raises(AttemptRefused, match="已交的答卷"):
        reopen(attempt, staff)
    void(attempt, staff)
    with pytest.raises(AttemptRefused, match="已交的答卷"):
        reopen(attempt, staff)


def test_recount_mends_what_has_gone_astray(member, quiz):
    take(member, quiz, 2)
    take(member, quiz, 3, now=NOW + MINUTE)
    ScoreStep.objects.all().delete()
    Progress.objects.update(best_score_bp=1)

    assert recount_many(quiz=quiz, member_ids=[member.pk], now=NOW) == 1
    assert (score_of(member, quiz), steps_of(member, quiz)) == (7500, [5000, 7500])


def test_recount_of_what_is_right_writes_nothing(member, quiz):
    take(member, quiz, 2)

    assert recount_many(quiz=quiz, member_ids=[member.pk], now=NOW) == 0


def test_recount_takes_as_many_queries_for_30_members_as_for_one(quiz, tree):
    members = [make_committee_member(tree.village, f"执委{n}") for n in range(30)]
    for member in members:
        take(member, quiz, 1)

    def count(members):
        Attempt.objects.filter(member__in=members).update(score_bp=9999)
        ScoreStep.objects.update(score_bp=1)
        with CaptureQueriesContext(connection) as captured:
            recount_many(quiz=quiz, member_ids=[each.pk for each in members], now=NOW)
        return len(captured)

    assert count(members[:1]) == count(members)


def statements(captured) -> list[str]:
    """What goes to the database in production, where a request is no savepoint."""
    return [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]


@pytest.fixture
def planned(academy, tree):
    """20 questions, half of them drawn, in a running plan."""
    bank = make_bank()
    quiz = make_quiz(academy, 10)
    for _ in range(30):
        make_question(bank)
    add_draw(quiz, bank, 10)
    plan = Plan.objects.create(title="任务", federation=tree.province, opens_at=NOW)
    PlanItem.objects.create(plan=plan, page=quiz)
    return quiz


def test_start_takes_five_queries(member, planned):
    start(make_committee_member(member.appointments.get().federation, "黄桂芳"), planned)
    with CaptureQueriesContext(connection) as captured:
        start(member, planned)

    assert len(statements(captured)) == 5


@pytest.mark.parametrize("kept", ["highest", "first", "average"])
def test_hand_in_takes_nine_queries_and_one_more_where_all_scores_count(member, planned, kept):
    planned.kept_score = kept
    planned.save()
    attempt = start(member, planned)
    save(attempt, 0)
    with CaptureQueriesContext(connection) as captured:
        submit(attempt)

    assert len(statements(captured)) == (9 if kept == "highest" else 10)


def test_attempt_of_twenty_questions_is_stored_small(member, planned):
    attempt = start(member, planned)
    for index in range(20):
        save(attempt, index)
    attempt = submit(attempt)
    attempt.refresh_from_db()

    columns = (attempt.layout, attempt.answers, attempt.marks)
    assert sum(len(json.dumps(column)) for column in columns) < 3_500
