"""Every link in what a page shows, whatever fields, blocks and child rows the page has.

It reads the stored data: what is missing has become None in the blocks' own values.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.coreutils import resolve_model_string
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtailmedia.models import get_media_model

from cms.links.markup import read_links

WEB = ("http://", "https://")


@dataclass(frozen=True)
class Found:
    """A link to a row of `model`, or with `model` None to an address."""

    model: type[models.Model] | None
    target: str
    words: str = ""


def find_links(pages: Sequence[Page]) -> dict[int, list[Found]]:
    """Of specific pages of one kind, by page id; the queries do not grow with the pages."""
    found = defaultdict(list)
    for page in pages:
        found[page.pk] += _in_row(page)
    for relation in get_all_child_relations(type(pages[0])):
        field = relation.field
        for row in relation.related_model.objects.filter(**{f"{field.name}__in": pages}):
            found[getattr(row, field.attname)] += _in_row(row)
    return found


def linkable_models() -> tuple[type[models.Model], ...]:
    return Page, get_document_model(), get_image_model(), get_media_model()


def _in_row(row: models.Model) -> Iterator[Found]:
    for field in _own_fields(type(row)):
        value = getattr(row, field.attname)
        if not value:
            continue
        label = str(field.verbose_name)
        if isinstance(field, StreamField):
            yield from _in_block(field.stream_block, value.raw_data, label)
        elif isinstance(field, RichTextField):
            yield from _in_html(value)
        elif isinstance(field, models.ForeignKey):
            yield Found(field.remote_field.model, str(value), label)
        elif isinstance(field, models.URLField):
            yield Found(None, value, label)


def _own_fields(model: type[models.Model]) -> list[models.Field]:
    """What an editor fills in; Wagtail's own page fields are the tree's business."""
    tree = set(Page._meta.get_fields())
    kinds = (StreamField, RichTextField, models.URLField)
    return [
        field
        for field in model._meta.concrete_fields
        if field not in tree and (isinstance(field, kinds) or _leads_to_content(field))
    ]


def _leads_to_content(field: models.Field) -> bool:
    """A child row's way up to its page, and a page's to its own base, are no links."""
    is_reference = isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey)
    return (
        is_reference
        and not field.remote_field.parent_link
        and issubclass(field.remote_field.model, linkable_models())
    )


def _in_block(block: blocks.Block, raw, label: str) -> Iterator[Found]:
    if not raw:
        return
    match block:
        case blocks.BaseStreamBlock():
            yield from _in_stream(block, raw)
        case blocks.ListBlock():
            for item in raw:
                value = item["value"] if isinstance(item, dict) and "value" in item else item
                yield from _in_block(block.child_block, value, label)
        case blocks.BaseStructBlock():
            yield from _in_struct(block, raw, label)
        case blocks.RichTextBlock() | blocks.RawHTMLBlock():
            yield from _in_html(raw)
        case blocks.ChooserBlock():
            # Choosers of recordings and documents name their model only.
            yield Found(resolve_model_string(block.target_model), str(raw), label)
        case _ if isinstance(raw, str) and raw.startswith(WEB) and len(raw.split()) == 1:
            yield Found(None, raw, label)


def _in_stream(block: blocks.BaseStreamBlock, raw: Iterable[dict]) -> Iterator[Found]:
    for child in raw:
        # A kind of block that the code no longer has is not shown either.
        if kind := block.child_blocks.get(child["type"]):
            yield from _in_block(kind, child["value"], str(kind.label))


def _in_struct(block: blocks.BaseStructBlock, raw, label: str) -> Iterator[Found]:
    # A picture may be stored as its number alone.
    values = raw if isinstance(raw, dict) else {"image": raw}
    for name, child in block.child_blocks.items():
        yield from _in_block(child, values.get(name), label)


def _in_html(html: str) -> Iterator[Found]:
    _page, document, image, media = linkable_models()
    models_of = {"page": Page, "document": document, "image": image, "media": media, "url": None}
    for link in read_links(html):
        if link.kind in models_of:
            yield Found(models_of[link.kind], link.target, link.words)
