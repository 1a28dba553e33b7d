"""What the templates show about the knowledge base."""

from django.core.paginator import Paginator
from django.shortcuts import redirect
from wagtail import hooks

from cms.article_context import tag_links
from cms.article_numbers import typed_anchor
from cms.cards import Card
from cms.passages import read_passages
from knowledge_base.contents import list_contents
from knowledge_base.finding import Chosen, list_categories, list_filters, visible_entries
from knowledge_base.models import KnowledgePage
from knowledge_base.related import named_pages, related_pages

ENTRIES_PER_PAGE = 20
ENTRY_CARD = "components/entry_card.html"


@hooks.register("page_cards")
def draw_entries(request, page_ids):
    entries = visible_entries(request).filter(pk__in=page_ids).defer("body")
    return {page.pk: Card(ENTRY_CARD, page) for page in entries}


@hooks.register("page_context:knowledge_base.knowledgeindexpage")
def index_context(page, request):
    """All categories with their first entries; or a list, paged, when something is chosen."""
    chosen = Chosen.of(request)
    context = {"chosen": chosen, "filters": list_filters(request, chosen)}
    if not chosen:
        return context | {"categories": list_categories(request)}
    entries = chosen.filter(visible_entries(request)).in_reading_order()
    shown = Paginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("p"))
    return context | {"entries": shown, "query": chosen.query()}


@hooks.register("page_context:knowledge_base.knowledgepage")
def entry_context(page, request):
    named = named_pages(page, request.user)
    return {
        "contents": list_contents(passages_of(page)),
        "sources": [(source, named.get(source.successor_id)) for source in page.sources.all()],
        "successor": named.get(page.successor_id),
        "related": related_pages(page, request.user, named),
        "tags": tag_links(page.tags.all()),
        "asked_article": request.GET.get("article", "").strip()[:20],
    }


# Inside Wagtail's own, which asks for the login that a page may need.
@hooks.register("on_serve_page", order=10)
def jump_to_article(serve):
    """`?article=23` leads to #a23; without such an article the page says so."""

    def serve_or_jump(page, request, *args, **kwargs):
        if isinstance(page, KnowledgePage) and "article" in request.GET:
            anchor = typed_anchor(request.GET["article"])
            if anchor and anchor in {passage.anchor for passage in passages_of(page)}:
                return redirect(f"{page.url}#{anchor}")
        return serve(page, request, *args, **kwargs)

    return serve_or_jump


def passages_of(page: KnowledgePage):
    return read_passages(page.body.raw_data)
