import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.paragraphs import mark_paragraphs, read_text

words = st.text(st.characters(blacklist_characters="<>&", blacklist_categories=["Cs", "Cc"]))
bodies = st.lists(words, max_size=8).map(lambda texts: "".join(f"<p>{each}</p>" for each in texts))


def marks(html):
    found = re.findall(r'data-from="(\d+)" data-to="(\d+)"', mark_paragraphs(html, read_text(html)))
    return [(int(start), int(end)) for start, end in found]


def test_paragraphs_lie_end_to_end_by_their_length():
    html = "<h3>先问好</h3><p>" + "读" * 30 + "</p>\n<ul><li>一</li><li>二三四</li></ul><p> </p>"

    assert marks(html) == [(0, 2), (2, 22), (22, 23), (23, 25)]


def test_marked_text_is_otherwise_the_same():
    html = '<p class="a">甲<br/>乙</p>\n<ol><li><b>丙</b></li></ol>'
    marked = mark_paragraphs(html, read_text(html))

    assert re.sub(r' data-(?:from|to)="\d+"', "", marked) == html
    assert marked.startswith('<p data-from="0" data-to="2" class="a">')


def test_list_inside_a_list_counts_its_words_once():
    html = "<ul><li>甲甲甲<ul><li>乙乙乙</li></ul>丙丙丙</li></ul>"

    assert read_text(html).length == 4 + 2


@given(bodies)
def test_axis_has_no_gaps(html):
    spans = marks(html)

    assert [start for start, _end in spans] == [0, *(end for _start, end in spans)][: len(spans)]
    assert all(start < end for start, end in spans)
    assert read_text(html).length == (spans[-1][1] if spans else 0)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [("<p>甲</p><p>丙</p>", False), ("<p>甲乙</p>", False), ("<p>甲</p> <p><b>乙</b></p>", True)],
)
def test_version_follows_the_wording(other, is_same):
    assert (read_text("<p>甲</p><p>乙</p>").version == read_text(other).version) is is_same


def test_text_without_paragraphs_has_no_length():
    assert read_text("").length == read_text("<p></p>").length == 0
