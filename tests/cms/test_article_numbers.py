import pytest

from cms.article_numbers import article_anchor, read_numeral, typed_anchor


@pytest.mark.parametrize(
    ("number", "anchor"),
    [
        ("第一条", "a1"),
        ("第十条", "a10"),
        ("第二十三条", "a23"),
        ("第一百零五条", "a105"),
        ("第一百二十条", "a120"),
        ("第一千零四十条", "a1040"),
        ("第二十三条之一", "a23-1"),
        ("第23条", "a23"),
        ("第二十三章", ""),
        ("二十三", ""),
    ],
)
def test_article_has_the_anchor_of_its_number(number, anchor):
    assert article_anchor(number) == anchor


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("23", "a23"),
        (" ２３ ", "a23"),
        ("第 23 条", "a23"),
        ("二十三", "a23"),
        ("一〇五", "a105"),
        ("二十三条之一", "a23-1"),
        ("23-1", "a23-1"),
        ("保护令", ""),
        ("", ""),
        ("9" * 13, ""),
    ],
)
def test_reader_may_type_a_number_as_she_likes(text, anchor):
    assert typed_anchor(text) == anchor


def test_numeral_counts_in_ten_thousands():
    assert read_numeral("一万零二十") == 10020
