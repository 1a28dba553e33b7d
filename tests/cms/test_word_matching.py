"""Words of the list are found however they are dressed up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.words.matching import build, find, fold, fold_word

LETTERS = st.text("妇女权益最佳ABa b，*\u200b１", max_size=40)
WORDS = st.lists(st.text("妇女权益最佳AB", min_size=1, max_size=4), max_size=8)


def found(words, text):
    return [text[hit.start : hit.end] for hit in find(build(map(fold_word, words)), text)]


@pytest.mark.parametrize(
    "text",
    [
        "最佳",
        "最 佳",
        "最　佳",
        "最*佳",
        "最，——佳",
        "最\u200b佳",
        "最\u00ad佳",
        "最\n佳",
        "最\ufe0f佳",
    ],
)
def test_dressed_up_word_is_found_as_it_stands(text):
    assert found(["最佳"], f"这是{text}的") == [text]


@pytest.mark.parametrize("text", ["ＧＤＰ", "gdp", "Gdp", "g\u200bdp"])
def test_latin_is_levelled(text):
    assert found(["GDP"], f"看{text}吧") == [text]


@pytest.mark.parametrize("text", ["最a佳", "最1佳", "最", "g dp", "婦女"])
def test_other_texts_are_left_alone(text):
    assert found(["最佳", "gdp", "妇女"], text) == []


def test_long_word_comes_before_the_short_one_in_it():
    assert found(["妇女", "妇女权益", "权益"], "妇女权益和权益") == ["妇女权益", "权益"]


def test_overlapping_words_are_both_found():
    assert found(["妇女权", "权益"], "妇女权益") == ["妇女权", "权益"]


def test_signs_around_a_word_do_not_belong_to_it():
    assert (fold_word("“最 佳”"), fold_word("——")) == ("最佳", "")


def test_empty_list_finds_nothing():
    assert found([], "妇女") == []


@given(WORDS, LETTERS)
def test_finds_what_a_naive_search_finds(words, text):
    folded = fold(text)
    spans = {
        (start, start + len(word))
        for word in map(fold_word, words)
        for start in range(len(folded.text))
        if folded.text.startswith(word, start)
    }
    inner = {
        one
        for one in spans
        for other in spans
        if one != other and other[0] <= one[0] and one[1] <= other[1]
    }
    expected = [
        (folded.places[start], folded.places[end - 1] + 1) for start, end in sorted(spans - inner)
    ]

    hits = find(build(map(fold_word, words)), text)

    assert [(hit.start, hit.end) for hit in hits] == expected


@given(st.text(max_size=60))
def test_folding_knows_where_each_character_comes_from(text):
    folded = fold(text)

    assert len(folded.text) == len(folded.places)
    assert folded.places == sorted(folded.places)
    assert fold(folded.text).text == folded.text
