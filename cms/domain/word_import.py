"""A Word document becomes a draft page: all of it, or nothing."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.domain.word_pictures import NotTaken, Shelf
from cms.word.blocks import Block
from cms.word.reading import WordDocument
from federations.editing import own_federation
from members.models import Member


@dataclass(frozen=True)
class Report:
    """What came of it: blocks by type, how many pictures without a description and tables without a
    caption publishing will ask about, and sentences on what was lost."""

    page_id: int
    blocks: dict[str, int]
    undescribed: int
    unnamed: int
    collection: str
    losses: list[str]


def import_word(*, document: WordDocument, page: Page, parent: Page, user: Member) -> Report:
    """Fill `page`, which was never saved, and put it below `parent` as a draft of `user`."""
    shelf = Shelf(user)
    try:
        with transaction.atomic():
            body = _store(document, shelf)
            _save(page, parent, user, title=document.title, body=body)
    except BaseException:
        shelf.clear()
        raise
    return _report(page, body, document, shelf)


def _store(document: WordDocument, shelf: Shelf) -> list[dict]:
    """The blocks in their stored form, with images in the place of pictures."""
    images = []
    for number, picture in enumerate(document.pictures, start=1):
        title = _("%(title)s 图 %(number)d") % {"title": document.title[:200], "number": number}
        try:
            images.append(shelf.put(picture, title=title))
        except NotTaken as refusal:
            document.losses.add(refusal.kind)
            images.append(None)
    stored = (_stored(block, images) for block in document.blocks)
    return [each for each in stored if each]


def _stored(block: Block, images: list) -> dict | None:
    if block.type != "picture":
        return {"type": block.type, "value": block.value}
    value, image = block.value, images[block.value["picture"]]
    if image is None:
        caption = value["caption"]
        return {"type": "paragraph", "value": f"<p>{escape(caption)}</p>"} if caption else None
    chosen = {"image": image.pk, "alt_text": value["alt_text"], "decorative": False}
    return {"type": "picture", "value": {"image": chosen, "caption": value["caption"]}}


def _save(page: Page, parent: Page, user: Member, *, title: str, body: list[dict]) -> None:
    page.title = title if slugify(title, allow_unicode=True) else _("没有标题的文档")
    page.draft_title, page.body = page.title, body
    page.live, page.owner = False, user
    page.federation = own_federation(user)
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True, clean=False)


def _report(page: Page, body: list[dict], document: WordDocument, shelf: Shelf) -> Report:
    pictures = [each["value"] for each in body if each["type"] == "picture"]
    tables = [each["value"] for each in body if each["type"] == "table"]
    return Report(
        page_id=page.pk,
        blocks=dict(Counter(each["type"] for each in body)),
        undescribed=sum(not each["image"]["alt_text"] for each in pictures),
        unnamed=sum(not each["table_caption"] for each in tables),
        collection=shelf.name if shelf.images else "",
        losses=document.losses.sentences(),
    )
