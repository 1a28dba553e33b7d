"""Sounds of names, and names by their sound."""

import pytest

from cms.search.lexicon import Lexicon
from cms.search.pinyin import forms, full, initials, read_pinyin
from cms.search.words import domain_words


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(domain_words())


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("妇女权益", "funvquanyi"),
        ("重庆", "chongqing"),
        ("重阳", "chongyang"),
        ("银行", "yinhang"),
        ("家长", "jiazhang"),
        ("调解", "tiaojie"),
        ("HPV疫苗", "hpvyimiao"),
    ],
)
def test_characters_with_several_sounds_take_the_words(text, sound):
    assert full(text) == sound


def test_initials():
    assert initials("人身安全保护令") == "rsaqbhl"


def test_forms_begin_at_every_word():
    assert {"funvquanyi", "fnqy", "quanyi", "qy"} <= set(forms("妇女权益"))


def test_forms_of_rare_characters_keep_them_in_place():
    assert "xian𣒍e" in forms("冼𣒍娥")


@pytest.mark.parametrize(
    ("query", "letters"),
    [
        ("Fu Nü", "funv"),
        ("fu'nv", "funv"),
        ("ｒｓａｑ", "rsaq"),
        ("妇女", None),
        ("12338", None),
        ("", None),
    ],
)
def test_query_in_letters(query, letters):
    assert read_pinyin(query) == letters


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("rsaqbhl", "人身安全保护令"),
        ("fnqy", "妇女权益"),
        ("renshenanquanbaohuling", "人身安全保护令"),
        ("sbhqs", "三八红旗手"),
        ("rensh", "人身安全保护令"),
        ("xyz", None),
        ("f", None),
        ("妇女", None),
    ],
)
def test_letters_are_resolved(lexicon, query, name):
    assert lexicon.resolve(query) == name


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("人生安全保护令", "人身安全保护令"),
        ("三八红期手", "三八红旗手"),
        ("依风易俗", "移风易俗"),
        ("完全不相干的话", None),
        ("", None),
    ],
)
def test_similar_sound_is_offered(lexicon, query, name):
    assert lexicon.similar(query) == name


def test_completion_in_characters_and_in_letters(lexicon):
    assert lexicon.complete("妇女权", 5) == ["妇女权益", "妇女权益保障法"]
    assert lexicon.complete("fnqy", 5) == ["妇女权益", "妇女权益保障法"]
    assert lexicon.complete("保障法", 2) == ["妇女权益保障法", "老年人权益保障法"]
