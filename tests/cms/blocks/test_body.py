"""What holds for every kind of block."""

import re

import pytest
from django.urls import reverse
from wagtail.blocks import StreamValue

from cms.blocks import BodyBlock
from cms.models import ArticlePage
from tests.cms.blocks.bodies import full_body, make_document, make_image
from tests.courses.media import make_media
from tests.factories import make_member
from tests.pages import make_quiz_page

pytestmark = pytest.mark.django_db
KINDS = list(BodyBlock().child_blocks)


@pytest.fixture
def raw(settings, tmp_path, academy) -> list[dict]:
    settings.MEDIA_ROOT = tmp_path
    return full_body(
        image=make_image(),
        film=make_media(title="录像"),
        sound=make_media(type="audio", title="录音"),
        document=make_document(),
        quiz=make_quiz_page(academy, title="小测"),
    )


@pytest.fixture
def body(raw) -> StreamValue:
    return BodyBlock().to_python(raw)


def test_full_body_holds_every_kind(raw):
    assert sorted(each["type"] for each in raw) == sorted(KINDS)


def test_every_kind_says_what_it_is_for():
    blocks = BodyBlock().child_blocks.values()

    assert [block.name for block in blocks if not block.get_description()] == []


def test_every_value_is_kept_as_it_was_given(body, raw):
    kept = [
        {"type": each["type"], "value": each["value"]} for each in BodyBlock().get_prep_value(body)
    ]

    assert dumped(kept) == dumped(raw)


def dumped(stream: list[dict]) -> list:
    """Without what Wagtail adds: ids of list items, dates as objects."""
    return [(each["type"], _plain(each["value"])) for each in stream]


def _plain(value):
    if isinstance(value, list):
        return [_plain(each["value"] if _is_item(each) else each) for each in value]
    if isinstance(value, dict):
        filled = {key: _plain(each) for key, each in value.items()}
        return {key: each for key, each in filled.items() if each not in (None, "", False)}
    return str(value)


def _is_item(each) -> bool:
    return isinstance(each, dict) and each.keys() == {"type", "value", "id"}


WORDS = {
    "heading": ["遇到家暴怎么办"],
    "subheading": ["第一时间"],
    "paragraph": ["先保证安全，打 110。 离开危险的地方 带上证件 再慢慢想办法。"],
    "questions": ["申请保护令要交钱吗？", "不交费。"],
    "steps": ["先报警", "说清地点和谁在场。"],
    "quotation": ["家暴不是家务事。", "一位老执委"],
    "table": ["遇到事情找谁", "事项", "派出所、妇联", "12348"],
    "picture": ["姐妹们在榕树下开会", "议事会现场"],
    "gallery": ["姐妹们在榕树下开会", "第 3 张"],
    "video": ["保护令怎么申请", "大家好。"],
    "audio": ["录音"],
    "law_article": ["反家庭暴力法", "第二十三条"],
    "download": ["申请书样本"],
    "link_card": ["广东政务服务网", "网上办事，一次办成。"],
    "quiz": [],
}


@pytest.mark.parametrize("kind", KINDS)
def test_words_of_every_kind_are_searchable(body, kind):
    child = next(each for each in body if each.block_type == kind)

    found = child.block.get_searchable_content(child.value)

    assert [word for word in WORDS[kind] if word not in found] == []


def test_title_of_a_quiz_is_not_searchable(body):
    """It may belong to the academy."""
    assert "小测" not in " ".join(BodyBlock().get_searchable_content(body))


@pytest.fixture
def compared(client, column, raw):
    """The page that compares two revisions of an article, the second with other words."""
    article = column.add_child(instance=ArticlePage(title="文章", slug="a", body=raw))
    first = article.save_revision()
    changed = [{"type": each["type"], "value": _change(each["value"])} for each in raw]
    for stored, child in zip(changed, article.body.raw_data, strict=True):
        stored["id"] = child["id"]
    article.body = changed
    second = article.save_revision()
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))
    url = reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, first.pk, second.pk])
    response = client.get(url)
    return response.context["comparison"][0].htmldiff()


def _change(value):
    if isinstance(value, dict):
        return {key: _change(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_change(each) for each in value]
    return value + "改" if isinstance(value, str) and value in CHANGED else value


CHANGED = {
    "遇到家暴怎么办",
    "申请保护令要交钱吗？",
    "先报警",
    "家暴不是家务事。",
    "派出所、妇联",
    "议事会现场",
    "第 3 张",
    "保护令怎么申请",
    "第二十三条",
    "网上办事，一次办成。",
}


def test_comparison_shows_what_changed(compared):
    added = re.findall('<span class="addition">([^<]*改[^<]*)</span>', compared)

    assert len(added) == len(CHANGED)


def test_comparison_is_in_words(compared):
    faults = [
        word
        for word in ("True", "False", "None", "{'", "OrderedDict", "LessonMedia")
        if word in compared
    ]

    assert faults == []


def test_comparison_names_recordings(compared):
    assert "<dt>视频</dt>\n    <dd>录像</dd>" in compared


PREVIEWED = [
    *["heading", "subheading", "paragraph", "questions", "steps", "quotation", "table"],
    *["law_article", "link_card"],
]


def test_blocks_of_words_can_be_looked_at_before():
    blocks = ArticlePage._meta.get_field("body").stream_block.child_blocks

    assert [name for name, block in blocks.items() if block.is_previewable] == PREVIEWED


@pytest.mark.parametrize("kind", PREVIEWED)
def test_preview_shows_the_block_as_readers_get_it(client, kind):
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))
    block = ArticlePage._meta.get_field("body").stream_block.child_blocks[kind]

    html = client.get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    ).content.decode()

    assert block.render(block.get_preview_value()) in html


def test_new_table_is_compared_as_a_table():
    block = BodyBlock().child_blocks["table"]
    value = block.get_preview_value()

    comparison = block.get_comparison_class()(block, False, True, None, value)

    assert comparison.htmlvalue(value) == block.render(value)
