"""An attempt's life against a model: whatever is done in whatever order, both agree."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from learning.models import Progress, ScoreStep
from quizzes.domain.attempts import (
    AttemptRefused,
    GivenAnswer,
    SaveOutcome,
    check_answer,
    close_expired_attempts,
    extend_attempt,
    note_shown,
    recount_many,
    reopen_attempt,
    save_answer,
    save_answers,
    start_attempt,
    submit_attempt,
    void_attempt,
)
from quizzes.models import Attempt, AttemptEvent, Correction
from tests.factories import make_committee_member, make_staff
from tests.quizzes.attempt_steps import NOW, make_quiz, milliseconds

QUESTIONS, LIMIT, GRACE, PASS_MARK = 3, timedelta(minutes=10), timedelta(seconds=5), 60
places = st.integers(0, QUESTIONS - 1)
letters = st.sampled_from(["a", "b", "b"])
lags = st.sampled_from([0, 0, 1, 1500, 90_000])
KEPT = {
    "highest": max,
    "latest": lambda scores: scores[-1],
    "first": lambda scores: scores[0],
    "average": lambda scores: (2 * sum(scores) + len(scores)) // (2 * len(scores)),
}


@dataclass
class Life:
    """What the model knows of one attempt. `answers`: place → (sequence, value, is checked)."""

    number: int
    deadline: datetime | None
    state: str = "open"
    answers: dict[int, tuple[int, str, bool]] = field(default_factory=dict)
    score: int | None = None
    ended_at: datetime | None = None
    was_graded: bool = False

    def has_expired(self, now) -> bool:
        return self.deadline is not None and now >= self.deadline + GRACE


class AttemptMachine(RuleBasedStateMachine):
    academy = tree = None
    numbers = count(1)

    @initialize(
        mode=st.sampled_from(["exam", "exam", "practice", "challenge"]),
        kept=st.sampled_from(list(KEPT)),
        is_sequential=st.booleans(),
    )
    def open_quiz(self, mode, kept, is_sequential):
        self.mode, self.kept, self.is_sequential = mode, kept, is_sequential
        self.quiz = make_quiz(
            self.academy,
            QUESTIONS,
            mode=mode,
            kept_score=kept,
            is_sequential=is_sequential,
            time_limit=10,
            pass_mark=PASS_MARK,
        )
        self.member = make_committee_member(self.tree.village, f"执委{next(self.numbers)}")
        self.now, self.lives, self.sent, self.void_places = NOW, {}, [], set()

    # What the model expects

    @property
    def checks(self) -> bool:
        return self.mode != "exam"

    def tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def running(self) -> int | None:
        return next((pk for pk, life in self.lives.items() if life.state == "open"), None)

    def hand_in(self, life: Life) -> None:
        shares = [
            int(place in self.void_places or life.answers.get(place, (0, "", 0))[1] == "b")
            for place in range(QUESTIONS)
        ]
        if self.mode == "challenge" and 0 in shares:
            miss = shares.index(0)
            shares = shares[:miss] + [0] * (QUESTIONS - miss)
        life.score = (2 * sum(shares) * 10_000 + QUESTIONS) // (2 * QUESTIONS)
        life.state, life.was_graded = "submitted", True
        life.ended_at = min(self.now, life.deadline) if life.deadline else self.now

    def expected(self, life: Life, place: int, sequence: int, value: str) -> SaveOutcome:
        standing = life.answers.get(place)
        if life.state != "open":
            return SaveOutcome.VOIDED if life.state == "voided" else SaveOutcome.CLOSED
        if life.has_expired(self.now):
            return SaveOutcome.EXPIRED
        if standing and standing[2]:
            return SaveOutcome.CHECKED
        is_same = standing and (sequence, value) == standing[:2]
        if self.is_sequential and max(life.answers, default=-1) > place and not is_same:
            return SaveOutcome.PASSED
        is_older = standing and sequence <= standing[0] and not is_same
        return SaveOutcome.STALE if is_older else SaveOutcome.SAVED

    def keep(self, life: Life, place: int, sequence: int, value: str) -> SaveOutcome:
        outcome = self.expected(life, place, sequence, value)
        if outcome is SaveOutcome.SAVED:
            life.answers[place] = (sequence, value, False)
        if outcome is SaveOutcome.EXPIRED:
            self.hand_in(life)
        return outcome

    def history(self) -> tuple:
        """(handed in, passed, steps) by the rule, over what counts."""
        counted = sorted(
            (life for life in self.lives.values() if life.state == "submitted"),
            key=lambda life: (life.ended_at, life.number),
        )
        scores, steps, passed_at = [], [], None
        for life in counted:
            scores.append((life.number, life.score))
            counts = KEPT[self.kept]([score for _number, score in sorted(scores)])
            if not steps or steps[-1][1] != counts:
                steps.append((life.ended_at, counts))
            if counts >= PASS_MARK * 100:
                passed_at = passed_at or life.ended_at
        return (counted[0].ended_at if counted else None), passed_at, steps

    # What people do

    @rule()
    def start(self):
        now, running = self.tick(), self.running()
        if running and self.lives[running].has_expired(now):
            self.hand_in(self.lives[running])
            running = None
        attempt = start_attempt(member=self.member, quiz=self.quiz, now=now)
        if running:
            assert attempt.pk == running
            return
        deadline = now + LIMIT if self.mode == "exam" else None
        self.lives[attempt.pk] = Life(number=len(self.lives) + 1, deadline=deadline)
        assert (attempt.number, attempt.deadline) == (len(self.lives), deadline)

    @precondition(lambda self: self.lives)
    @rule(data=st.data(), place=places, value=letters, lag=lags)
    def save(self, data, place, value, lag):
        pk = data.draw(st.sampled_from(sorted(self.lives)))
        sequence = milliseconds(self.tick()) - lag
        self.sent.append((pk, place, value, sequence))
        self.send(pk, place, value, sequence)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data):
        """A queue that is replayed, or a tab that has slept."""
        self.tick()
        self.send(*data.draw(st.sampled_from(self.sent)))

    def send(self, pk, place, value, sequence):
        result = save_answer(
            attempt_id=pk,
            member=self.member,
            index=place,
            values=[value],
            sequence=sequence,
            now=self.now,
        )
        assert result.outcome == self.keep(self.lives[pk], place, sequence, value)

    @precondition(lambda self: self.lives)
    @rule(data=st.data(), values=st.dictionaries(places, letters, min_size=1), lag=lags)
    def save_page(self, data, values, lag):
        pk = data.draw(st.sampled_from(sorted(self.lives)))
        sequence = milliseconds(self.tick()) - lag
        answers = [GivenAnswer(place, [value], sequence) for place, value in values.items()]
        results = save_answers(attempt_id=pk, member=self.member, answers=answers, now=self.now)
        life = self.lives[pk]
        if life.state == "open" and life.has_expired(self.now):
            self.hand_in(life)
            assert {each.outcome for each in results.values()} == {SaveOutcome.EXPIRED}
            return
        for place in sorted(values):
            assert results[place].outcome == self.keep(life, place, sequence, values[place])

    @precondition(lambda self: self.lives)
    @rule(data=st.data(), place=places, value=letters, lag=lags)
    def check(self, data, place, value, lag):
        pk = data.draw(st.sampled_from(sorted(self.lives)))
        sequence = milliseconds(self.tick()) - lag
        if not self.checks:
            with pytest.raises(AttemptRefused):
                self.send_check(pk, place, value, sequence)
            return
        result = self.send_check(pk, place, value, sequence)
        life = self.lives[pk]
        outcome = self.expected(life, place, sequence, value)
        checked = {index for index, answer in life.answers.items() if answer[2]}
        rung = min(set(range(QUESTIONS)) - checked, default=QUESTIONS)
        if outcome is SaveOutcome.SAVED and self.mode == "challenge" and place != rung:
            outcome = SaveOutcome.NO_SUCH_QUESTION
        assert result.save.outcome == outcome
        if outcome is SaveOutcome.SAVED:
            life.answers[place] = (sequence, value, True)
            is_right = value == "b" or place in self.void_places
            assert (result.grade.fraction == 1) is is_right
            if self.mode == "challenge" and (not is_right or place == QUESTIONS - 1):
                self.hand_in(life)
        elif outcome is SaveOutcome.CHECKED and self.mode == "challenge":
            # After a reopening: what was missed stays missed.
            is_right = life.answers[place][1] == "b" or place in self.void_places
            if not is_right or rung == QUESTIONS:
                self.hand_in(life)
        elif outcome is SaveOutcome.EXPIRED:
            self.hand_in(life)
        assert result.is_over is (life.state != "open")

    def send_check(self, pk, place, value, sequence):
        return check_answer(
            attempt_id=pk,
            member=self.member,
            index=place,
            values=[value],
            sequence=sequence,
            now=self.now,
        )

    @precondition(lambda self: self.lives)
    @rule(data=st.data())
    def submit(self, data):
        pk = data.draw(st.sampled_from(sorted(self.lives)))
        now = self.tick()
        submitted = submit_attempt(attempt_id=pk, member=self.member, now=now)
        if self.lives[pk].state == "open":
            self.hand_in(self.lives[pk])
        assert (submitted.state, submitted.score_bp) == (
            self.lives[pk].state,
            self.lives[pk].score,
        )

    @rule(seconds=st.sampled_from([60, 540, 601, 606, 3600]))
    def wait(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule()
    def close_expired(self):
        close_expired_attempts(now=self.tick())
        for life in self.lives.values():
            if life.state == "open" and life.has_expired(self.now):
                self.hand_in(life)

    @precondition(lambda self: self.lives)
    @rule(data=st.data())
    def reopen(self, data):
        pk = data.draw(st.sampled_from(sorted(self.lives)))
        now, life = self.tick(), self.lives[pk]
        if life.state != "submitted" or self.running():
            with pytest.raises(AttemptRefused):
                self.send_reopening(pk)
            return
        self.send_reopening(pk)
        life.state, life.score, life.ended_at = "open", None, None
        life.deadline, life.was_graded = now + LIMIT, False

    @precondition(lambda self: self.running())
    @rule()
    def extend(self):
        pk, now = self.running(), self.tick()
        life = self.lives[pk]
        if life.deadline is None:
            with pytest.raises(AttemptRefused):
                self.send_extension(pk)
            return
        self.send_extension(pk)
        life.deadline = max(life.deadline, now) + LIMIT

    def send_extension(self, pk):
        extend_attempt(attempt_id=pk, by=self.staff, reason="断网", now=self.now, extra_minutes=10)

    @precondition(lambda self: self.running())
    @rule(place=places)
    def show(self, place):
        """The page of one question; what comes before it has passed."""
        life = self.lives[self.running()]
        note_shown(attempt=Attempt.objects.get(pk=self.running()), index=place)
        if self.is_sequential and max(life.answers, default=0) < place:
            life.answers[place] = (0, "", False)

    def send_reopening(self, pk):
        reopen_attempt(attempt_id=pk, by=self.staff, reason="停电", now=self.now, extra_minutes=10)

    @precondition(lambda self: self.lives)
    @rule(data=st.data())
    def void(self, data):
        pk = data.draw(st.sampled_from(sorted(self.lives)))
        void_attempt(attempt_id=pk, by=self.staff, reason="代答", now=self.tick())
        self.lives[pk].state, self.lives[pk].score = "voided", None

    @rule(place=places)
    def strike_question(self, place):
        """It holds for what is handed in from now on."""
        question = self.quiz.fixed_questions.all()[place].question
        Correction.objects.create(
            version_id=question.current_id, is_void=True, reason="题有误", applied_at=self.tick()
        )
        self.void_places.add(place)

    @rule()
    def recount(self):
        assert recount_many(quiz=self.quiz, member_ids=[self.member.pk], now=self.tick()) == 0

    # What always holds

    @invariant()
    def at_most_one_is_open(self):
        assert Attempt.objects.filter(member=self.member, state="open").count() <= 1

    @invariant()
    def every_attempt_is_as_the_model_has_it(self):
        for attempt in Attempt.objects.filter(member=self.member):
            life = self.lives[attempt.pk]
            answers = {
                int(key[1:]): (entry["s"], "".join(entry["r"]), "c" in entry)
                for key, entry in attempt.answers.items()
            }
            assert (attempt.state, answers) == (life.state, life.answers)
            assert (attempt.score_bp, attempt.deadline) == (life.score, life.deadline)
            assert (attempt.marks is not None) is life.was_graded

    @invariant()
    def progress_is_what_the_rule_makes_of_the_attempts(self):
        handed_in_at, passed_at, steps = self.history()
        progress = Progress.objects.filter(member=self.member).first()
        if progress is None:
            assert not self.lives
            return
        assert (progress.handed_in_at, progress.completed_at) == (handed_in_at, handed_in_at)
        assert (progress.passed_at, progress.best_score_bp) == (
            passed_at,
            steps[-1][1] if steps else None,
        )
        rows = ScoreStep.objects.filter(member=self.member).order_by("reached_at", "pk")
        assert list(rows.values_list("reached_at", "score_bp")) == steps

    @invariant()
    def every_end_has_its_event(self):
        ends = AttemptEvent.objects.filter(attempt__member=self.member)
        kinds = list(ends.exclude(data__has_key="deadline").values_list("kind", flat=True))
        reopened, voided = kinds.count("reopened"), kinds.count("voided")
        graded = sum(life.was_graded for life in self.lives.values())
        assert kinds.count("submitted") + kinds.count("auto") == graded + reopened
        assert voided == sum(life.state == "voided" for life in self.lives.values())


@pytest.mark.django_db
@pytest.mark.timeout(900)
def test_attempt_lives_as_the_model_says(academy, tree):
    AttemptMachine.academy, AttemptMachine.tree = academy, tree
    AttemptMachine.staff = make_staff(tree.city)
    run_state_machine_as_test(
        AttemptMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
