"""Files and folders as entries: what can be read, and what is wrong with the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge_base.importing.front_matter import has_front_matter, read_entry
from knowledge_base.importing.laws import read_law
from knowledge_base.importing.rows import read_rows
from knowledge_base.importing.texts import Entry, TextError

MARKDOWN, ROWS = ".md", ".jsonl"
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True)
class Problem:
    file: str
    line: int
    message: str

    def __str__(self):
        place = _("第 %d 行：") % self.line if self.line else ""
        return f"{self.file}：{place}{self.message}"


@dataclass
class Collected:
    """Entries by title, each with the file that it came from."""

    entries: dict[str, tuple[str, Entry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, file: str, entry: Entry) -> None:
        if entry.title in self.entries:
            other = self.entries[entry.title][0]
            said = _("《%(title)s》在“%(other)s”里已经有了，这一份没有导入。")
            raise TextError(0, said % {"title": entry.title, "other": other})
        self.entries[entry.title] = (file, entry)


def collect(path: Path) -> Collected:
    """Everything that `path`, a file or a folder, holds. Markdown comes first: it is fuller."""
    found = Collected()
    files = _list_files(path)
    if not files:
        found.problems.append(Problem(path.name, 0, _("没有 .md 或 .jsonl 文件。")))
    for file in [each for each in files if each.suffix == MARKDOWN]:
        _guarded(found, file, _take_markdown)
    for file in [each for each in files if each.suffix == ROWS]:
        _guarded(found, file, _take_rows)
    return found


def _list_files(path: Path) -> list[Path]:
    files = path.iterdir() if path.is_dir() else [path]
    return sorted(each for each in files if each.suffix in (MARKDOWN, ROWS))


def _guarded(found: Collected, file: Path, take) -> None:
    try:
        take(found, file)
    except TextError as error:
        found.problems.append(Problem(file.name, error.line, error.message))


def _read_text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise TextError(0, _("文件超过 20 MB，请拆开。"))
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextError(0, _("文字编码不是 UTF-8，请另存为 UTF-8。")) from error
    except OSError as error:
        raise TextError(0, _("打不开这个文件。")) from error


def read_markdown(file: Path) -> Entry:
    text = _read_text(file)
    return read_entry(text) if has_front_matter(text) else read_law(text)


def _take_markdown(found: Collected, file: Path) -> None:
    found.add(file.name, read_markdown(file))


def _take_rows(found: Collected, file: Path) -> None:
    """Each law of the rows; from the Markdown beside them, where they name it."""
    for name, entry in read_rows(_read_text(file)):
        beside = file.parent / Path(name).name
        if name and beside.is_file():
            if entry.title not in found.entries:
                _guarded(found, beside, _take_markdown)
            _compare(found, file.name, entry)
        else:
            found.add(file.name, entry)


def _compare(found: Collected, file: str, rows: Entry) -> None:
    """The same articles in both, or neither can be trusted."""
    if rows.title not in found.entries:
        return
    other, entry = found.entries[rows.title]
    numbers = _different(entry.articles, rows.articles)
    if numbers:
        del found.entries[rows.title]
        said = _("《%(title)s》和“%(other)s”对不上，没有导入：%(numbers)s。请核对原文。")
        facts = {"title": rows.title, "other": other, "numbers": "、".join(numbers)}
        found.problems.append(Problem(file, 0, said % facts))


def _different(some: Iterable, others: Iterable) -> list[str]:
    here = {each.number: each.text for each in some}
    there = {each.number: each.text for each in others}
    return [number for number in here | there if here.get(number) != there.get(number)]
