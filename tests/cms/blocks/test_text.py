import pytest
from wagtail.rich_text import RichText

from cms.blocks import BodyBlock
from cms.blocks.text import TextBlock
from courses.models import LessonPage
from tests.cms.blocks.rendering import render

DIRTY, CLEAN = '<p onclick="x()">字<script>alert(1)</script></p>', "<p>字</p>"


@pytest.mark.parametrize(
    ("name", "raw", "html"),
    [
        ("heading", "一、怎么办", "<h2>一、怎么办</h2>"),
        ("heading", "<b>", "<h2>&lt;b&gt;</h2>"),
        ("subheading", "第一时间", "<h3>第一时间</h3>"),
        ("paragraph", "<p>字<b>粗</b></p>", "<p>字<b>粗</b></p>"),
        (
            "quotation",
            {"text": "一行\n两行", "source": "出处"},
            "<blockquote> <p>一行<br>两行</p> <footer> <cite>出处</cite> </footer> </blockquote>",
        ),
        ("quotation", {"text": "话", "source": ""}, "<blockquote> <p>话</p> </blockquote>"),
    ],
)
def test_block_of_words(name, raw, html):
    assert render(name, raw) == html


@pytest.mark.parametrize(
    "way",
    [
        lambda block: block.to_python(DIRTY),
        lambda block: block.normalize(DIRTY),
        lambda block: block.normalize(RichText(DIRTY)),
        lambda block: block.value_from_form(DIRTY),
        lambda block: block.clean(RichText(DIRTY)),
    ],
    ids=["import", "code", "code with rich text", "form", "validation"],
)
def test_rich_text_is_cleaned_on_every_way_in(way):
    assert way(TextBlock()).source == CLEAN


def test_body_written_by_code_keeps_no_script():
    body = BodyBlock().normalize([("paragraph", DIRTY)])

    assert body.get_prep_value()[0]["value"] == CLEAN


def test_no_text_is_no_text():
    assert TextBlock().to_python(None).source == ""


@pytest.mark.parametrize("name", ["body", "transcript"])
def test_rich_text_field_is_cleaned_by_its_form(name):
    field = LessonPage._meta.get_field(name).formfield()

    assert field.to_python(DIRTY) == CLEAN


def test_rich_text_field_is_wagtails_to_migrations():
    _name, path, _args, kwargs = LessonPage._meta.get_field("body").deconstruct()

    assert (path, kwargs) == (
        "wagtail.fields.RichTextField",
        {"verbose_name": "正文", "blank": True},
    )
