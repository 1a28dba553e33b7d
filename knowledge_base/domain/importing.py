"""Writing imported entries: one page for each, live at once, repeatable."""

import json
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from cms.domain.reviews.publishing import publish_imported
from cms.search.tokens import is_han, runs
from federations.models import Federation
from knowledge_base.importing.texts import Entry, articles_of
from knowledge_base.models import (
    ImportedEntry,
    KnowledgeCategory,
    KnowledgeIndexPage,
    KnowledgePage,
    KnowledgeSource,
)
from members.readings import syllables

LONGEST_SLUG = 200
# What stands before most names and tells nothing about them.
COUNTRY = "中华人民共和国"
SOURCE_FIELDS = (
    *("name", "document_number", "address", "issued_on", "effective_on"),
    *("state", "state_on", "successor_id"),
)


class Outcome(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class ImportRefused(Exception):
    """The entry is not written; the reason is a Chinese sentence that says what to do."""


@transaction.atomic
def import_entry(
    *, entry: Entry, index: KnowledgeIndexPage, category: KnowledgeCategory, now: datetime
) -> Outcome:
    """Add or update the entry's page and publish it.

    `category` and what the entry proposes besides its text hold for a new page only: later they are
    the editors'. Raises ImportRefused when an editor has changed the text since the last import, or
    when something does not fit.
    """
    try:
        return _import(entry, index, category, now)
    except ValidationError as error:
        raise ImportRefused(" ".join(error.messages)) from error


def _import(
    entry: Entry, index: KnowledgeIndexPage, category: KnowledgeCategory, now: datetime
) -> Outcome:
    imported = ImportedEntry.objects.select_for_update(of=("self",)).filter(key=entry.title).first()
    if imported is None:
        return _add(entry, index, category, now)
    if imported.source_digest == _digest(_content_of(entry)):
        return Outcome.UNCHANGED
    page = imported.page.get_latest_revision_as_object()
    if entry.is_partial and articles_of(_plain_blocks(page)) == entry.articles:
        return Outcome.UNCHANGED
    _refuse_if_edited(page, imported)
    _write(page, entry)
    _publish(page, entry, imported, now)
    return Outcome.UPDATED


def _add(
    entry: Entry, index: KnowledgeIndexPage, category: KnowledgeCategory, now: datetime
) -> Outcome:
    if existing := KnowledgePage.objects.child_of(index).filter(title=entry.title).first():
        said = _("知识库里已有同名的条目（编号 %d），它不是导入的。请把它改名或删除，再导入。")
        raise ImportRefused(said % existing.pk)
    page = KnowledgePage(
        title=entry.title,
        slug=_free_slug(entry.title, index),
        summary=entry.summary[: KnowledgePage._meta.get_field("summary").max_length],
        category=category,
        federation=Federation.get_first_root_node(),
        live=False,
    )
    _write(page, entry)
    index.add_child(instance=page)
    page.tags.set(entry.tags)
    _publish(page, entry, ImportedEntry(page=page, key=entry.title), now)
    return Outcome.ADDED


def _refuse_if_edited(page: KnowledgePage, imported: ImportedEntry) -> None:
    is_untouched = imported.page_digest == _page_digest(page)
    if not is_untouched or page.has_unpublished_changes or page.locked:
        said = _(
            "编辑在上次导入以后改过这一条（编号 %d），或者还有没发布的草稿、加了锁，所以没有覆盖。"
            "请在后台核对；要用文件里的文字，先把条目删除，再导入。"
        )
        raise ImportRefused(said % page.pk)


def _write(page: KnowledgePage, entry: Entry) -> None:
    """The text, and what belongs to it."""
    body = [block | {"id": _block_id(entry, place)} for place, block in enumerate(entry.blocks)]
    page.body = StreamValue(page.body.stream_block, body, is_lazy=True)
    if entry.is_partial and page.pk:
        return  # Rows know nothing of the rest, so they take nothing away.
    page.effective_on = entry.effective_on
    page.is_expired, page.expired_on = entry.is_expired, entry.expired_on
    page.sources = [_checked(KnowledgeSource(**asdict(source))) for source in entry.sources]


def _checked(source: KnowledgeSource) -> KnowledgeSource:
    """Wagtail checks a page before it is saved, but not its rows."""
    source.clean_fields(exclude=["page"])
    return source


def _block_id(entry: Entry, place: int) -> str:
    """An article keeps its id when others come before it, so that revisions can be compared."""
    block = entry.blocks[place]
    name = block["value"]["number"] if block["type"] == "law_article" else place
    return str(uuid5(NAMESPACE_URL, f"{entry.title}/{name}"))


def _publish(page: KnowledgePage, entry: Entry, imported: ImportedEntry, now: datetime) -> None:
    page.save_revision(log_action=True)
    publish_imported(page=page, reason=_("服务器命令 import_knowledge 导入"), now=now)
    imported.source_digest = _digest(_content_of(entry))
    imported.page_digest = _page_digest(
        KnowledgePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    )
    imported.save()


def _free_slug(title: str, index: KnowledgeIndexPage) -> str:
    """《反家庭暴力法》 is fan-jia-ting-bao-li-fa."""
    parts = [
        part
        for run in runs(title.removeprefix(COUNTRY) or title)
        for part in (syllables(run) if is_han(run) else [run])
        if part.isascii()
    ]
    slug = "-".join(parts)[:LONGEST_SLUG].strip("-") or "entry"
    taken = set(index.get_children().values_list("slug", flat=True))
    number = 1
    while (free := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return free


def _keep_ascii(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isalnum())


def _content_of(entry: Entry) -> dict:
    return {
        "title": entry.title,
        "blocks": list(entry.blocks),
        "sources": [asdict(source) for source in entry.sources],
        "effective_on": entry.effective_on,
        "expired": [entry.is_expired, entry.expired_on],
    }


def _page_digest(page: KnowledgePage) -> str:
    """Of what an import writes; the rest of the page is the editors'."""
    sources = page.sources.all()
    return _digest(
        {
            "title": page.title,
            "blocks": _plain_blocks(page),
            "sources": [{name: getattr(row, name) for name in SOURCE_FIELDS} for row in sources],
            "effective_on": page.effective_on,
            "expired": [page.is_expired, page.expired_on],
        }
    )


def _plain_blocks(page: KnowledgePage) -> list[dict]:
    """Without ids and without the fields that are empty, which come and go with the blocks."""
    return [
        {"type": block["type"], "value": _filled(block["value"])}
        for block in page.body.get_prep_value()
    ]


def _filled(value):
    if not isinstance(value, dict):
        return value
    return {key: part for key, part in value.items() if part not in (None, "")}


def _digest(content: dict) -> str:
    text = json.dumps(content, default=str, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()
