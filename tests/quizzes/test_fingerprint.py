"""When two questions are the same question, and when their keys agree."""

from dataclasses import replace

import pytest

from quizzes.domain.fingerprint import fingerprint, fold_key
from quizzes.domain.wording import Wording, read_wording
from quizzes.question_types.base import Authoring, Part, QuestionError
from tests.quizzes.samples import SAMPLES


def print_choice(stem="哪项正确？", options=("甲", "乙"), family="choice"):
    return fingerprint(family=family, stem=stem, texts=options)


@pytest.mark.parametrize(
    "same",
    [{"stem": "哪 项\n正确（ ）"}, {"stem": "哪项正确?"}, {"options": ("乙", "甲。")}],
)
def test_fingerprint_is_equal_for_the_same_question(same):
    assert print_choice(**same) == print_choice()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"stem": "圆周率是 3.14？"}, {"stem": "圆周率是 314？"}),
        ({"stem": "上浮 5%"}, {"stem": "上浮 5"}),
        ({"stem": "这是谁？[图片:1]"}, {"stem": "这是谁？[图片:2]"}),
        ({"options": ("-1", "2")}, {"options": ("1", "2")}),
        ({"options": ("，", "。")}, {"options": ("！", "？")}),
        ({"options": ("甲", "乙")}, {"options": ("甲", "丙")}),
        ({"family": "choice"}, {"family": "judge"}),
    ],
)
def test_fingerprint_differs_where_the_meaning_does(one, other):
    assert print_choice(**one) != print_choice(**other)


# Computed before the types named their own texts: stored fingerprints must go on being found.
@pytest.mark.parametrize(
    ("type", "stem", "options", "answers", "expected"),
    [
        (
            "single",
            "妇女权益保障法由哪个机关通过？",
            ("国务院", "全国人大"),
            ("B",),
            "003e7c773a63f97efefb4ab17238f47bcfed1797e5a7a485d1ace8bbef091659",
        ),
        (
            "multiple",
            "哪些正确？",
            ("1.5", "15", "以上都对"),
            ("AC",),
            "255cdc516bc5a59279d01804f4f91bce4e358ce692c8d5aabb6bbd98b2166bd1",
        ),
        (
            "judge",
            "妇女能顶半边天。",
            (),
            ("对",),
            "44c9bdb5b0ad38daf270708a820a237eb18a6c12bd2f7d53c95109696c389a55",
        ),
        (
            "judge",
            "A 对 B 错",
            ("错误", "正确"),
            ("A",),
            "41bcf44ba2708cdf04693309a508cbf3e586558c10e1dce64e729c74b4400dc4",
        ),
        (
            "blank",
            "热线是____。",
            (),
            ("12338",),
            "5184dbe49a53d663c781778a38e77c2d7568ae4c26315fd1d048f91c26f6bcc1",
        ),
    ],
)
def test_fingerprint_of_stored_questions_has_not_changed(type, stem, options, answers, expected):
    wording = read_wording(type=type, stem=stem, options=options, answers=answers, explanation="")

    assert wording.fingerprint == expected


def read(name, authoring=None, **changes) -> Wording:
    sample = SAMPLES[name]
    authoring = replace(authoring or sample.authoring, **changes)
    return read_wording(
        type=sample.type,
        stem=authoring.stem,
        options=authoring.options,
        answers=authoring.answers,
        explanation="",
        settings=authoring.settings,
        parts=authoring.parts,
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_questions_that_differ_in_the_key_alone_are_the_same_question(name):
    one, other = read(name), read(name, SAMPLES[name].other)

    assert (one.fingerprint == other.fingerprint, one.key == other.key) == (True, False)


@pytest.mark.parametrize("name", SAMPLES)
def test_wording_is_the_same_when_it_is_written_again(name):
    sample = SAMPLES[name]
    wording = read(name)
    question_type = sample.question_type
    spec = question_type.from_data(wording.data)

    assert read(name, question_type.authoring(spec, wording.stem)) == wording


def test_single_and_multiple_choice_can_be_twins():
    assert read("single").fingerprint == read("multiple", stem="下列哪项？").fingerprint


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("matching", {"options": ("12338 => 维权热线", "110 => 报警", "120 => 急救", "=> 火警")}),
        (
            "single",
            {"options": ("促进合作。", "维护国家统一", "加快发展", "以上都对"), "answers": "A"},
        ),
        ("blank-any-order", {"answers": ("UN", "WTO|||世贸")}),
    ],
)
def test_key_does_not_depend_on_the_order_of_writing(name, changes):
    one, other = read(name), read(name, **changes)

    assert (one.fingerprint, one.key) == (other.fingerprint, other.key)


def test_key_of_an_ordering_is_the_order():
    options = SAMPLES["ordering"].authoring.options

    assert read("ordering").key != read("ordering", options=options[::-1]).key


def test_key_names_texts_as_the_fingerprint_folds_them():
    keys = [fold_key(texts=[text], key=[text]) for text in ("妇联、组织", "妇联组织。")]

    assert keys[0] == keys[1]


# The wording of a case.


def test_case_says_which_part_is_wrong():
    parts = (
        Part("single", Authoring("", ("甲", "乙"), ("C",))),
        Part("case", Authoring("又一道材料题")),
    )

    with pytest.raises(QuestionError) as caught:
        read("case", parts=parts)

    assert caught.value.messages == [
        "第 1 小题：题干是空的，请填写题干。",
        "第 1 小题：答案 C 没有对应的选项，请改答案或补充选项。",
        "第 2 小题：小题不能是这种题型，请换一种。",
    ]


def test_stems_of_parts_are_tidied():
    part = Part("judge", Authoring(" 第一行\x00\r\n第二行【图片：7】 ", (), ("对",)))

    wording = read("case", parts=(part,))

    assert wording.data["parts"][0]["stem"] == "第一行\n第二行[图片:7]"


def test_markers_of_stem_options_and_explanation_get_one_form():
    wording = read_wording(
        type="single",
        stem="听一听【音频：05】",
        options=("[图片： 3]", "乙"),
        answers=("A",),
        explanation="看［图片:12］",
    )

    shown = (wording.stem, wording.data["options"][0]["text"], wording.explanation)
    assert shown == ("听一听[音频:5]", "[图片:3]", "看[图片:12]")
