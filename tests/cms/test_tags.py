"""Tags as people type them."""

import pytest
from taggit.models import Tag
from taggit.utils import edit_string_for_tags

from cms.tags import read_tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("反家暴，婚姻家庭", ["反家暴", "婚姻家庭"]),
        ("反家暴、婚姻家庭；反家暴", ["反家暴", "婚姻家庭"]),
        ("反家暴 婚姻家庭", ["反家暴", "婚姻家庭"]),
        ("三八 妇女节, 法律", ["三八 妇女节", "法律"]),
        ("三八 妇女节,", ["三八 妇女节"]),
        ('"三八 妇女节"', ["三八 妇女节"]),
        ('"一, 二" 三', ["一, 二", "三"]),
        ('"一, 二", 三', ["一, 二", "三"]),
        ('"没有收尾', ["没有收尾"]),
        (" , ，", []),
        ("", []),
    ],
)
def test_tags_are_read(text, tags):
    assert read_tags(text) == tags


def test_what_the_admin_shows_is_read_back():
    names = ["一, 二", "三 四", "五"]

    assert read_tags(edit_string_for_tags([Tag(name=name) for name in names])) == sorted(names)
