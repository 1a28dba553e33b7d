"""What to read after an entry: the editor's choice, filled up by tags and category."""

from django.db.models import Count, Q
from wagtail.models import Page

from cms.access import visible_to
from knowledge_base.models import KnowledgePage

RELATED = 4


def related_pages(page: KnowledgePage, user, named: dict[int, Page]) -> list[Page]:
    """`named`: the pages that the entry names and that the reader may open."""
    chosen = [named[row.target_id] for row in page.related_pages.all() if row.target_id in named]
    missing = RELATED - len(chosen)
    return chosen + (_fill_up(page, user, chosen, missing) if missing > 0 else [])


def _fill_up(page: KnowledgePage, user, chosen: list[Page], missing: int) -> list[Page]:
    """Those that share most tags come first; then those of the category."""
    tags = [row.tag_id for row in page.tagged_items.all()]
    alike = Q(tagged_items__tag__in=tags)
    entries = KnowledgePage.objects.exclude(pk__in=[page.pk, *(each.pk for each in chosen)])
    found = entries.filter(Q(category=page.category_id) | alike).annotate(
        shared=Count("tagged_items", filter=alike)
    )
    ordered = visible_to(user, found).defer("body").order_by("is_expired", "-shared", "path")
    return list(ordered[:missing])


def named_pages(page: KnowledgePage, user) -> dict[int, Page]:
    """The pages that the entry names, by id, as far as the reader may open them: one query."""
    ids = {row.target_id for row in page.related_pages.all()}
    ids |= {row.successor_id for row in page.sources.all()} | {page.successor_id}
    return visible_to(user, Page.objects.all()).in_bulk(ids - {None}) if ids - {None} else {}
