"""The lines of one typed question as its stem, options, answer and explanation."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from quizzes.question_types.judge import read_truth

from .entries import RawQuestion
from .option_lists import AnswerError, read_answer
from .pairs import ARROW
from .vocabulary import read_difficulty, read_tags, read_type

_LABEL = re.compile(
    r"(?:[【\[]\s*)?(?:"
    r"(?P<dropped>(?:我|你|您|考生|学生|学员|用户)的?答案|(?:本题)?得分|分值)"
    r"|(?P<both>(?:参考)?答案[及与和]解析)"
    r"|(?P<explanation>(?:答案|试题|题目)?(?:解析|详解))"
    r"|(?P<answer>(?:正确|参考|标准)?答案)"
    r"|(?P<difficulty>难易?度)"
    r"|(?P<knowledge_point>知识点|考点)"
    r"|(?P<source>来源|出处)"
    r"|(?P<tags>标签)"
    r")\s*(?P<end>[】\]]\s*[为是]?\s*[:：]?|[为是]?\s*[:：]|(?<=答案)[为是](?!否|非)|$)\s*"
)
_NAMES = tuple(name for name in _LABEL.groupindex if name != "end")
_POINTS = re.compile(r"\d+(?:\.\d+)?\s*分?")
# What stands before a field that begins in the middle of a line.
_GAP = re.compile(r"[\s。；;，,】\])）]$")
# "A. 甲    B. 乙": a letter with its mark, at the start or after a gap.
_OPTION = re.compile(r"(?:^|(?<=[\s;；]))[（(]?([A-ZＡ-Ｚ])\s*(?:[.．、:：]|[)）])\s*(?=\S)")
_TYPE = re.compile(r"^\s*[【\[（(]\s*([^】\])）]{2,8}题)\s*[】\])）]\s*")
# （B）, （ A C ）, (对): letters or a word of truth in brackets.
_BRACKET = re.compile(
    r"[（(][\s_＿]*([A-Za-zＡ-Ｚａ-ｚ\s,，、]{1,20}|[对错√×✓✗]|正确|错误)[\s_＿]*[)）]"
)
_TRUTH = re.compile(r"[对错√×✓✗TFtf]|正确|错误")
_ROOM = " \t\u00a0\u3000_＿"
_BLANK_MARK = re.compile(r"_{2,}|＿{2,}|[（(]\s*[)）]")
_BETWEEN_ANSWERS = re.compile(r"\s*[;；\n]\s*|\s{2,}|\t")


class WordError(Exception):
    """Not understood; the message says why."""


@dataclass(slots=True)
class _Fields:
    stem: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return "\n".join(self.texts.get(name, [])).strip()


def read_question(
    *, place: str, row: int, lines: Sequence[str], type_key: str | None, lost: Collection[str]
) -> RawQuestion:
    """Raises WordError."""
    if lost:
        raise WordError(
            _("题里有%(things)s，文字里带不过来；请删去后导入，再在题库里补上。")
            % {"things": "、".join(sorted(lost))}
        )
    fields = _tell_apart(lines)
    stem = "\n".join(fields.stem).strip()
    if not stem:
        raise WordError(_("没有找到题干；请在题目前面写上题号，例如“1. 题干”。"))
    if (named := _TYPE.match(stem)) and (own := read_type(named[1])):
        type_key, stem = own, stem[named.end() :]
    answer = fields.text("answer")
    if not answer:
        stem, answer = _take_bracket(stem, has_options=bool(fields.options))
    options = tuple(fields.options)
    key = type_key or _guess_type(stem, options, answer)
    if key is None:
        raise WordError(_("看不出是什么题：请在前面加“一、单选题”这样的标题，并写明答案。"))
    try:
        options, answers = _read_answers(key, options, answer)
    except AnswerError as error:
        raise WordError(str(error)) from error
    return RawQuestion(
        sheet=place,
        row=row,
        type=key,
        stem=stem,
        options=options,
        answers=answers,
        explanation=fields.text("explanation"),
        difficulty=read_difficulty(fields.text("difficulty")),
        knowledge_point=fields.text("knowledge_point"),
        source=fields.text("source"),
        tags=read_tags(fields.text("tags")),
    )


def _tell_apart(lines: Sequence[str]) -> _Fields:
    """Lines below a field belong to it; lines below options to the last option."""
    fields = _Fields()
    current: list[str] = fields.stem
    for whole in lines:
        line, *found = _cut_fields(whole, current is fields.texts.get("explanation"))
        if line.strip() or not found:
            current = _add_line(fields, current, line)
        for name, text in found:
            current = fields.texts.setdefault(name, [])
            current.append(text)
    return fields


def _add_line(fields: _Fields, current: list[str], line: str) -> list[str]:
    """Returns what the next line goes on with."""
    if not fields.texts and (options := _split_line(line, len(fields.options))):
        before, *own = options
        if before:
            current.append(before)
        fields.options += own
        return fields.options
    if ARROW in line and not fields.texts and all(ARROW in each for each in fields.options):
        fields.options.append(line.strip())
        return fields.options
    if current is fields.options:
        fields.options[-1] += "\n" + line.strip()
    else:
        current.append(line.strip("\n"))
    return current


def _cut_fields(line: str, explains: bool) -> list:
    """What is before the first field, then (name, text) of each field of the line.

    Inside an explanation only a label in brackets begins an answer: "故答案为：B" explains.
    """
    labels: list[re.Match[str]] = []
    for label in _LABEL.finditer(line):
        if _begins_field(line, label, explains):
            labels.append(label)
            explains = _name(label) == "explanation"
    if not labels:
        return [line]
    ends = [*(label.start() for label in labels[1:]), len(line)]
    fields = [
        (_name(label), _tidy_field(line, label, end))
        for label, end in zip(labels, ends, strict=True)
    ]
    return [line[: labels[0].start()], *fields]


def _begins_field(line: str, label: re.Match[str], explains: bool) -> bool:
    before, name = line[: label.start()], _name(label)
    if name == "both":
        raise WordError(_("答案和解析写在了一起，分不清哪些是答案；请分成“答案：”和“解析：”两行。"))
    if name == "dropped" and "分" in label["dropped"] and not _POINTS.match(line, label.end()):
        return False
    is_bracketed = "】" in label["end"] or "]" in label["end"]
    if not before.strip():
        return bool(label["end"]) or name in ("answer", "explanation")
    if is_bracketed:
        return True
    has_colon = label["end"].endswith((":", "："))
    if explains and name in ("answer", "dropped"):
        return False
    return has_colon and bool(_GAP.search(before) or name == "explanation")


def _name(label: re.Match[str]) -> str:
    return next(name for name in _NAMES if label[name])


def _tidy_field(line: str, label: re.Match[str], end: int) -> str:
    text = line[label.end() : end].strip()
    is_open = line[label.start()] in "【[" and not label["end"].startswith(("】", "]"))
    return text.rstrip("】]").strip() if is_open else text


def _split_line(line: str, count: int) -> list[str]:
    """What is before the first option, then the options; [] unless their letters go on from the
    `count` that are there."""
    starts: list[re.Match[str]] = []
    for match in _OPTION.finditer(line):
        if _letter(match[1]) == chr(ord("A") + count + len(starts)):
            starts.append(match)
    if not starts or (count and starts[0].start() > len(line) - len(line.lstrip())):
        return []
    if starts[0].start() > len(line) - len(line.lstrip()) and len(starts) < 2:
        return []
    ends = [*(match.start() for match in starts[1:]), len(line)]
    options = [
        line[match.end() : end].strip().rstrip(";；").strip()
        for match, end in zip(starts, ends, strict=True)
    ]
    return [line[: starts[0].start()].strip(), *options]


def _take_bracket(stem: str, *, has_options: bool) -> tuple[str, str]:
    """ "首都是（B）。" → ("首都是（ ）。", "B"): a bracket at the end, or one with room around the
    letters. Others may be words of the stem: 维生素（A）. Raises WordError when there are two."""
    found = [each for each in _BRACKET.finditer(stem) if _is_answer(stem, each, has_options)]
    if not found:
        return stem, ""
    if len(found) > 1:
        raise WordError(_("题干里有几处括号都像答案，分不清是哪一处；请另起一行写“答案：”。"))
    [last] = found
    return f"{stem[: last.start()]}（ ）{stem[last.end() :]}", last[1].strip(" \u3000_＿")


def _is_answer(stem: str, bracket: re.Match[str], has_options: bool) -> bool:
    if not has_options and not _TRUTH.fullmatch(bracket[1].strip()):
        return False
    inside, after = bracket[0][1:-1], stem[bracket.end() :]
    is_padded = inside[0] in _ROOM and inside[-1] in _ROOM
    return is_padded or not after.strip(" \t\u3000\n。.？?！!：:；;，,、")


def _guess_type(stem: str, options: tuple[str, ...], answer: str) -> str | None:
    """Without a heading: what the options and the answer look like."""
    if options and all(ARROW in each for each in options):
        return "matching"
    letters = [char for char in unicodedata.normalize("NFKC", answer).upper() if char.isalpha()]
    if options and letters and all("A" <= char <= "Z" for char in letters):
        return "single" if len(letters) == 1 else "multiple"
    if not options and answer and read_truth(answer) is not None:
        return "judge"
    if not options and answer and _BLANK_MARK.search(stem):
        return "blank"
    return None


def _read_answers(
    key: str, options: tuple[str, ...], answer: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One text for each blank where they are set apart; the type divides the rest."""
    options, answers = read_answer(key, options, answer)
    if key in _SEVERAL and len(answers) == 1:
        answers = tuple(text for text in _BETWEEN_ANSWERS.split(answers[0]) if text)
    return options, answers


_SEVERAL = frozenset({"blank"})


def _letter(char: str) -> str:
    return unicodedata.normalize("NFKC", char).upper()
