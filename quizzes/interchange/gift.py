"""Reading GIFT, the text format of Moodle."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from .entries import Entry, Problem, RawQuestion
from .gift_answers import GiftError, read_answers, read_body, read_gift_text
from .gift_text import cut, find_unescaped, read_format, unescape
from .memo import apply_memo
from .texts import read_text_file
from .wildcards import WildcardError

LABEL = "GIFT"
MEMO = "// 执委学堂 "
BLANK = "____"
_NAME = re.compile(r"\s*::((?:\\.|[^\\:]|:(?!:))*)::", re.DOTALL)
_TAG = re.compile(r"\[tag:((?:\\.|[^\]])*)\]")
_DEFAULT_CATEGORY = re.compile(r"top|\$.*\$|default.*|.*的?默认.*", re.IGNORECASE)
_MARKED_BY_PEOPLE = frozenset({"short"})
MOST_BLOCK_CHARS = 200_000


@dataclass(slots=True)
class _Block:
    """The lines between two empty ones."""

    row: int
    lines: list[str] = field(default_factory=list)
    memo: str = ""
    tags: tuple[str, ...] = ()


def read(path: Path) -> Iterator[Entry]:
    """Every question, and every other text as a problem. Raises UnreadableFile."""
    return _read_blocks(read_text_file(path))


def _read_blocks(text: str) -> Iterator[Entry]:
    category = ""
    for block in _split_blocks(text):
        content = "\n".join(block.lines).strip()
        if content.startswith("$CATEGORY:"):
            category = content.removeprefix("$CATEGORY:").strip()
        elif content:
            yield _read_block(block, content, category)


def _split_blocks(text: str) -> Iterator[_Block]:
    """A category is a block of its own, whether or not an empty line follows."""
    block = _Block(1)
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if not stripped:
            yield block
            block = _Block(number + 1)
        elif stripped.startswith("$CATEGORY:"):
            yield block
            yield _Block(number, [stripped])
            block = _Block(number + 1)
        elif stripped.startswith("//"):
            _read_comment(block, stripped)
        else:
            block.row = block.row if block.lines else number
            block.lines.append(line)
    yield block


def _read_comment(block: _Block, comment: str) -> None:
    if comment.startswith(MEMO):
        block.memo = comment.removeprefix(MEMO)
    block.tags += tuple(unescape(tag).strip() for tag in _TAG.findall(comment))


def _read_block(block: _Block, content: str, category: str) -> Entry:
    place = name_category(category) or LABEL
    try:
        if len(content) > MOST_BLOCK_CHARS:
            raise GiftError(_("这一题太长，没有读入；请检查题与题之间有没有空行。"))
        question = _read_question(content)
    except (GiftError, WildcardError) as error:
        return Problem(place, block.row, str(error), text=content[:200])
    question = replace(
        question,
        sheet=place,
        row=block.row,
        knowledge_point=read_knowledge_point(category),
        tags=tuple(dict.fromkeys(tag for tag in block.tags if tag)),
    )
    return apply_memo(question, block.memo) if block.memo else _give_model_answer(question)


def _give_model_answer(question: RawQuestion) -> RawQuestion:
    """GIFT has no place for one: other programs write it as feedback."""
    if question.type in _MARKED_BY_PEOPLE and question.explanation:
        return replace(question, answers=(question.explanation,), explanation="")
    return question


def _read_question(content: str) -> RawQuestion:
    if name := _NAME.match(content):
        content = content[name.end() :]
    text_format, content = read_format(content)
    opening = next(find_unescaped(content, r"\{"), None)
    if opening is None:
        raise GiftError(_("没有写答案的大括号 { }，看不出是什么题。"))
    closings = list(find_unescaped(content[opening.end() :], r"\}"))
    if not closings:
        raise GiftError(_("大括号没有闭合；一道题的中间不要有空行。"))
    end = opening.end() + closings[-1].start()
    before, after = content[: opening.start()], content[end + 1 :]
    answer, feedback = cut(content[opening.end() : end], "####")
    if next(find_unescaped(answer, r"[{}]"), None):
        raise GiftError(_("一道题里有几处大括号；请拆成几道题，或改用 Moodle XML。"))
    question = read_answers(answer.strip(), text_format)
    stem = read_body(before, text_format)
    if after.strip():
        stem += BLANK + read_body(after, text_format)
    explanations = [read_gift_text(feedback, text_format), question.explanation]
    return replace(
        question, stem=stem, explanation="\n".join(text for text in explanations if text)
    )


def split_category(path: str) -> list[str]:
    """ "$course$/top/国安/宪法" → ["国安", "宪法"]; a double slash is a slash in a name."""
    names = [part.replace("\0", "/").strip() for part in path.replace("//", "\0").split("/")]
    return [name for name in names if name and not _DEFAULT_CATEGORY.fullmatch(name)]


def read_knowledge_point(category: str) -> str:
    """The narrowest category."""
    return (split_category(category) or [""])[-1]


def name_category(category: str) -> str:
    return "/".join(split_category(category))


def write_category(*names: str) -> str:
    return "/".join(["$course$", "top", *(name.replace("/", "//") for name in names if name)])
