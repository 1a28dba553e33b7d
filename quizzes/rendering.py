"""A question's HTML, made once: a version never changes, so what is made of it can be kept.

Kept in the process, by version, order of options and answer. Whatever holds a picture or a sound is
made anew each time, because those files can be replaced.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from quizzes.models import QuestionVersion
from quizzes.question_types.base import INPUT_NAME, NO_MARKS
from quizzes.question_types.markers import MARKER
from quizzes.question_types.registry import get_type
from quizzes.specs import LARGEST, Shelf, spec_of
from quizzes.templatetags.question_text import question_text

SCRIPT = re.compile(r'<script src="([^"]+)" defer></script>')
# What somebody wrote herself, nobody else will write again: it is not kept.
LONGEST_ANSWER, LONGEST_BODY = 200, 6000


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands on the answer screen; `inputs` carry the plain name that every question has."""

    stem: SafeString
    inputs: SafeString
    # Addresses of the scripts that the inputs ask for; a page loads each once.
    scripts: tuple[str, ...]
    is_answered: bool
    # What she should know of the values, see `QuestionType.hint`.
    hint: str = ""

    def inputs_named(self, prefix: str) -> SafeString:
        """The inputs of one question among several: "q3.response" in place of "response".

        In escaped text there is no plain quotation mark, so only attributes are met.
        """
        old, new = f'name="{INPUT_NAME}', f'name="{prefix}.{INPUT_NAME}'
        return mark_safe(self.inputs.replace(old, new))  # noqa: S308 it came out of a template


_asked, _read, _reviewed = Shelf(LARGEST), Shelf(LARGEST), Shelf(LARGEST)
_contents = Shelf(LARGEST // 4)


@dataclass(frozen=True, slots=True)
class Read:
    """A version's data as its type reads it, and whether a picture or a sound belongs to it."""

    spec: Any
    has_media: bool


def read_version(version: QuestionVersion) -> Read:
    """Raises QuestionError when the data is damaged."""
    key = (version.pk, version.created_at)
    read = _read.get(key)
    if read is None:
        texts = version.stem + json.dumps(version.data, ensure_ascii=False)
        read = Read(spec_of(version), bool(MARKER.search(texts)))
        _read.put(key, read)
    return read


def render_asked(
    version: QuestionVersion, layout: Sequence[str], values: Sequence[str] = ()
) -> Asked:
    """The question as it is asked; `values` are those stored for it. Nothing tells the key."""
    key = (version.pk, version.created_at, tuple(layout), tuple(values))
    asked = _asked.get(key)
    if asked is None:
        read = read_version(version)
        asked = _render(version, read.spec, layout, values)
        if not read.has_media and _is_short(values):
            _asked.put(key, asked)
    return asked


def _is_short(values: Sequence[str]) -> bool:
    return sum(map(len, values)) <= LONGEST_ANSWER


def _render(version: QuestionVersion, spec, layout: Sequence[str], values: Sequence[str]) -> Asked:
    question_type = get_type(version.type)
    response = question_type.read_response(values, spec)
    shown = question_type.present(spec, layout, response)
    inputs = get_template(question_type.answer_template).render({"q": shown})
    scripts = tuple(SCRIPT.findall(inputs))
    safe = mark_safe(SCRIPT.sub("", inputs))  # noqa: S308 it came out of a template
    hint = question_type.hint(spec, values)
    return Asked(question_text(version.stem), safe, scripts, bool(response), hint)


def render_without_scripts(template: str, shown: dict[str, Any]) -> SafeString:
    """A type's screen for a page that runs no scripts, such as a preview in a sandbox."""
    html = get_template(template).render({"q": shown})
    return mark_safe(SCRIPT.sub("", html))  # noqa: S308 it came out of a template


def render_review(
    version: QuestionVersion,
    layout: Sequence[str],
    values: Sequence[str],
    *,
    spec=None,
    given: Mapping[int, Fraction] = NO_MARKS,
    shows_answers: bool,
    shows_correctness: bool,
) -> SafeString:
    """Her answer and what she may see of the key; `spec` where another one holds than its own."""
    how = {"shows_answers": shows_answers, "shows_correctness": shows_correctness}
    if spec is not None or given or read_version(version).has_media:
        own = spec or read_version(version).spec
        return _show_review(version, own, values, layout=layout, given=given, **how)
    key = (version.pk, version.created_at, tuple(layout), tuple(values), *how.values())
    html = _reviewed.get(key)
    if html is None:
        own = read_version(version).spec
        html = _show_review(version, own, values, layout=layout, given=given, **how)
        if _is_short(values):
            _reviewed.put(key, html)
    return html


def _show_review(version: QuestionVersion, spec, values: Sequence[str], *, layout, **how):
    question_type = get_type(version.type)
    response = question_type.read_response(values, spec)
    shown = question_type.review(spec, layout, response, **how)
    return get_template(question_type.review_template).render({"q": shown})


def render_review_content(review: dict) -> SafeString:
    """What `_review.html` says below its heading. All that it is made of is the key."""
    lesson = review["lesson"] or {}
    texts = (review["stem"], review["body"], review["note"], review["explanation"])
    key = (*texts, lesson.get("url"), lesson.get("text"))
    html = _contents.get(key)
    if html is None:
        html = get_template("pages/quizzes/_review_content.html").render({"review": review})
        has_media = MARKER.search(review["stem"] + review["explanation"])
        if not has_media and len(review["body"]) <= LONGEST_BODY:
            _contents.put(key, html)
    return html
