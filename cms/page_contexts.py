"""What the templates of this app's pages show."""

from django.utils.timezone import localdate
from wagtail import hooks

from cms.access import visible_to
from cms.cards import Card
from cms.chrome import Viewer, greet
from cms.columns import list_column
from cms.models import ArticlePage, LocalPick
from cms.queries import article_cards, link_cards

NEWS_ON_HOME = 5
ARTICLE_CARD = "components/article_card.html"


@hooks.register("page_cards")
def draw_articles(request, page_ids):
    articles = list(visible_to(request.user, ArticlePage.objects.filter(pk__in=page_ids)))
    cards = article_cards(articles)
    return {page.pk: Card(ARTICLE_CARD, card) for page, card in zip(articles, cards, strict=True)}


@hooks.register("page_context:cms.homepage")
def home_context(page, request):
    articles = visible_to(request.user, ArticlePage.objects.all())
    news = article_cards(articles.newest_first()[:NEWS_ON_HOME])
    return {
        "hello": greet(Viewer.of(request.user)),
        "news": news,
        "has_local": LocalPick.objects.shown(localdate()).exists(),
        "tab": "home",
    }


@hooks.register("page_context:cms.columnpage")
def column_context(page, request):
    return list_column(request, page)


@hooks.register("page_context:cms.columnlinkpage")
def link_context(page, request):
    """For the preview: the link as the column will show it."""
    return {"card": link_cards([page])[0]}
