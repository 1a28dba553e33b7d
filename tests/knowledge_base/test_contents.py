from cms.passages import Passage
from knowledge_base.contents import Section, list_contents


def article(number):
    return Passage(f"a{number}", f"第{number}条", "正文")


CHAPTER = Passage("s1", "第一章", "第一章", 2)
SECTION = Passage("s2", "第一节", "第一节", 3)


def test_articles_stand_in_their_section_of_their_chapter():
    contents = list_contents([CHAPTER, article(1), SECTION, article(2)])

    assert contents.sections == [
        Section("s1", "第一章", [Section("s2", "第一节", [], [article(2)])], [article(1)])
    ]
    assert contents.count == 2


def test_what_stands_before_the_first_chapter_needs_no_title():
    assert list_contents([article(1)]).sections == [Section(articles=[article(1)])]


def test_plain_text_is_not_listed():
    assert list_contents([Passage("p1", "", "正文")]).sections == []


def test_three_headings_are_worth_a_list():
    headings = [Passage(f"s{number}", "题", "题", 2) for number in range(3)]

    assert [bool(list_contents(headings[:count])) for count in (2, 3)] == [False, True]
