"""An attempt's questions as its screens show them: to answer, and to look back at."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from zlib import crc32

from django.utils.translation import gettext as _
from wagtail.models import Page

from quizzes.domain.attempts import standins_of
from quizzes.domain.attempts.given import given_marks
from quizzes.domain.attempts.saving import holds_anything
from quizzes.grading import Grade, State
from quizzes.models import Attempt, ManualMark, QuestionVersion, ReviewPart
from quizzes.modes import get_mode
from quizzes.queries_explain import explanation_link
from quizzes.question_media import prefetch_for_versions
from quizzes.question_types.base import NO_MARKS, name_state
from quizzes.question_types.registry import get_type
from quizzes.rendering import read_version, render_asked, render_review
from quizzes.wording import points_text


def answered_indexes(attempt: Attempt) -> set[int]:
    """Places (from 0) with an answer that holds anything."""
    return {index for index in range(attempt.question_count) if is_answered(attempt, index)}


def is_answered(attempt: Attempt, index: int) -> bool:
    return holds_anything(stored_values(attempt, index))


def mark_of(values: list[str]) -> str:
    """Equal for equal answers: a page says with it what it came with."""
    return f"{crc32(json.dumps(values).encode()):x}"


def stored_values(attempt: Attempt, index: int) -> list[str]:
    return attempt.answers.get(f"q{index}", {}).get("r", [])


def is_checked(attempt: Attempt, index: int) -> bool:
    """Judged at once: it can no longer be changed."""
    return bool(attempt.answers.get(f"q{index}", {}).get("c"))


def versions_of(attempt: Attempt) -> dict[int, QuestionVersion]:
    needed = ("type", "stem", "data", "explanation", "created_at")
    versions = QuestionVersion.objects.only(*needed)
    return versions.in_bulk({place["v"] for place in attempt.layout})


def present_questions(attempt: Attempt) -> list[dict]:
    """All questions for one page; nothing in them tells the key."""
    versions = versions_of(attempt)
    prefetch_for_versions(each for each in versions.values() if read_version(each).has_media)
    return [
        present_question(attempt, index, versions[place["v"]], prefix=f"q{index}")
        for index, place in enumerate(attempt.layout)
    ]


def present_question(
    attempt: Attempt, index: int, version: QuestionVersion, *, prefix: str = ""
) -> dict:
    """One question; its inputs are named `prefix`.response where there is a prefix."""
    asked = render_asked(version, attempt.layout[index]["o"], stored_values(attempt, index))
    return {
        "number": index + 1,
        "prefix": prefix,
        "heading": heading(attempt, index, version),
        "stem": asked.stem,
        "inputs": asked.inputs_named(prefix) if prefix else asked.inputs,
        "scripts": asked.scripts,
        "hint": asked.hint,
        "had": mark_of(stored_values(attempt, index)) if f"q{index}" in attempt.answers else "",
        "seq": attempt.answers.get(f"q{index}", {}).get("s", 0),
    }


def hints_on(attempt: Attempt, given: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """What she should know of the values posted for places, by place; most need no word."""
    places = [index for index in given if 0 <= index < len(attempt.layout)]
    needed = QuestionVersion.objects.only("type", "data", "created_at")
    versions = needed.in_bulk({attempt.layout[index]["v"] for index in places})
    hints = {}
    for index in places:
        version = versions[attempt.layout[index]["v"]]
        hints[index] = get_type(version.type).hint(read_version(version).spec, given[index])
    return {index: hint for index, hint in hints.items() if hint}


def heading(attempt: Attempt, index: int, version: QuestionVersion) -> str:
    """单选题 · 第 3 题，共 20 题"""
    facts = {"kind": get_type(version.type).label, "n": index + 1, "all": attempt.question_count}
    return _("%(kind)s · 第 %(n)d 题，共 %(all)d 题") % facts


def review_attempt(
    attempt: Attempt,
    parts: Collection[ReviewPart],
    *,
    only: int | None = None,
    held: Collection[int] = (),
) -> list[dict]:
    """Every question, or the one at the place `only`, with her answer and what `parts` allow.

    Of the questions `held` nothing is told: they stand in an exam that she is writing.
    """
    places = places_seen(attempt) if only is None else [only]
    ids = {attempt.layout[index]["v"] for index in places}
    versions = versions_with_pages(ids)
    prefetch_for_versions(each for each in versions.values() if read_version(each).has_media)
    standins = standins_of(ids)

    needs_person = any(_needs_person(attempt, index, versions) for index in places)
    given = given_marks(attempt) if needs_person else {}
    shows_comments = needs_person and ReviewPart.MARKS in parts and not attempt.needs_marking
    comments = comments_on(attempt) if shows_comments else {}

    def review(index: int) -> dict:
        pk = attempt.layout[index]["v"]
        is_held = versions[pk].question_id in held
        shown = review_question(
            attempt,
            index,
            versions[pk],
            parts=() if is_held else parts,
            standin=standins.get(pk),
            given=given.get(index, NO_MARKS),
        )
        if is_held:
            held_note = _("这道题还在你没交的另一份考试里，交卷后再来看对错和讲解。")
            return shown | {"comments": [], "note": held_note}
        return shown | {"comments": comments.get(index, [])}

    return [review(index) for index in places]


def _needs_person(attempt: Attempt, index: int, versions) -> bool:
    version = versions[attempt.layout[index]["v"]]
    question_type, spec = get_type(version.type), read_version(version).spec
    response = question_type.read_response(stored_values(attempt, index), spec)
    return bool(question_type.parts_to_mark(spec, response))


def comments_on(attempt: Attempt) -> dict[int, list[str]]:
    """By place (from 0), what the markers wrote for her; where one settled it, only hers."""
    marks = ManualMark.objects.filter(attempt=attempt).order_by("place", "part", "marked_at", "pk")
    by_answer = defaultdict(list)
    for mark in marks:
        by_answer[mark.place, mark.part].append(mark)
    comments = defaultdict(list)
    for (place, _part), given in by_answer.items():
        deciding = [mark for mark in given if mark.is_final] or given
        comments[place] += [mark.comment for mark in deciding if mark.comment]
    return comments


def places_seen(attempt: Attempt) -> list[int]:
    """Of an attempt that is over. Where a miss ended it, the rest stays unknown for the next."""
    places = range(attempt.question_count)
    if not get_mode(attempt.mode).ends_on_miss:
        return list(places)
    return [index for index in places if is_checked(attempt, index)]


def versions_with_pages(ids: Iterable[int]) -> dict[int, QuestionVersion]:
    """Versions by id, with the pages that explain their questions: one query, or two.

    A join would bring a whole page, empty for most, with every version.
    """
    needed = ("type", "stem", "data", "explanation", "created_at")
    of_question = ("explained_by", "explained_at", "explained_article")
    needed += ("question", *(f"question__{name}" for name in of_question))
    versions = QuestionVersion.objects.select_related("question").only(*needed)
    found = versions.in_bulk(ids)
    questions = [version.question for version in found.values() if version.question.explained_by_id]
    if questions:
        pages = Page.objects.in_bulk({question.explained_by_id for question in questions})
        for question in questions:
            question.explained_by = pages[question.explained_by_id]
    return found


def review_question(
    attempt: Attempt,
    index: int,
    version: QuestionVersion,
    *,
    parts: Collection[ReviewPart],
    standin=None,
    given: Mapping[int, Fraction] = NO_MARKS,
    grade: Grade | None = None,
) -> dict:
    """One question to look back at; `grade` where the attempt holds no mark for it yet."""
    question_type = get_type(version.type)
    is_corrected = bool(standin and standin.data)
    grade = grade or grade_at(attempt, index)
    shows_correctness = ReviewPart.CORRECTNESS in parts
    return {
        "index": index + 1,
        "version_id": version.pk,
        "question_id": version.question_id,
        "kind_label": question_type.label,
        "heading": _("%(kind)s · 第 %(n)d 题") % {"kind": question_type.label, "n": index + 1},
        "stem": version.stem,
        # The mark that was given counts, not a new judgement by today's rules.
        "state": grade.state if shows_correctness else "",
        "state_label": name_state(grade.state) if shows_correctness else "",
        "mark_text": mark_text(attempt, index, grade) if ReviewPart.MARKS in parts else "",
        "note": _("这道题出得不妥，已经作废，人人得满分。") if _is_void(standin) else "",
        "body": render_review(
            version,
            attempt.layout[index]["o"],
            stored_values(attempt, index),
            spec=question_type.from_data(standin.data) if is_corrected else None,
            given=given,
            shows_answers=ReviewPart.ANSWERS in parts,
            shows_correctness=shows_correctness,
        ),
        "explanation": version.explanation if ReviewPart.EXPLANATIONS in parts else "",
        "lesson": explanation_link(version.question) if ReviewPart.EXPLANATIONS in parts else None,
    }


def grade_at(attempt: Attempt, index: int) -> Grade:
    fraction, state = attempt.marks[index]
    return Grade(Fraction(fraction), State(state))


def mark_text(attempt: Attempt, index: int, grade: Grade) -> str:
    """Where the state alone does not say it: part of the points, or more than one of them."""
    points = attempt.layout[index].get("p", 1)
    if grade.state is State.PENDING or (points == 1 and grade.fraction in (0, 1)):
        return ""
    facts = {"got": points_text(grade.fraction * points), "all": points}
    return _("%(got)s / %(all)s 分") % facts


def _is_void(standin) -> bool:
    return bool(standin and standin.is_void)


def streak_of(attempt: Attempt) -> int:
    """Right answers in a row from the first question on, of an attempt that is over."""
    states = [state for _fraction, state in attempt.marks or []]
    return next((at for at, state in enumerate(states) if state != State.RIGHT), len(states))
