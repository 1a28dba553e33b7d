"""Writing Moodle XML. Text is plain, so that nothing in it is taken for HTML."""

from collections.abc import Callable, Iterable
from pathlib import Path
from xml.sax.saxutils import XMLGenerator

from django.utils.translation import gettext as _

from .cloze import write_cloze
from .entries import Problem, RawQuestion
from .gift import write_category
from .gift_answers import ALTERNATIVES
from .memo import write_memo
from .moodle_xml import LABEL, MEMO
from .numbers import span_of
from .pairs import split_pair
from .weights import LETTERS, share_out
from .wildcards import write_literal
from .writable import NotHeld, check_writable, refuse

_PLAIN = {"format": "plain_text"}


class _Writer:
    def __init__(self, file) -> None:
        self._xml = XMLGenerator(file, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def open(self, name: str, **attributes: str) -> None:
        self._xml.startElement(name, attributes)

    def close(self, name: str) -> None:
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def put(self, name: str, text: str, **attributes: str) -> None:
        self.open(name, **attributes)
        self._xml.characters(text)
        self.close(name)

    def put_text(self, name: str, text: str, **attributes: str) -> None:
        """Moodle wraps what people wrote in an element <text>."""
        self.open(name, **attributes)
        self.put("text", text)
        self.close(name)


def write(path: Path, questions: Iterable[RawQuestion], bank_name: str) -> list[Problem]:
    """Returns the questions that are not in the file, with the reasons."""
    problems: list[Problem] = []
    category = None
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        writer = _Writer(file)
        writer.open("quiz")
        for question in check_writable(questions, HELD_TYPES, LABEL, problems):
            try:
                kind, stem, put_answers = _WRITERS[question.type](question)
            except NotHeld as error:
                problems.append(refuse(question, str(error)))
                continue
            if category != (category := write_category(bank_name, question.knowledge_point)):
                _put_category(writer, category)
            _put_question(writer, question, kind, stem, put_answers)
        writer.close("quiz")
    return problems


def _put_category(writer: _Writer, category: str) -> None:
    writer.open("question", type="category")
    writer.put_text("category", category)
    writer.close("question")


def _put_question(writer: _Writer, question: RawQuestion, kind, stem, put_answers) -> None:
    writer.open("question", type=kind)
    writer.put_text("name", " ".join(question.stem.split())[:60])
    writer.put_text("questiontext", stem, **_PLAIN)
    writer.put_text("generalfeedback", question.explanation, **_PLAIN)
    put_answers(writer, question)
    writer.open("tags")
    for tag in question.tags:
        writer.put_text("tag", tag)
    writer.close("tags")
    writer.put(MEMO, write_memo(question))
    writer.close("question")


PutAnswers = Callable[[_Writer, RawQuestion], None]
Shape = tuple[str, str, PutAnswers]


def _shape(kind: str, put_answers: PutAnswers) -> Callable[[RawQuestion], Shape]:
    return lambda question: (kind, question.stem, put_answers)


def _shape_blank(question: RawQuestion) -> Shape:
    if len(question.answers) == 1:
        return "shortanswer", question.stem, _put_short_answer
    stem = write_cloze(question.stem, question.answers)
    if stem is None:
        raise NotHeld(_("题干里有 Moodle 当作答案的写法 {…}，这道题没有导出；请改题干。"))
    return "cloze", stem, lambda _writer, _question: None


def _shape_number(question: RawQuestion) -> Shape:
    if span_of(question) is None:
        raise NotHeld(_("Moodle XML 放不下这个数值答案，这道题没有导出。"))
    return "numerical", question.stem, _put_number


def _put_options(writer: _Writer, question: RawQuestion, weights: Iterable[str]) -> None:
    writer.put("shuffleanswers", "true")
    writer.put("answernumbering", "ABCD")
    for weight, text in zip(weights, question.options, strict=True):
        writer.put_text("answer", text, fraction=weight, **_PLAIN)


def _put_single(writer: _Writer, question: RawQuestion) -> None:
    writer.put("single", "true")
    letters = LETTERS[: len(question.options)]
    weights = ("100" if letter in question.answers[0] else "0" for letter in letters)
    _put_options(writer, question, weights)


def _put_multiple(writer: _Writer, question: RawQuestion) -> None:
    writer.put("single", "false")
    _put_options(writer, question, share_out(question.answers[0], len(question.options)))


def _put_truth(writer: _Writer, question: RawQuestion) -> None:
    is_true = question.answers == question.options[:1]
    writer.put_text("answer", "true", fraction="100" if is_true else "0")
    writer.put_text("answer", "false", fraction="0" if is_true else "100")


def _put_short_answer(writer: _Writer, question: RawQuestion) -> None:
    """A star would stand for any text."""
    writer.put("usecase", "1" if question.settings.get("case_sensitive") == "yes" else "0")
    for text in question.answers[0].split(ALTERNATIVES):
        writer.put_text("answer", write_literal(text), fraction="100", **_PLAIN)


def _put_number(writer: _Writer, question: RawQuestion) -> None:
    span = span_of(question)
    writer.open("answer", fraction="100")
    writer.put("text", span.middle)
    writer.put("tolerance", span.tolerance)
    writer.close("answer")


def _put_pairs(writer: _Writer, question: RawQuestion) -> None:
    writer.put("shuffleanswers", "true")
    for left, right in map(split_pair, question.options):
        writer.open("subquestion", **_PLAIN)
        writer.put("text", left)
        writer.put_text("answer", right)
        writer.close("subquestion")


def _put_order(writer: _Writer, question: RawQuestion) -> None:
    writer.put("layouttype", "VERTICAL")
    writer.put("selecttype", "ALL")
    writer.put("gradingtype", "RELATIVE_NEXT_EXCLUDE_LAST")
    for number, text in enumerate(question.options, start=1):
        writer.put_text("answer", text, fraction=str(number), **_PLAIN)


def _put_essay(writer: _Writer, question: RawQuestion) -> None:
    writer.put("responseformat", "plain")
    writer.put_text("graderinfo", "\n".join(question.answers), **_PLAIN)


_WRITERS: dict[str, Callable[[RawQuestion], Shape]] = {
    "single": _shape("multichoice", _put_single),
    "multiple": _shape("multichoice", _put_multiple),
    "judge": _shape("truefalse", _put_truth),
    "blank": _shape_blank,
    "numeric": _shape_number,
    "matching": _shape("matching", _put_pairs),
    "ordering": _shape("ordering", _put_order),
    "short": _shape("essay", _put_essay),
}
HELD_TYPES = frozenset(_WRITERS)
