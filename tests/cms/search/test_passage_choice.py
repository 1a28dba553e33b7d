"""The passage that a hit jumps to."""

import json

import pytest

from cms.passages import Passage
from cms.search.passage_choice import Fit, choose_passage
from cms.search.tokens import query_words


def make(*texts, anchor="p"):
    return [Passage(f"{anchor}{number}", "", text) for number, text in enumerate(texts, 1)]


def choose(passages, query):
    return choose_passage(passages, query, query_words(query))


@pytest.fixture
def law(shared_data):
    lines = (shared_data / "laws" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["law"] == "中华人民共和国反家庭暴力法"]
    return [Passage(f"a{n}", row["article"], row["text"]) for n, row in enumerate(rows, 1)]


def test_well_known_word_leads_to_the_article_that_introduces_it(law):
    assert choose(law, "人身安全保护令").passage.label == "第二十三条"


def test_heading_before_an_article_gives_way_to_it():
    passages = [
        Passage("s1", "", "第四章 保护令", level=2),
        Passage("a23", "第二十三条", "申请保护令"),
    ]

    assert choose(passages, "保护令").passage.anchor == "a23"


def test_exact_string_goes_before_scattered_words():
    passages = make("权益很多，妇女更要懂", "妇女权益受保护")

    assert choose(passages, "妇女权益").passage.anchor == "p2"


def test_row_of_passages_goes_before_one_that_mentions():
    passages = make("提到彩礼一次", "别的", "彩礼从哪里来", "彩礼往哪里去")

    assert choose(passages, "彩礼").passage.anchor == "p3"


def test_all_words_in_one_passage_do():
    choice = choose(make("别的", "妇女都有受保护的权益"), "妇女的权益")

    assert (choice.passage.anchor, choice.fit) == ("p2", Fit.ALL_WORDS)


def test_most_words_do_when_no_passage_has_all():
    choice = choose(make("妇女的健康", "妇女有权益，也有义务"), "妇女 权益 健身")

    assert (choice.passage.anchor, choice.fit) == ("p2", Fit.MOST_WORDS)


def test_half_of_the_words_are_too_few():
    assert choose(make("妇女的健康"), "妇女 彩礼") is None


def test_text_about_the_word_goes_before_one_that_mentions_it():
    about = choose(make("彩礼", "彩礼返还", "别的"), "彩礼")
    mentions = choose(make("彩礼", "别的", "别的"), "彩礼")

    assert sorted([mentions, about], key=lambda choice: choice.order) == [about, mentions]
