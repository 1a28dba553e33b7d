"""What the templates show about the knowledge base."""

from django.core.paginator import Paginator
from django.http import Http404
from wagtail import hooks

from cms.access import visible_to
from cms.cards import Card
from knowledge_base.models import KnowledgeCategory, KnowledgePage

ENTRIES_PER_PAGE = 20
ENTRIES_PER_CATEGORY = 5
RELATED = 4
ENTRY_CARD = "components/article_card.html"


@hooks.register("page_cards")
def draw_entries(request, page_ids):
    entries = KnowledgePage.objects.filter(pk__in=page_ids).defer("body")
    return {page.pk: Card(ENTRY_CARD, page) for page in visible_to(request.user, entries)}


@hooks.register("page_context:knowledge_base.knowledgeindexpage")
def index_context(page, request):
    """All categories with their first entries; one category's entries, paged, when it is chosen."""
    if slug := request.GET.get("category"):
        category = next((c for c in KnowledgeCategory.objects.all() if c.slug == slug), None)
        if category is None:
            raise Http404
        entries = KnowledgePage.objects.live().filter(category=category).order_by("path")
        shown = Paginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("p"))
        return {"category": {"title": category.name}, "entries": shown, "query": f"category={slug}"}
    return {"categories": list_categories(page)}


def list_categories(page) -> list[dict]:
    by_category: dict[int, list] = {}
    for entry in KnowledgePage.objects.live().child_of(page).defer("body").order_by("path"):
        by_category.setdefault(entry.category_id, []).append(entry)
    return [
        {
            "title": category.name,
            "url": f"?category={category.slug}",
            "count": len(by_category.get(category.pk, [])),
            "entries": by_category.get(category.pk, [])[:ENTRIES_PER_CATEGORY],
        }
        for category in KnowledgeCategory.objects.all()
    ]


@hooks.register("page_context:knowledge_base.knowledgepage")
def entry_context(page, request):
    siblings = KnowledgePage.objects.live().filter(category=page.category).exclude(pk=page.pk)
    return {
        "effective_on": page.effective_on,
        "related": siblings.order_by("path")[:RELATED],
    }
