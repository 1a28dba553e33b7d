"""The tree import, through its domain function and its command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from federations.domain.divisions import DivisionRow, TreeFileError, import_federations
from federations.models import Federation

HEADER = "code,parent_code,level,name,kind\n"
SMALL = (
    HEADER + "44,,1,广东省,省\n4414,44,2,梅州市,地级市\n441403,4414,3,梅县区,区\n"
    "441403100,441403,4,松口镇,镇\n441403100221,441403100,5,大黄村委会,村\n4419,44,2,东莞市,地级市\n"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def import_text(tmp_path):
    """Write the text to a file and import it."""

    def run(text: str, encoding: str = "utf-8"):
        file = tmp_path / "tree.csv"
        file.write_bytes(text.encode(encoding))
        return import_federations(path=file)

    return run


@pytest.fixture
def problems_of(import_text):
    def run(text: str) -> list[tuple[int, str]]:
        with pytest.raises(TreeFileError) as caught:
            import_text(text)
        return [(problem.line, problem.message) for problem in caught.value.problems]

    return run


def edges() -> set[tuple]:
    return set(Federation.objects.values_list("code", "parent__code"))


def assert_tree_is_sound():
    assert Federation.find_problems() == ([], [], [], [], [])
    wrong = [
        node.code
        for node in Federation.objects.select_related("parent")
        if node.path[: -Federation.steplen] != (node.parent.path if node.parent else "")
    ]
    assert wrong == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_import_reads_the_encodings_that_excel_saves(import_text, encoding):
    import_text(SMALL, encoding)

    assert Federation.objects.get(code="4414").name == "梅州市"


def test_import_takes_children_before_their_parents(import_text):
    head, *lines = SMALL.splitlines(keepends=True)

    import_text(head + "".join(reversed(lines)))

    assert ("441403100221", "441403100") in edges()
    assert_tree_is_sound()


def test_import_hangs_new_rows_below_nodes_of_the_database(import_text):
    import_text(SMALL)

    result = import_text(
        HEADER + "441403100222,441403100,5,小黄村委会,村\n4418,44,2,清远市,地级市\n"
    )

    assert (result.created, result.absent) == (2, 6)
    assert_tree_is_sound()


def test_import_updates_what_changed(import_text):
    import_text(SMALL)

    result = import_text(SMALL.replace("松口镇,镇", "松口街道,街道"))

    town = Federation.objects.get(code="441403100")
    assert (result.updated, result.unchanged) == (1, 5)
    assert (town.name, town.kind) == ("松口街道", "街道")


def test_import_moves_a_node_with_its_subtree(import_text):
    import_text(SMALL)

    result = import_text(SMALL.replace("441403100,441403,4", "441403100,4419,4"))

    village, city = Federation.objects.get(name="大黄村委会"), Federation.objects.get(code="4419")
    assert (result.moved, result.unchanged) == (1, 5)
    assert village.path.startswith(city.path)
    assert_tree_is_sound()


def test_import_moves_below_a_node_that_the_same_file_brings(import_text):
    import_text(SMALL)

    import_text(
        SMALL.replace("441403100,441403,4", "441403100,441900,4") + "441900,4419,3,新区,区\n"
    )

    assert ("441403100", "441900") in edges()
    assert_tree_is_sound()


def test_import_swaps_parent_and_child(import_text):
    import_text(HEADER + "1,,1,省,\n2,1,2,甲,\n3,2,3,乙,\n4,3,4,丙,\n")

    import_text(HEADER + "3,1,2,乙,\n2,3,3,甲,\n4,2,4,丙,\n")

    assert edges() == {("1", None), ("3", "1"), ("2", "3"), ("4", "2")}
    assert_tree_is_sound()


def test_import_leaves_absent_federations_alone(import_text, tree):
    result = import_text(HEADER + "44,,1,广东省,\n")

    assert result.absent == 11
    assert Federation.objects.count() == 12


def test_import_takes_rows_without_a_file():
    result = import_federations(rows=[DivisionRow(2, "44", "", 1, "广东省", "省")])

    assert result.created == 1


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        ("4401,45,2,广州市,\n", 3, "上级代码 45 在文件和数据库中都没有"),
        ("44,,1,广东省,\n", 3, "与第 2 行重复"),
        ("4401,44,6,广州市,\n", 3, "层级应为 1 至 5"),
        ("4401,44,二,广州市,\n", 3, "层级应为 1 至 5"),
        ("4401,44,1,广州市,\n", 3, "必须低于上级 44"),
        ("4401,44,2,广州市\n", 3, "这一行有 4 列，应为 5 列"),
        ("4401,44,2,,\n", 3, "缺少名称"),
        ("45,,1,广西,\n", 3, "只能有一个最上级，第 2 行已经是了"),
        ("4401,4401,2,广州市,\n", 3, "4401 → 4401"),
        ("\n4401,45,2,广州市,\n", 4, "上级代码 45"),
    ],
)
def test_import_reports_a_bad_line_with_its_number(problems_of, lines, line, words):
    problems = problems_of(HEADER + "44,,1,广东省,\n" + lines)

    assert (line, words) in [(at, words) for at, message in problems if words in message]
    assert not Federation.objects.exists()


def test_import_reports_every_problem(problems_of):
    problems = problems_of(
        HEADER + "44,,1,广东省,\n4401,45,2,广州市,\n4402,44,1,韶关市,\n4403,44,2,,\n"
    )

    assert [line for line, _message in problems] == [3, 4, 5]


def test_import_reports_a_ring_once(problems_of):
    problems = problems_of(HEADER + "44,,1,省,\n1,3,2,甲,\n2,1,3,乙,\n3,2,4,丙,\n")

    assert [message for _line, message in problems if "环" in message] == [
        "上级关系成了环：1 → 3 → 2 → 1。"
    ]


def test_import_does_not_call_children_of_a_broken_line_orphans(problems_of):
    problems = problems_of(HEADER + "44,,1,省,\n4401,44,2\n440103,4401,3,荔湾区,\n")

    assert [line for line, _message in problems] == [3]


def test_import_refuses_another_root(import_text, problems_of):
    import_text(SMALL)

    problems = problems_of(HEADER + "45,,1,广西,\n")

    assert problems == [(2, "缺少上级代码：数据库中的最上级是“广东省”，其他妇联都要填写上级。")]


def test_import_refuses_to_sink_a_node_below_its_children(import_text, problems_of):
    import_text(SMALL)

    problems = problems_of(HEADER + "441403,4414,4,梅县区,区\n")

    assert [line for line, _message in problems] == [2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00\x81", "编码"),
        (b"", "表头应为"),
        (b"PK\x03\x04", "表头应为"),
        (b"code,parent_code,level,name,kind\n44,,1,\x00,\n", "不可见字符"),
    ],
)
def test_import_explains_a_file_that_is_no_table(tmp_path, content, words):
    file = tmp_path / "tree.csv"
    file.write_bytes(content)

    with pytest.raises(TreeFileError, match=words):
        import_federations(path=file)


def test_command_says_that_nothing_changed(tmp_path):
    file = tmp_path / "tree.csv"
    file.write_text(SMALL, encoding="utf-8")
    call_command("import_federations", file, stdout=StringIO())
    out = StringIO()

    call_command("import_federations", file, stdout=out)

    assert out.getvalue() == "没有变化：6 个妇联已是最新\n"


def test_command_prints_fifty_problems_and_counts_the_rest(tmp_path):
    file = tmp_path / "tree.csv"
    file.write_text(HEADER + "".join(f"{n},9,2,某市,\n" for n in range(10, 70)), encoding="utf-8")

    with pytest.raises(CommandError) as caught:
        call_command("import_federations", file)

    lines = str(caught.value).splitlines()
    assert (len(lines), lines[50]) == (52, "另有 10 处")


def test_command_names_a_missing_file(tmp_path):
    with pytest.raises(CommandError, match="读不到文件"):
        call_command("import_federations", tmp_path / "none.csv")
