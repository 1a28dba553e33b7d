"""Queries that name an article of a law."""

import pytest

from cms.search.law_references import LawReference, pick_law, read_reference

TITLES = [
    (1, "中华人民共和国反家庭暴力法"),
    (2, "中华人民共和国妇女权益保障法"),
    (3, "中华人民共和国老年人权益保障法"),
    (4, "中华人民共和国民法典婚姻家庭编"),
    (5, "反家庭暴力法解读"),
]


@pytest.mark.parametrize(
    ("query", "law", "anchor"),
    [
        ("反家庭暴力法第二十三条", "反家庭暴力法", "a23"),
        ("反家暴法 23条", "反家暴法", "a23"),
        ("反家暴法２３", "反家暴法", "a23"),
        ("《妇女权益保障法》第29条规定", "妇女权益保障法", "a29"),
        ("广东省家政服务条例第十条", "广东省家政服务条例", "a10"),
        ("刑法第二百三十四条之一", "刑法", "a234-1"),
        ("民法典一千零四十三条", "民法典", "a1043"),
    ],
)
def test_reference_is_read(query, law, anchor):
    assert read_reference(query) == LawReference(law, anchor)


@pytest.mark.parametrize(
    "query", ["人身安全保护令", "第二十三条", "反家庭暴力法", "三八红旗手", ""]
)
def test_other_queries_are_no_reference(query):
    assert read_reference(query) is None


@pytest.mark.parametrize(
    ("name", "pk"),
    [
        ("反家庭暴力法", 1),
        ("反家暴法", 1),
        ("妇保法", 2),
        ("老年人权益保障法", 3),
        ("婚姻家庭编", 4),
        ("中华人民共和国反家庭暴力法", 1),
        ("劳动法", None),
    ],
)
def test_law_is_picked_by_the_names_that_people_use(name, pk):
    assert pick_law(name, TITLES) == pk
