"""From text to index terms, and from a query to what a hit must hold."""

import pytest

from cms.search.tokens import Term, index_text, query_tiers, query_words


def texts(tier):
    return [term.text for term in tier]


def test_chinese_is_indexed_by_pairs_and_the_last_character():
    assert index_text("妇女权益") == "妇女 女权 权益 益"


def test_pairs_do_not_span_punctuation():
    assert index_text("妇女，权益") == "妇女 女 权益 益"


def test_letters_and_digits_are_terms_of_their_own():
    assert index_text("HPV疫苗9价") == "hpv 疫苗 苗 9 价"


def test_full_width_signs_are_plain():
    assert index_text("１２３３８ ＡＰＰ") == "12338 app"


def test_rare_characters_count_as_any_other():
    assert index_text("冼𣒍娥在㙍头") == "冼𣒍 𣒍娥 娥在 在㙍 㙍头 头"


def test_nul_and_signs_are_no_terms():
    assert index_text("妇\0女 \"'&|!:*() 权") == "妇 女 权"


def test_first_tier_is_the_exact_string():
    assert texts(query_tiers("妇女的权益")[0]) == ["妇女", "女的", "的权", "权益"]


def test_second_tier_is_all_words_wherever_they_stand():
    assert texts(query_tiers("妇女的权益")[1]) == ["妇女", "权益"]


def test_second_tier_that_asks_for_the_same_is_left_out():
    assert len(query_tiers("妇女")) == 1


def test_one_character_is_a_beginning():
    assert query_tiers("妇") == [[Term("妇", is_prefix=True)]]


@pytest.mark.parametrize("query", ["", "  ", "！？", "\0", "“”"])
def test_query_without_a_word_has_no_tier(query):
    assert query_tiers(query) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("人身安全保护令怎么申请", ["人身安全保护令", "申请"]),
        ("彩礼怎么返还", ["彩礼", "返还"]),
        ("陈秀英的南粤女声", ["陈秀英", "南粤", "女声"]),
        ("HPV疫苗", ["hpv", "疫苗"]),
        ("怎么办", ["怎么办"]),
        ("普法宣传", ["普法", "宣传"]),
    ],
)
def test_words_of_a_query(query, words):
    assert query_words(query) == words


def test_long_query_is_cut():
    assert len(query_tiers("妇" * 999)[0]) <= 200
