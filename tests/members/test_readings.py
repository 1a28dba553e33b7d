import pytest

from members.readings import syllables


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("妇女权益", "fu nv quan yi"),
        ("重庆", "chong qing"),
        ("银行行为", "yin hang xing wei"),
        ("履行家庭义务", "lv xing jia ting yi wu"),
        ("大黄村", "da huang cun"),
        ("塘㙍镇", "tang duo zhen"),
        ("A类", "A lei"),
    ],
)
def test_characters_are_read_as_their_words_have_it(text, read):
    assert " ".join(syllables(text)) == read
