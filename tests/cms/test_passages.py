"""Passages of raw data, and the same anchors in the page that is rendered."""

import re
from time import perf_counter

from django.template import Context, Template
from wagtail.blocks import StreamValue

from cms.blocks import BodyBlock
from cms.passages import Passage, read_passages

HEADING = {"type": "heading", "value": "谁可以申请", "id": "1"}
TEXT = {
    "type": "paragraph",
    "value": '<p data-block-key="a">遭受家暴的人。</p><h3>材料</h3><ul><li>病历</li></ul><p>照片&amp;录音</p>',
    "id": "2",
}
QUOTATION = {"type": "quotation", "value": {"text": "家和", "source": "俗语"}, "id": "3"}


def law_article(number, text="正文。", law="反家庭暴力法"):
    value = {"law": law, "number": number, "text": text, "effective_on": "2016-03-01"}
    return {"type": "law_article", "value": value, "id": number}


def render(blocks) -> str:
    block = BodyBlock()
    known = [each for each in blocks if each["type"] in block.child_blocks]
    body = StreamValue(block, known, is_lazy=True)
    return Template("{% load passages %}{% anchored body %}").render(Context({"body": body}))


def anchors_of(html: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', html)


def test_passages_name_the_heading_they_stand_under():
    assert read_passages([HEADING, TEXT]) == [
        Passage("s1", "谁可以申请", "谁可以申请", 2),
        Passage("p1", "谁可以申请", "遭受家暴的人。"),
        Passage("s2", "材料", "材料", 3),
        Passage("s2", "材料", "病历"),
        Passage("p2", "材料", "照片&录音"),
    ]


def test_paragraphs_are_numbered_as_a_reader_counts_them():
    blocks = [TEXT, QUOTATION, TEXT]

    assert [each.anchor for each in read_passages(blocks) if each.anchor[0] == "p"] == [
        *("p1", "p2", "p3", "p4", "p5"),
    ]


def test_empty_paragraph_counts_but_is_no_passage():
    passages = read_passages([{"type": "paragraph", "value": "<p></p><p>二</p>", "id": "1"}])

    assert passages == [Passage("p2", "", "二")]


def test_law_article_has_the_anchor_of_its_number():
    assert read_passages([law_article("第二十三条", " 甲\n乙 ")]) == [
        Passage("a23", "第二十三条", "甲\n乙")
    ]


def test_same_number_of_another_law_is_told_apart():
    blocks = [law_article("第二条"), law_article("第二条", law="民法典"), law_article("第二条之二")]

    assert [each.anchor for each in read_passages(blocks)] == ["a2", "a2_2", "a2-2"]


def test_words_of_any_other_block_belong_to_what_stands_before():
    steps = {
        "type": "steps",
        "value": {"items": [{"type": "item", "value": {"text": "<p>先报警</p>"}, "id": "x"}]},
        "id": "4",
    }

    assert read_passages([HEADING, steps])[1:] == [Passage("s1", "谁可以申请", "先报警")]


def test_rendered_page_carries_the_same_anchors():
    blocks = [HEADING, TEXT, QUOTATION, law_article("第二十三条"), TEXT, law_article("第二十三条")]
    expected = list(dict.fromkeys(each.anchor for each in read_passages(blocks)))

    assert anchors_of(render(blocks)) == expected


def test_law_of_300_articles_is_read_in_ten_milliseconds():
    blocks = [law_article(f"第{number}条", "县级以上人民政府应当。\n" * 8) for number in range(1, 301)]
    best = min(_seconds(blocks) for _ in range(5))

    assert best < 0.01


def _seconds(blocks) -> float:
    start = perf_counter()
    read_passages(blocks)
    return perf_counter() - start
