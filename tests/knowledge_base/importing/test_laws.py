"""A law in Markdown, without a database."""

from datetime import date

import pytest

from knowledge_base.importing.laws import heading, read_law
from knowledge_base.importing.texts import Article, Source, TextError

LAW = """# 中华人民共和国民法典

# 婚姻家庭编

2020年5月28日 第十三届全国人民代表大会第三次会议通过

<!-- INFO END -->

## 第一章  一般规定

第一条 甲。

乙。

<!-- FORCE BREAK -->

### 第一节  夫妻 关系

第二条之一 丙<b>。
"""


def law(information="", body="第一条 甲。"):
    return read_law(f"# 某法\n{information}\n<!-- INFO END -->\n{body}")


def blocks_of(entry):
    return [(block["type"], block["value"]) for block in entry.blocks]


def test_names_of_several_lines_are_one():
    assert read_law(LAW).title == "中华人民共和国民法典 婚姻家庭编"


def test_articles_hold_the_paragraphs_that_follow():
    assert read_law(LAW).articles == [
        Article("第一条", "甲。\n乙。"),
        Article("第二条之一", "丙<b>。"),
    ]


def test_words_may_stand_below_the_number():
    assert law(body="第一条\n\n甲。\n\n第二条 乙。").articles == [
        Article("第一条", "甲。"),
        Article("第二条", "乙。"),
    ]


def test_chapters_are_headings_and_sections_stand_below_them():
    others = [each for each in blocks_of(read_law(LAW)) if each[0] != "law_article"]

    assert others == [
        ("heading", "第一章 一般规定"),
        ("subheading", "第一节 夫妻 关系"),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [("第一章 总 则", "第一章 总则"), ("第六章 附  则", "第六章 附则"), ("序言", "序言")],
)
def test_gaps_of_the_printed_page_go(written, read):
    assert heading(written, 2)["value"] == read


def test_each_event_of_a_line_is_a_source():
    line = (
        "1986年5月17日 某会议第一次修正  1992年11月28日某会议第一次修订  根据\n"
        "2023年3月30日 某会议（二）修订）"
    )

    assert list(law(line).sources) == [
        Source("某会议第一次修正", issued_on=date(1986, 5, 17)),
        Source("某会议第一次修订", issued_on=date(1992, 11, 28)),
        Source("某会议（二）修订", issued_on=date(2023, 3, 30)),
    ]


def test_number_of_the_document_is_found_in_the_history():
    (source,) = law("2012年4月28日 国务院令第619号公布").sources

    assert source.document_number == "国务院令第619号"


def test_number_above_the_first_article_belongs_to_the_law():
    entry = law(body="某 法\n\n法释〔2025〕1号\n\n为审理案件，制定本解释。\n\n第一条 甲。")

    assert entry.sources == (Source("某法", document_number="法释〔2025〕1号"),)
    assert blocks_of(entry)[0] == ("paragraph", "<p>为审理案件，制定本解释。</p>")


@pytest.mark.parametrize(
    ("information", "text", "day"),
    [
        ("", "本法自2016年3月1日起施行。", date(2016, 3, 1)),
        ("2012年4月28日 公布", "本规定自公布之日起施行。", date(2012, 4, 28)),
        ("2021年1月1日 施行", "甲。", date(2021, 1, 1)),
        ("2020年5月28日 通过", "甲。", None),
    ],
)
def test_law_says_itself_since_when_it_is_in_force(information, text, day):
    entry = law(information, f"第一条 {text}")

    assert (entry.effective_on, entry.blocks[0]["value"]["effective_on"]) == (
        day,
        day and day.isoformat(),
    )


def test_words_before_the_first_article_are_escaped():
    assert blocks_of(law(body="<script>x</script>\n\n第一条 甲。"))[0] == (
        "paragraph",
        "<p>&lt;script&gt;x&lt;/script&gt;</p>",
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("第一条 甲。", 0, "没有“<!-- INFO END -->”一行，分不出沿革和正文。"),
        ("<!-- INFO END -->\n第一条 甲。", 1, "没有名称。请在开头写一行“# 法律名称”。"),
        (
            "# 法\n<!-- INFO END -->\n甲",
            0,
            "没有找到条文。每条要另起一行，写成“第一条 ……”。",
        ),
        (
            "# 法\n<!-- INFO END -->\n第一条 甲\n\n第1条 乙",
            5,
            "“第1条”出现了两次，请核对原文。",
        ),
        ("# 法\n<!-- INFO END -->\n第一条\n\n第二条 乙", 3, "“第一条”没有内容。"),
        (
            "# 法\n2020年2月30日 通过\n<!-- INFO END -->\n第一条 甲",
            2,
            "没有“2020年2月30日”这一天，请改日期。",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, message):
    with pytest.raises(TextError) as caught:
        read_law(text)

    assert (caught.value.line, caught.value.message) == (line, message)
