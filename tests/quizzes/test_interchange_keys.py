"""No format guesses a key: it is read as meant, or refused with a reason."""

# ruff: noqa: E501 a question stands in one line, as files have it

import pytest
from defusedxml.ElementTree import fromstring

from quizzes.domain.wording import read_wording
from quizzes.interchange import gift, moodle_xml
from quizzes.interchange.entries import Problem
from quizzes.interchange.option_lists import (
    AnswerError,
    read_answer,
    split_options,
    strip_labels,
)
from quizzes.interchange.qti_items import QtiError, read_item
from quizzes.interchange.word_questions import WordError, read_question
from quizzes.question_types.base import QuestionError
from tests.quizzes.test_interchange_word import read as read_word  # noqa: F401 a fixture

ITEMS = ("甲", "乙", "丙")


@pytest.mark.parametrize("answer", ["3,1,2", "312", "③①②", "C,A,B", "丙甲乙", "丙→甲→乙"])
def test_answer_of_an_ordering_is_its_order(answer):
    assert read_answer("ordering", ITEMS, answer) == (("丙", "甲", "乙"), ())


@pytest.mark.parametrize("answer", ["CA", "甲乙", "3,1", "随便"])
def test_other_answer_of_an_ordering_is_refused(answer):
    with pytest.raises(AnswerError):
        read_answer("ordering", ITEMS, answer)


def test_ordering_that_can_be_read_in_two_ways_is_refused():
    with pytest.raises(AnswerError):
        read_answer("ordering", ("2", "3", "1"), "1,2,3")


@pytest.mark.parametrize(
    "text", ["B.乙|A.甲|C.丙", "A.甲|C.丙|B.乙", "B-停电|A-带电", "A.甲|C.丙|D.丁"]
)
def test_options_in_another_order_than_their_letters_are_refused(text):
    with pytest.raises(AnswerError):
        split_options(text)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("A.甲", "B、乙"), ("甲", "乙")),
        (("A.甲", "", "C.丙"), ("甲", "", "丙")),
        (("A、B", "B、C", "C、A"), ("A、B", "B、C", "C、A")),
        (("B 组", "A 组"), ("B 组", "A 组")),
    ],
)
def test_labels_in_option_columns(options, expected):
    assert strip_labels(options) == expected


def test_option_column_with_another_letter_is_refused():
    with pytest.raises(AnswerError):
        strip_labels(("B.乙", "A.甲"))


def ask(*lines, type_key=None):
    return read_question(place="单", row=1, lines=lines, type_key=type_key, lost=())


@pytest.mark.parametrize(
    "line",
    [
        "答案：北京 解析：因为",
        "【答案】北京【解析】因为",
        "答案是：北京",
        "答案为北京",
        "【答案：北京】",
    ],
)
def test_answer_ends_at_the_next_field(line):
    assert ask("首都是____。", line).answers == ("北京",)


def test_explanation_of_the_answer_is_no_answer():
    question = ask("选", "A.甲", "B.乙", "答案解析：因为，故答案为：A", "答案：B")

    assert (question.answers, question.explanation) == (("B",), "因为，故答案为：A")


@pytest.mark.parametrize("line", ["得分：2分", "分值：2", "我的答案：A"])
def test_lines_of_a_result_are_dropped(line):
    question = ask("选", "A.甲", "B.乙", line, f"正确答案：B  {line}")

    assert (question.options, question.answers) == (("甲", "乙"), ("B",))


def test_answer_and_explanation_in_one_are_refused():
    with pytest.raises(WordError):
        ask("选", "A.甲", "B.乙", "答案及解析：B 因为")


def test_bracket_in_the_middle_is_part_of_the_stem():
    with pytest.raises(WordError):
        ask("维生素（A）缺乏会导致", "A.夜盲", "B.近视")
    question = ask("没有答案的（正确）做法是甲", type_key="judge")
    assert (question.stem, question.answers) == ("没有答案的（正确）做法是甲", ())


def test_bracket_with_room_is_the_answer():
    question = ask("缺（ A ）会导致夜盲", "A.维生素", "B.水")

    assert (question.stem, question.answers) == ("缺（ ）会导致夜盲", ("A",))


def test_two_brackets_are_refused():
    with pytest.raises(WordError):
        ask("缺（ A ）会导致（ B ）", "A.维生素", "B.水")


@pytest.mark.parametrize("heading", ["参考答案", "参考答案："])
def test_keys_at_the_end_are_one_problem(read_word, heading):  # noqa: F811
    entries = read_word(
        "一、单选题",
        "1. 哪个？",
        "A. 甲",
        "B. 乙",
        "2. 谁？",
        "A. 甲",
        "B. 乙",
        heading,
        "1. A",
        "2. B",
    )

    assert [each.reason for each in entries if isinstance(each, Problem)] == [
        "答案在文末，请写到每题下面。"
    ]
    assert [each.answers for each in entries if not isinstance(each, Problem)] == [(), ()]


@pytest.mark.parametrize(
    "answer", ["1.甲 2.乙", "1、甲 2、乙", "①甲②乙", "（1）甲（2）乙", "1.甲|2.乙"]
)
def test_numbers_of_blanks_are_no_part_of_the_answers(answer):
    _options, answers = read_answer("blank", (), answer)
    wording = read_wording(
        type="blank", stem="____和____", options=(), answers=answers, explanation=""
    )

    assert wording.answers == ("甲", "乙")


def test_numbered_answers_for_another_count_of_blanks_are_refused():
    with pytest.raises(QuestionError):
        read_wording(
            type="blank",
            stem="____、____、____、____",
            options=(),
            answers=("1、甲 2、乙",),
            explanation="",
        )


def item(declaration, body, *, cardinality="multiple", base="identifier", rest=""):
    return fromstring(
        f'<assessmentItem><responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{base}">'
        f"{declaration}</responseDeclaration><itemBody><p>题干</p>{body}</itemBody>{rest}</assessmentItem>"
    )


CHOICES = '<choiceInteraction responseIdentifier="R">' + "".join(
    f'<simpleChoice identifier="{name}">{name}</simpleChoice>' for name in "HOX"
)
CHOICES += "</choiceInteraction>"
MAPPING = '<mapping><mapEntry mapKey="H" mappedValue="2"/><mapEntry mapKey="O" mappedValue="1"/><mapEntry mapKey="X" mappedValue="-1"/></mapping>'


@pytest.mark.parametrize(("cardinality", "key"), [("multiple", "AB"), ("single", "A")])
def test_mapping_of_several_choices_names_all_right_ones(cardinality, key):
    assert read_item(item(MAPPING, CHOICES, cardinality=cardinality)).answers == (key,)


@pytest.mark.parametrize(
    ("mode", "tolerance", "expected"),
    [("absolute", "1 2", "4~7"), ("absolute", "1 1", "5±1"), ("relative", "20 40", "4~7")],
)
def test_two_tolerances_are_both_kept(mode, tolerance, expected):
    equal = f'<equal toleranceMode="{mode}" tolerance="{tolerance}"/>'
    body = '<textEntryInteraction responseIdentifier="R"/>'
    value = "<correctResponse><value>5</value></correctResponse>"
    question = read_item(item(value, body, cardinality="single", base="float", rest=equal))

    assert question.answers == (expected,)


def test_item_with_changing_values_is_refused():
    with pytest.raises(QtiError):
        read_item(item(MAPPING, '<p><printedVariable identifier="n"/></p>' + CHOICES))


def test_cells_of_a_table_are_set_apart():
    table = "<table><tr><td>一</td><td>二</td></tr></table>"

    assert read_item(item(MAPPING, table + CHOICES)).stem == "题干\n一 二"


def test_feedback_for_a_wrong_choice_explains_nothing():
    rest = "".join(
        f'<modalFeedback identifier="{name}">{name}说明</modalFeedback>' for name in "HX"
    )

    assert read_item(item(MAPPING, CHOICES, rest=rest)).explanation == "H说明"


def read_gift(tmp_path, text):
    path = tmp_path / "题.gift"
    path.write_text(text)
    return list(gift.read(path))


def read_moodle(tmp_path, body):
    path = tmp_path / "题.xml"
    path.write_text(f"<quiz>{body}</quiz>")
    return list(moodle_xml.read(path))


def test_wildcard_is_refused(tmp_path):
    answer = '<answer fraction="100"><text>*北京*</text></answer>'
    stem = "<questiontext><text>首都</text></questiontext>"
    gaps = "<questiontext><text>首都{1:SA:=*北京*}</text></questiontext>"
    entries = [
        *read_gift(tmp_path, "首都？{=*北京*}"),
        *read_moodle(tmp_path, f'<question type="shortanswer">{stem}{answer}</question>'),
        *read_moodle(tmp_path, f'<question type="cloze">{gaps}</question>'),
    ]

    assert [isinstance(each, Problem) and "*" in each.reason for each in entries] == [True] * 3


def test_escaped_star_is_itself(tmp_path):
    [question] = read_gift(tmp_path, "几？{=3\\*4}")

    assert question.answers == ("3*4",)


@pytest.mark.parametrize("answers", ["=%50%3:1 =%50%4:1", "=3:1 =4:1"])
def test_number_without_one_full_answer_is_refused(tmp_path, answers):
    assert isinstance(read_gift(tmp_path, f"几？{{#{answers}}}")[0], Problem)


def test_unit_is_noted(tmp_path):
    body = '<answer fraction="100"><text>5</text></answer><units><unit><unit_name>m</unit_name></unit></units>'
    [question] = read_moodle(
        tmp_path,
        f'<question type="numerical"><questiontext><text>几</text></questiontext>{body}</question>',
    )

    assert "单位" in question.notes[0]
