import json
import unicodedata
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from federations.models import StaffRoleType
from quizzes.domain.importing import import_questions
from quizzes.interchange.entries import RawQuestion
from quizzes.models import Question, QuestionBank, QuestionVersion
from tests.factories import make_staff
from tests.quizzes.workbooks import CHOICE_HEADER, make_choices, make_workbook

pytestmark = pytest.mark.django_db

# Savepoint included, as the tests run inside a transaction.
NEW_QUERIES = 10
CHANGED_QUERIES = 12
UNKNOWN_TYPE = "看不懂题型“连环画”，请填写单选题、多选题、判断题、填空题、简答题等。"

NAME = "national_security_contest_2022"


@pytest.fixture
def run(tmp_path):
    """Import sheets; returns what the command printed."""

    def run_command(*flags, **sheets):
        path = make_workbook(tmp_path / "试题.xlsx", **sheets)
        return command(path, *flags)

    return run_command


def command(path, *flags):
    out = StringIO()
    call_command("import_questions", path, "--bank", "国安", *flags, stdout=out)
    return out.getvalue()


def ask(**changes):
    fields = {
        "sheet": "单选题",
        "row": 2,
        "type": "single",
        "stem": "哪项正确？",
        "options": ("甲", "乙", "丙"),
        "answers": ("B",),
    }
    return RawQuestion(**{**fields, **changes})


def load(*entries, **options):
    return import_questions(bank_name="国安", entries=entries, **options)


def results(report):
    return [str(line.result) for line in report.lines]


# What becomes of a row.


def test_question_is_filed_with_version_one():
    load(ask(difficulty=5, knowledge_point="宪法", explanation="见第一条。"))

    question = Question.objects.get()
    version = question.current
    assert (question.bank.name, question.difficulty, question.knowledge_point) == (
        "国安",
        5,
        "宪法",
    )
    assert (version.number, version.type, version.explanation) == (1, "single", "见第一条。")
    assert version.data["right"] == ["b"]


def test_second_run_changes_nothing():
    load(ask())

    report = load(ask())

    assert results(report) == ["unchanged"]
    assert QuestionVersion.objects.count() == 1


def test_row_with_a_recording_that_is_not_there_is_refused(tree):
    author = make_staff(tree.town, StaffRoleType.EDITOR)

    report = load(ask(stem="[音频:99] 听后选哪项？"), ask(row=3, stem="哪项对？"), author=author)

    assert results(report) == ["problem", "imported"]
    assert report.lines[0].reason.startswith("您不能用 [音频:99]")


def test_repetition_names_the_first_row():
    report = load(
        ask(), ask(row=7, stem="哪项正确（ ）", options=("乙", "甲", "丙"), answers=("A",))
    )

    assert results(report) == ["imported", "duplicate"]
    assert report.lines[1].reason == "重复：和“单选题”第 2 行是同一道题，没有再次导入。"


def test_conflict_names_both_keys_and_keeps_the_first():
    report = load(ask(), ask(row=7, answers=("C",)))

    assert results(report) == ["imported", "problem"]
    assert "和“单选题”第 2 行是同一道题，那里的答案是“B”，这里是“C”" in report.lines[1].reason
    assert Question.objects.get().current.data["right"] == ["b"]


def test_conflict_is_found_between_types():
    report = load(ask(), ask(row=3, type="multiple", answers=("AB",)))

    assert results(report) == ["imported", "problem"]


@pytest.mark.parametrize(
    "change", [{"answers": ("C",)}, {"explanation": "新的解析。"}, {"stem": "哪项正确"}]
)
def test_changed_question_gets_a_new_version(change):
    load(ask(explanation="旧的解析。"))

    report = load(ask(**change))

    assert results(report) == ["updated"]
    question = Question.objects.get()
    assert [v.number for v in question.versions.order_by("number")] == [1, 2]
    assert question.current.number == 2


def test_changed_filing_makes_no_version():
    load(ask(difficulty=2, knowledge_point="宪法"))

    report = load(ask(difficulty=4))

    question = Question.objects.get()
    assert results(report) == ["updated"]
    assert (question.difficulty, question.knowledge_point) == (4, "宪法")
    assert question.versions.count() == 1


def test_empty_explanation_keeps_the_one_in_the_bank():
    load(ask(explanation="编辑写的解析。"))

    report = load(ask())

    assert results(report) == ["unchanged"]


def test_retired_question_stays_retired():
    load(ask())
    Question.objects.update(is_retired=True)

    load(ask(answers=("C",)))

    assert Question.objects.get().is_retired


def test_dry_run_writes_nothing_and_foresees_the_result():
    report = load(ask(), ask(row=3, stem="", answers=("Z",)), is_dry_run=True)

    assert results(report) == ["imported", "problem"]
    assert not QuestionBank.objects.exists()


def test_too_long_knowledge_point_is_a_problem():
    report = load(ask(knowledge_point="长" * 61))

    assert report.lines[0].reason == "“知识点”超过 60 字，请缩短。"


def make_entries(count, answer):
    return [ask(row=i, stem=f"第 {i} 题？", answers=(answer,)) for i in range(count)]


@pytest.mark.parametrize("count", [1, 50])
def test_new_questions_take_the_same_queries_whatever_their_number(
    django_assert_num_queries, count
):
    load()

    with django_assert_num_queries(NEW_QUERIES):
        load(*make_entries(count, "B"))


@pytest.mark.parametrize("count", [1, 50])
def test_changed_questions_take_the_same_queries_whatever_their_number(
    django_assert_num_queries, count
):
    load(*make_entries(count, "B"))

    with django_assert_num_queries(CHANGED_QUERIES):
        load(*make_entries(count, "C"))


# The command.


def test_command_prints_a_summary_and_the_problems(run):
    rows = [
        CHOICE_HEADER,
        ["一？", "甲", "乙", "", "", "A"],
        ["一", "甲", "乙", "", "", "A"],
        ["二？", "甲", "乙", "", "", "C"],
    ]

    out = run(单选题=rows)

    assert out.splitlines() == [
        "题库“国安”",
        "单选题 单选题：导入 1，已更新 0，已存在 0，重复 1，有问题 1",
        "合计：导入 1，已更新 0，已存在 0，重复 1，有问题 1。",
        "单选题!3: 重复：和“单选题”第 2 行是同一道题，没有再次导入。",
        "单选题!4: 答案 C 没有对应的选项，请改答案或补充选项。",
    ]


def test_command_says_that_a_second_run_changed_nothing(run):
    run(单选题=make_choices(3))

    out = run(单选题=make_choices(3))

    assert out.splitlines()[-1] == (
        "合计：导入 0，已更新 0，已存在 3，重复 0，有问题 0。题库没有变化。"
    )


def test_command_dry_run_makes_no_bank(run):
    out = run("--dry-run", 单选题=make_choices(1))

    assert out.splitlines()[0] == "题库“国安”：试运行，什么也没有写入。"
    assert not QuestionBank.objects.exists()


def test_command_prints_json(run):
    header = ["题干", "题型", "选项A", "选项B", "答案", "空1", "空2", "难度"]
    rows = [
        header,
        ["地球是方的。", "判断题", "错误", "正确", "A", "", "", 9],
        ["（）和（）", "填空题", "", "", "", "甲", "乙", 1],
        ["为什么？", "连环画", "", "", "因为", "", "", ""],
    ]

    report = json.loads(run("--json", 导入=rows))

    questions = report.pop("questions")
    assert report == {
        "bank": "国安",
        "dry_run": False,
        "imported": 2,
        "unchanged": 0,
        "updated": 0,
        "duplicates": 0,
        "problems": [{"sheet": "导入", "row": 4, "reason": UNKNOWN_TYPE}],
        "notes": [
            {"sheet": "导入", "row": 2, "reason": "看不懂难度“9”，没有采用；难度请填 1 到 5。"}
        ],
    }
    assert [(each["options"], each["answer"]) for each in questions] == [
        ([{"key": "A", "text": "错误"}, {"key": "B", "text": "正确"}], ["A"]),
        ([], ["甲", "乙"]),
    ]


def test_command_refuses_an_unreadable_file_and_files_nothing(tmp_path):
    path = tmp_path / "试题.xlsx"
    path.write_text("不是工作簿")

    with pytest.raises(CommandError, match=r"这不是 \.xlsx 文件"):
        command(path)

    assert not QuestionBank.objects.exists()


# The real workbook, against what a careful reader gets from it.


@pytest.fixture
def real(shared_data):
    return shared_data / "questions" / f"{NAME}.xlsx"


@pytest.fixture
def expected(shared_data):
    lines = (shared_data / "questions" / f"{NAME}.expected.jsonl").read_text("utf-8").splitlines()
    return {question["row"]: question for question in map(json.loads, lines)}


def fold(text):
    return "".join(unicodedata.normalize("NFKC", text).split())


def describe(question):
    return (
        {"essay": "short"}.get(question["type"], question["type"]),
        fold(question["stem"]),
        [(option["key"], fold(option["text"])) for option in question["options"]],
        [fold(answer) for answer in question["answer"]],
    )


def name_row(entry):
    return f"{entry['sheet']}!{entry['row']}"


def test_real_workbook_is_imported_or_listed_row_by_row(real, expected):
    report = json.loads(command(real, "--json"))

    imported = {name_row(question): describe(question) for question in report["questions"]}
    listed = {name_row(problem): problem["reason"] for problem in report["problems"]}
    assert imported == {row: describe(expected[row]) for row in imported}
    assert not imported.keys() & listed.keys()
    assert expected.keys() - listed.keys() == imported.keys()
    assert all(listed.values())


def test_real_workbook_rows_outside_the_expected_ones_have_no_header(real, expected):
    report = json.loads(command(real, "--json", "--dry-run"))

    others = [each for each in report["problems"] if name_row(each) not in expected]
    assert {each["sheet"] for each in others} == {"题库调整", "Sheet1"}
    assert all(each["reason"].startswith("没有找到表头") for each in others)
    assert len(others) == 4 + 69


def test_real_workbook_counts_are_stable(real):
    report = json.loads(command(real, "--json"))
    reasons = [problem["reason"] for problem in report["problems"]]

    counts = {
        start: sum(reason.startswith(start) for reason in reasons)
        for start in ("重复", "答案矛盾", "没有找到表头")
    }
    assert report["imported"] == Question.objects.count() == 2936
    assert counts == {"重复": 120, "答案矛盾": 1, "没有找到表头": 73}


def test_real_workbook_imported_again_changes_nothing(real):
    command(real)
    versions = QuestionVersion.objects.count()

    report = json.loads(command(real, "--json"))

    assert (report["imported"], report["updated"], report["unchanged"]) == (0, 0, 2936)
    assert QuestionVersion.objects.count() == versions


def test_real_workbook_gives_every_question_its_current_version(real):
    command(real)

    assert not Question.objects.exclude(current__question=F("pk")).exists()
