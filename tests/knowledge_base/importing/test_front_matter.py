from datetime import date

import pytest

from knowledge_base.importing.front_matter import has_front_matter, read_entry
from knowledge_base.importing.texts import Entry, Source, TextError

ENTRY = """---
title: 保护令怎么申请
summary：七十二小时内有结果。
category: 权益保护
tags: 保护令，反家暴
source: 《反家庭暴力法》第二十三条 | 主席令第三十七号 | https://www.gov.cn/
source: 司法解释
effective_on: 2016-03-01
expired: 2023-01-01
---
先报警。

## 向哪里申请

**基层**法院<script>alert(1)</script>。[官网](https://www.court.gov.cn) [坏](javascript:alert(1))

# 大标题
"""


def entry(facts="title: 题", body="正文"):
    return read_entry(f"---\n{facts}\n---\n{body}")


def test_entry_is_read_with_all_its_facts():
    assert read_entry(ENTRY) == Entry(
        title="保护令怎么申请",
        summary="七十二小时内有结果。",
        category="权益保护",
        tags=("保护令", "反家暴"),
        sources=(
            Source("《反家庭暴力法》第二十三条", "主席令第三十七号", "https://www.gov.cn/"),
            Source("司法解释"),
        ),
        effective_on=date(2016, 3, 1),
        is_expired=True,
        expired_on=date(2023, 1, 1),
        blocks=(
            {"type": "paragraph", "value": "<p>先报警。</p>"},
            {"type": "heading", "value": "向哪里申请"},
            {
                "type": "paragraph",
                "value": "<p><strong>基层</strong>法院。"
                '<a href="https://www.court.gov.cn">官网</a> 坏</p>\n<h3>大标题</h3>',
            },
        ),
    )


@pytest.mark.parametrize(("written", "is_expired"), [("yes", True), ("是", True), ("no", False)])
def test_expiry_needs_no_date(written, is_expired):
    read = entry(f"title: 题\nexpired: {written}")

    assert (read.is_expired, read.expired_on) == (is_expired, None)


def test_front_matter_is_known_by_its_fence():
    assert [has_front_matter(text) for text in ("\ufeff---\n", "# 某法\n---")] == [True, False]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\ntitle: 题", 1, "文首信息没有结束。请在它下面写一行“---”。"),
        ("---\n---\n文", 1, "文首信息里没有“title”（标题）。"),
        ("---\ntitle: 题\n---\n", 0, "没有正文。"),
        (
            "---\ntitle: 题\ncolour: 红\n---\n文",
            3,
            "看不懂“colour”。可以写的有："
            "title、summary、category、tags、source、effective_on、expired。",
        ),
        (
            "---\ntitle: 题\neffective_on: 去年\n---\n文",
            3,
            "“去年”不是日期，要写成 2016-03-01。",
        ),
        (
            "---\ntitle: 题\nsource: 甲|乙|ftp://x\n---\n文",
            3,
            "网址“ftp://x”要以 https:// 开头。",
        ),
        (
            "---\ntitle: 题\nsource: |乙\n---\n文",
            3,
            "依据要写成“名称 | 文号 | 网址”，文号和网址可以不写。",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, message):
    with pytest.raises(TextError) as caught:
        read_entry(text)

    assert (caught.value.line, caught.value.message) == (line, message)
