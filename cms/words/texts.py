"""All the words of a page, each with the name of its place: fields, rows of lists, blocks."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

# Of Wagtail's own columns of a page; the others are addresses and machinery.
PAGE_FIELDS = {"title", "seo_title", "search_description"}
NO_TEXT = (models.SlugField, models.URLField, models.EmailField, models.FileField)


@dataclass(frozen=True)
class Passage:
    place: str
    text: str


def passages_of(page: Page) -> list[Passage]:
    """What a reader of `page` may see or hear read out; `page` is the specific one."""
    found = [*_fields_of(page), *_rows_of(page)]
    return [passage for passage in found if passage.text.strip()]


def _fields_of(row: models.Model, within: str = "") -> Iterator[Passage]:
    for field in row._meta.get_fields():
        place = f"{within}{getattr(field, 'verbose_name', '')}"
        if isinstance(field, StreamField):
            stream = field.value_from_object(row)
            yield from _walk(stream.stream_block, stream, place)
        elif isinstance(field, ClusterTaggableManager):
            yield Passage(place, "，".join(tag.name for tag in getattr(row, field.name).all()))
        elif _is_text(field):
            text = field.value_from_object(row) or ""
            is_rich = isinstance(field, RichTextField)
            yield Passage(place, get_text_for_indexing(text) if is_rich else text)
        elif _is_picture(field):
            picture = getattr(row, field.name)
            yield Passage(_("%(place)s · 图片说明") % {"place": place}, _describe(picture))


def _is_text(field) -> bool:
    if not isinstance(field, models.CharField | models.TextField) or isinstance(field, NO_TEXT):
        return False
    is_machinery = field.model is Page and field.name not in PAGE_FIELDS
    return not is_machinery and not field.choices and field.editable


def _is_picture(field) -> bool:
    return field.is_relation and field.many_to_one and hasattr(field.related_model, "focal_point_x")


def _describe(picture) -> str:
    return picture.description if picture else ""


def _rows_of(page: Page) -> Iterator[Passage]:
    """Lists that are edited with the page: the sections of a course, for one."""
    for relation in get_all_child_relations(page):
        model = relation.related_model
        if model._meta.app_label in {"wagtailcore", "taggit"}:
            continue
        rows = getattr(page, relation.get_accessor_name()).all()
        for number, row in enumerate(rows, 1):
            name = model._meta.verbose_name
            place = _("%(name)s第 %(number)d 项 · ") % {"name": name, "number": number}
            yield from _fields_of(row, place)


def _walk(block: blocks.Block, value, place: str) -> Iterator[Passage]:
    if value is None:
        return
    if isinstance(block, blocks.StreamBlock):
        for number, child in enumerate(value, 1):
            named = _("%(place)s第 %(number)d 块（%(label)s）")
            facts = {"place": place, "number": number, "label": child.block.label}
            yield from _walk(child.block, child.value, named % facts)
    elif isinstance(block, blocks.ListBlock):
        for number, child in enumerate(value, 1):
            named = _("%(place)s之 %(number)d") % {"place": place, "number": number}
            yield from _walk(block.child_block, child, named)
    elif hasattr(value, "contextual_alt_text"):
        yield Passage(_("%(place)s · 图片说明") % {"place": place}, value.contextual_alt_text or "")
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _walk(child, value.get(name), f"{place} · {child.label}")
    else:
        yield Passage(place, _read(block, value))


def _read(block: blocks.Block, value) -> str:
    """A leaf: what was typed into it, or else what its block calls searchable."""
    if isinstance(value, str) and not isinstance(block, blocks.URLBlock | blocks.EmailBlock):
        return "" if isinstance(block, blocks.ChoiceBlock) else value
    return "\n".join(block.get_searchable_content(value))
