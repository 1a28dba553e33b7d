"""PURE: what is wrong with the rows, given the nodes that are there already."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from federations.domain.divisions.rows import DivisionRow, KnownNode, RowProblem

LEVELS = range(1, 6)
CODE_LENGTH, NAME_LENGTH, KIND_LENGTH = 12, 60, 20


def find_problems(rows: list[DivisionRow], known: dict[str, KnownNode]) -> list[RowProblem]:
    """Every problem of the file, by line. `known` maps keys to the nodes of the database."""
    sound = [row for row in rows if not row.fault]
    problems = [
        *_broken_lines(rows),
        *_duplicates(rows),
        *_wrong_roots(sound, known),
        *_orphans(sound, {row.code for row in rows} | known.keys()),
        *_levels_out_of_order(sound, known),
        *_cycles(sound, known),
    ]
    return sorted(problems, key=lambda problem: problem.line)


def _broken_lines(rows: Iterable[DivisionRow]) -> Iterator[RowProblem]:
    for row in rows:
        for fault in [row.fault] if row.fault else _field_faults(row):
            yield RowProblem(row.line, fault)


def _field_faults(row: DivisionRow) -> Iterator[str]:
    if not (row.code.isascii() and row.code.isalnum() and len(row.code) <= CODE_LENGTH):
        yield _("区划代码“%(code)s”应为不超过 12 位的数字或字母。") % {"code": row.code}
    if not row.name:
        yield _("缺少名称。")
    if len(row.name) > NAME_LENGTH or not row.name.isprintable():
        yield _("名称过长或含有不可见字符，请改为不超过 60 个字的文字。")
    if len(row.kind) > KIND_LENGTH or not row.kind.isprintable():
        yield _("类别过长或含有不可见字符，请改为不超过 20 个字的文字。")
    if row.level not in LEVELS:
        yield _("层级应为 1 至 5 的数字。")


def _duplicates(rows: Iterable[DivisionRow]) -> Iterator[RowProblem]:
    first_lines: dict[str, int] = {}
    for row in rows:
        first = first_lines.setdefault(row.code, row.line)
        if row.code and first != row.line:
            message = _("区划代码 %(code)s 与第 %(first)d 行重复。")
            yield RowProblem(row.line, message % {"code": row.code, "first": first})


def _wrong_roots(rows: list[DivisionRow], known: dict[str, KnownNode]) -> Iterator[RowProblem]:
    roots = [row for row in rows if not row.parent_code]
    present = next((node for node in known.values() if not node.parent_key), None)
    for row in roots:
        if present and row.code != present.key:
            message = _("缺少上级代码：数据库中的最上级是“%(name)s”，其他妇联都要填写上级。")
            yield RowProblem(row.line, message % {"name": present.name})
        elif not present and row is not roots[0]:
            message = _("缺少上级代码：只能有一个最上级，第 %(line)d 行已经是了。")
            yield RowProblem(row.line, message % {"line": roots[0].line})


def _orphans(rows: Iterable[DivisionRow], codes: set[str]) -> Iterator[RowProblem]:
    for row in rows:
        if row.parent_code and row.parent_code not in codes:
            message = _("上级代码 %(code)s 在文件和数据库中都没有。")
            yield RowProblem(row.line, message % {"code": row.parent_code})


def _levels_out_of_order(rows, known: dict[str, KnownNode]) -> Iterator[RowProblem]:
    """Look at the tree as it will be: a row may also sink below children that it does not list."""
    in_file = {row.code: row for row in rows}
    levels = {key: node.level for key, node in known.items()}
    levels |= {row.code: row.level for row in rows}
    message = _("层级 %(level)d 必须低于上级 %(parent)s 的层级 %(above)d（数字更大）。")
    for row in rows:
        above = levels.get(row.parent_code)
        if above in LEVELS and row.level in LEVELS and row.level <= above:
            facts = {"level": row.level, "parent": row.parent_code, "above": above}
            yield RowProblem(row.line, message % facts)
    below = _("层级 %(level)d 不高于它在数据库中的下级“%(name)s”（层级 %(below)d）。")
    for node in known.values():
        above = in_file.get(node.parent_key)
        listed = above is None or node.key in in_file
        if not listed and above.level in LEVELS and node.level <= above.level:
            facts = {"level": above.level, "name": node.name, "below": node.level}
            yield RowProblem(above.line, below % facts)


def _cycles(rows: list[DivisionRow], known: dict[str, KnownNode]) -> Iterator[RowProblem]:
    parents = merged_parents(rows, known)
    lines = {row.code: row.line for row in rows}
    settled: set[str] = set()
    for row in rows:
        trail: dict[str, None] = {}
        key = row.code
        while key and key not in settled and key not in trail:
            trail[key] = None
            key = parents.get(key, "")
        if key in trail:
            ring = list(trail)[list(trail).index(key) :]
            message = _("上级关系成了环：%(ring)s。") % {"ring": " → ".join([*ring, key])}
            yield RowProblem(min(lines[code] for code in ring if code in lines), message)
        settled.update(trail)


def merged_parents(rows: Iterable[DivisionRow], known: dict[str, KnownNode]) -> dict[str, str]:
    """Who hangs below whom once the file is in: the file overrides the database."""
    parents = {key: node.parent_key for key, node in known.items()}
    return parents | {row.code: row.parent_code for row in rows}
