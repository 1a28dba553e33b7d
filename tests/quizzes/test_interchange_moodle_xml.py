"""Moodle XML as Moodle exports it."""

# ruff: noqa: E501 a question stands in one line, as files have it

import pytest

from quizzes.interchange import moodle_xml
from quizzes.interchange.entries import Problem

TEXT = '<questiontext format="html"><text><![CDATA[<p>题干&nbsp;一</p>]]></text></questiontext>'
CHOICES = """<answer fraction="{}" format="html"><text><![CDATA[<p>甲</p>]]></text></answer>
<answer fraction="{}" format="html"><text>乙</text><feedback><text>不是</text></feedback></answer>"""
GAPS = '<questiontext format="html"><text>首都{1:SA:=北京~%100%京#好}和____{2:SHORTANSWER:=a\\}b}。</text></questiontext>'


@pytest.fixture
def read(tmp_path):
    def read_questions(body):
        path = tmp_path / "题.xml"
        path.write_text(f'<?xml version="1.0" encoding="UTF-8"?><quiz>{body}</quiz>')
        return list(moodle_xml.read(path))

    return read_questions


def ask(kind, body, text=TEXT):
    return f'<question type="{kind}">{text}{body}</question>'


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (ask("multichoice", "<single>true</single>" + CHOICES.format(100, 0)), ("single", ("甲", "乙"), ("A",))),
        (ask("multichoice", "<single>false</single>" + CHOICES.format(50, 50)), ("multiple", ("甲", "乙"), ("AB",))),
        (ask("truefalse", '<answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer>'), ("judge", ("对", "错"), ("错",))),
        (ask("shortanswer", '<answer fraction="100"><text>a\\*</text></answer><answer fraction="100"><text>b</text></answer>'), ("blank", (), ("a*|||b",))),
        (ask("numerical", '<answer fraction="100"><text>3.14</text><tolerance>0.01</tolerance></answer>'), ("numeric", (), ("3.14±0.01",))),
        (ask("matching", '<subquestion format="html"><text>甲</text><answer><text>一</text></answer></subquestion><subquestion><text/><answer><text>二</text></answer></subquestion>'), ("matching", ("甲 => 一", "=> 二"), ())),
        (ask("ordering", "<answer><text>甲</text></answer><answer><text>乙</text></answer>"), ("ordering", ("甲", "乙"), ())),
        (ask("essay", '<graderinfo format="html"><text>参考</text></graderinfo>'), ("short", (), ("参考",))),
        (ask("cloze", "", GAPS), ("blank", (), ("北京|||京", "a}b"))),
    ],
)  # fmt: skip
def test_question_is_read(read, question, expected):
    [entry] = read(question)

    assert (entry.type, entry.options, entry.answers) == expected


def test_text_is_stripped_of_html(read):
    [entry] = read(ask("essay", "<generalfeedback><text>解&lt;br&gt;析</text></generalfeedback>"))

    assert (entry.stem, entry.explanation) == ("题干\u00a0一", "解\n析")


def test_gaps_become_marks(read):
    [entry] = read(ask("cloze", "", GAPS))

    assert entry.stem == "首都____和____。"


def test_category_and_tags_are_kept(read):
    category = '<question type="category"><category><text>$course$/top/法/宪法</text></category></question>'

    [entry] = read(category + ask("essay", "<tags><tag><text>新</text></tag></tags>"))

    assert (entry.knowledge_point, entry.tags, entry.sheet, entry.row) == (
        "宪法",
        ("新",),
        "法/宪法",
        1,
    )


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (ask("description", ""), "这是一段说明"),
        (ask("ddmarker", ""), "这里没有“ddmarker”这种题型"),
        (ask("essay", '<file name="a.png" encoding="base64">aGk=</file>'), "题里附有图片"),
        (ask("essay", "", TEXT.replace("<p>", '<p><img src="x">')), "题里有图片"),
        (
            ask("numerical", '<answer fraction="100"><text>*</text></answer>'),
            "数值题要有一个正确的数",
        ),
        (ask("cloze", "", GAPS.replace("SA:", "NUMERICAL:")), "完形填空里只能有填空"),
    ],
)
def test_what_cannot_be_held_is_listed(read, question, reason):
    [entry] = read(question)

    assert isinstance(entry, Problem)
    assert entry.reason.startswith(reason)
