"""The demo's knowledge base: entries of our own and, as laws belong to all, one law in full."""

from datetime import date
from itertools import count

from django.utils import timezone

from cms.models import LifeStage
from config.demo.pages import publish
from config.demo.reading import CONTENT, read, to_blocks
from knowledge_base.domain.filing import laws_category
from knowledge_base.domain.importing import import_entry
from knowledge_base.importing.collecting import collect
from knowledge_base.models import (
    KnowledgeCategory,
    KnowledgeIndexPage,
    KnowledgePage,
    KnowledgeSource,
    RelatedPage,
)


def load_knowledge() -> None:
    index = KnowledgeIndexPage.objects.get()
    categories: dict[str, KnowledgeCategory] = {}
    places = count(1)
    for entry in read("knowledge")["entries"]:
        name = entry.pop("category")
        if name not in categories:
            place = next(places)
            categories[name] = KnowledgeCategory.objects.create(
                name=name, slug=f"category-{place}", sort_order=place
            )
        load_entry(index, categories[name], entry)
    load_laws(index)


def load_entry(index: KnowledgeIndexPage, category: KnowledgeCategory, entry: dict) -> None:
    page = KnowledgePage(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        category=category,
        effective_on=_day(entry["effective_on"]),
        is_expired="expired_on" in entry,
        expired_on=_day(entry.get("expired_on", "")),
        successor=KnowledgePage.objects.filter(slug=entry.get("successor")).first(),
        body=to_blocks(entry["body"]),
        sources=[KnowledgeSource(name=entry["source"])] if entry["source"] else [],
    )
    page.life_stages.set(LifeStage.objects.filter(name__in=entry.get("life_stages", [])))
    publish(index, page, days_ago=90, tags=entry["tags"])


def load_laws(index: KnowledgeIndexPage) -> None:
    """As `manage.py import_knowledge` does; the entry about its best known part stands beside."""
    category = laws_category()
    for _file, law in collect(CONTENT / "laws").entries.values():
        import_entry(entry=law, index=index, category=category, now=timezone.now())
    page = KnowledgePage.objects.get(title="中华人民共和国反家庭暴力法")
    page.tags.add("反家庭暴力法", "人身安全保护令")
    page.related_pages = [
        RelatedPage(target=KnowledgePage.objects.get(slug="baohuling-zenme-shenqing"))
    ]
    page.save_revision().publish()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
