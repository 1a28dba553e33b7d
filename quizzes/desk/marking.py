"""What waits for a person's mark, as one marker meets it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from members.models import Member
from quizzes.domain.attempts import standins_of
from quizzes.domain.corrections.finding import HoldsVersion
from quizzes.grading.marks import GivenMark, Turn, find_turn
from quizzes.models import Attempt, AttemptState, ManualMark, QuestionVersion, QuizPage
from quizzes.question_types.base import QuestionType
from quizzes.question_types.registry import get_type

BATCH = 500
# Attempts that one screen looks through for the answer that comes next.
LOOK_AHEAD = 50
WAITING = Q(needs_marking=True, state=AttemptState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Task:
    """One answer: `part` is 0 except inside a case."""

    attempt_id: int
    place: int
    part: int
    question_id: int
    turn: Turn

    @property
    def answer(self) -> tuple[int, int, int]:
        return self.attempt_id, self.place, self.part

    @property
    def place_in_queue(self) -> tuple[int, int, int]:
        """Question by question: that is fairer than attempt by attempt."""
        return self.question_id, self.part, self.attempt_id

    @property
    def is_waiting(self) -> bool:
        return self.turn in (Turn.MARK, Turn.SETTLE)


@dataclass(frozen=True, slots=True)
class Here:
    """One answer, and the next one to the same question that waits; None: there is none near."""

    task: Task
    following: Task | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, or part of a case, with how much of it waits for her."""

    question_id: int
    part: int
    stem: str
    waiting: int
    to_settle: int


def quizzes_with_marking(quizzes):
    """Quizzes with the number of attempts that wait, those first that have most."""
    waiting = Count(
        "attempts",
        filter=Q(attempts__needs_marking=True, attempts__state=AttemptState.SUBMITTED),
    )
    return quizzes.annotate(waiting=waiting).filter(waiting__gt=0).order_by("-waiting", "title")


def find_tasks(
    *, quiz: QuizPage, marker: Member, attempt_ids: Sequence[int] | None = None
) -> list[Task]:
    """All that she may mark, question by question; her own attempts are left to others.

    Reads every attempt that waits, or those that are named.
    """
    attempts = _attempts_for(quiz, marker)
    marks = ManualMark.objects.filter(attempt__quiz=quiz, attempt__needs_marking=True)
    if attempt_ids is not None:
        attempts = attempts.filter(pk__in=attempt_ids)
        marks = marks.filter(attempt__in=attempt_ids)
    given = _marks_by_answer(marks)
    tasks = []
    for attempt_id, place, part, question_id in _answers_to_mark(attempts):
        turn = find_turn(
            given[attempt_id, place, part], marker=marker.pk, needs_two=quiz.second_marking
        )
        if turn is not Turn.DONE:
            tasks.append(Task(attempt_id, place, part, question_id, turn))
    return sorted(tasks, key=lambda task: task.place_in_queue)


def look_up(*, quiz: QuizPage, marker: Member, answer: tuple[int, int, int]) -> Here | None:
    """Where she is, found without reading the whole queue; None: it is not hers to mark.

    `answer` is (attempt, place, part). Looks from this attempt on, not further than LOOK_AHEAD.
    """
    attempt_id, place, part = answer
    question_id = _question_at(quiz, attempt_id, place)
    if question_id is None:
        return None
    attempts = _attempts_for(quiz, marker).filter(_holds(question_id), pk__gte=attempt_id)
    ids = list(attempts.order_by("pk").values_list("pk", flat=True)[:LOOK_AHEAD])
    tasks = find_tasks(quiz=quiz, marker=marker, attempt_ids=ids)
    alike = [each for each in tasks if (each.question_id, each.part) == (question_id, part)]
    if not alike or alike[0].answer != answer:
        return None
    return Here(alike[0], next((each for each in alike[1:] if each.is_waiting), None))


def _question_at(quiz: QuizPage, attempt_id: int, place: int) -> int | None:
    layouts = Attempt.objects.filter(pk=attempt_id, quiz=quiz).values_list("layout", flat=True)
    version = [each["v"] for layout in layouts for each in layout[place : place + 1]]
    questions = QuestionVersion.objects.filter(pk__in=version)
    return questions.values_list("question_id", flat=True).first()


def _holds(question_id: int) -> Q:
    versions = QuestionVersion.objects.filter(question=question_id).values_list("pk", flat=True)
    return reduce(or_, (Q(HoldsVersion(pk)) for pk in versions))


def _attempts_for(quiz: QuizPage, marker: Member) -> QuerySet:
    return Attempt.objects.filter(WAITING, quiz=quiz).exclude(member=marker)


def count_by_question(tasks: Iterable[Task]) -> list[Asked]:
    counts: dict[tuple[int, int], list[Turn]] = defaultdict(list)
    for task in tasks:
        counts[task.question_id, task.part].append(task.turn)
    ids = {question_id for question_id, _part in counts}
    versions = QuestionVersion.objects.filter(question__in=ids).order_by("number")
    newest = {version.question_id: version for version in versions}
    return [
        Asked(
            question_id,
            part,
            _stem(newest[question_id], part),
            waiting=sum(turn in (Turn.MARK, Turn.SETTLE) for turn in turns),
            to_settle=turns.count(Turn.SETTLE),
        )
        for (question_id, part), turns in counts.items()
    ]


def _stem(version: QuestionVersion, part: int) -> str:
    question_type = get_type(version.type)
    if not question_type.has_parts:
        return version.stem
    spec = question_type.from_data(version.data)
    return f"{version.stem[:30]}…（{part + 1}）{question_type.marking_guide(spec, part).stem}"


def next_task(tasks: list[Task], after: Task | None = None) -> Task | None:
    """The next that waits, going round; `after` itself when no other does."""
    waiting = [task for task in tasks if task.is_waiting]
    later = (each for each in waiting if after and each.place_in_queue > after.place_in_queue)
    return next(later, waiting[0] if waiting else None)


def marked_before(*, quiz: QuizPage, marker: Member, task: Task) -> tuple[int, int, int] | None:
    """The answer that she marked before this one, if she may still think again."""
    own = ManualMark.objects.filter(marker=marker, attempt__quiz=quiz)
    own = own.filter(attempt__needs_marking=True, attempt__state=AttemptState.SUBMITTED)
    this = own.filter(attempt=task.attempt_id, place=task.place, part=task.part).first()
    if this:
        own = own.filter(pk__lt=this.pk)
    same = {name: OuterRef(name) for name in ("attempt", "place", "part")}
    settled = ManualMark.objects.filter(is_final=True, **same)
    answers = own.exclude(Exists(settled)).order_by("-pk")
    return answers.values_list("attempt_id", "place", "part").first()


def present_answer(attempt: Attempt, task: Task) -> dict:
    """The question, what guides the marker, and the answer; nothing says whose it is."""
    version = QuestionVersion.objects.get(pk=attempt.layout[task.place]["v"])
    question_type = get_type(version.type)
    spec = question_type.from_data(version.data)
    values = attempt.answers.get(f"q{task.place}", {}).get("r", [])
    shown = question_type.review(
        spec,
        attempt.layout[task.place]["o"],
        question_type.read_response(values, spec),
        shows_answers=False,
        shows_correctness=False,
    )
    whole = {"template": question_type.review_template, "q": shown}
    return {
        "stem": version.stem,
        "guide": question_type.marking_guide(spec, task.part),
        "given": shown["parts"][task.part] if question_type.has_parts else whole,
        "points": attempt.layout[task.place].get("p", 1),
    }


def _marks_by_answer(rows: QuerySet) -> dict[tuple, list[GivenMark]]:
    marks = defaultdict(list)
    columns = ("attempt_id", "place", "part", "marker_id", "percent", "is_final")
    for attempt_id, place, part, *given in rows.order_by("pk").values_list(*columns):
        marks[attempt_id, place, part].append(GivenMark(*given))
    return marks


@dataclass(frozen=True, slots=True)
class _Read:
    """A version with its data read once."""

    question_id: int
    type: QuestionType
    spec: Any

    @property
    def needs_a_person(self) -> bool:
        """Whether any answer does: a full one would."""
        return bool(self.type.parts_to_mark(self.spec, self.type.full_response(self.spec)))

    def parts_to_mark(self, values: list[str]) -> tuple[int, ...]:
        return self.type.parts_to_mark(self.spec, self.type.read_response(values, self.spec))


def _answers_to_mark(attempts: QuerySet) -> Iterator[tuple[int, int, int, int]]:
    """(attempt, place, part, question) of every answer that a person judges."""
    rows = attempts.order_by("pk").values_list("pk", "layout", "answers").iterator(BATCH)
    versions: dict[int, _Read | None] = {}
    while batch := list(islice(rows, BATCH)):
        _load_versions(versions, {each["v"] for _pk, layout, _a in batch for each in layout})
        for pk, layout, answers in batch:
            for place, each in enumerate(layout):
                if version := versions[each["v"]]:
                    values = answers.get(f"q{place}", {}).get("r", [])
                    for part in version.parts_to_mark(values):
                        yield pk, place, part, version.question_id


def _load_versions(versions: dict[int, _Read | None], wanted: set[int]) -> None:
    """None for what needs nobody: a question that is judged by rule, or that was struck."""
    new = wanted - versions.keys()
    if not new:
        return
    struck = {pk for pk, standin in standins_of(new).items() if standin.is_void}
    versions.update(dict.fromkeys(struck))
    for version in QuestionVersion.objects.filter(pk__in=new - struck):
        question_type = get_type(version.type)
        read = _Read(version.question_id, question_type, question_type.from_data(version.data))
        versions[version.pk] = read if read.needs_a_person else None
