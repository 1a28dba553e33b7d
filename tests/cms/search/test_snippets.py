"""Marks and snippets."""

from cms.search.snippets import Needles, mark, snippet
from cms.search.tokens import query_words


def needles(query):
    return Needles.of(query, query_words(query))


def test_string_is_marked():
    assert mark("申请人身安全保护令的人", needles("人身安全保护令")) == (
        "申请<mark>人身安全保护令</mark>的人"
    )


def test_words_are_marked_where_the_string_does_not_occur():
    assert mark("妇女有权益", needles("妇女的权益")) == "<mark>妇女</mark>有<mark>权益</mark>"


def test_full_width_and_capitals_are_marked_as_they_stand():
    assert mark("拨打１２３３８或用App", needles("12338 app")) == (
        "拨打<mark>１２３３８</mark>或用<mark>App</mark>"
    )


def test_text_is_escaped_inside_and_outside_of_marks():
    assert mark("<b>妇女</b>&", needles("妇女")) == "&lt;b&gt;<mark>妇女</mark>&lt;/b&gt;&amp;"


def test_query_of_markup_marks_nothing_unescaped():
    assert mark("<script>", needles("<script>")) == "<mark>&lt;script&gt;</mark>"


def test_characters_that_normalise_to_several_keep_their_places():
    assert mark("㈱妇女㍿", needles("妇女")) == "㈱<mark>妇女</mark>㍿"


def test_snippet_begins_with_the_sentence():
    text = "很长的前文。" * 30 + "申请人身安全保护令要书面提出。" + "很长的后文。" * 30

    assert snippet(text, needles("人身安全保护令")).startswith(
        "…申请<mark>人身安全保护令</mark>要书面提出。"
    )


def test_snippet_of_a_short_text_is_the_text():
    assert snippet("申请保护令。", needles("保护令")) == "申请<mark>保护令</mark>。"


def test_snippet_without_a_hit_is_the_beginning():
    assert snippet("开头" + "文" * 200, needles("彩礼")).startswith("开头")
