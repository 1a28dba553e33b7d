"""What the templates of this app's pages show."""

from django.core.paginator import Paginator
from wagtail import hooks

from cms.access import visible_to
from cms.cards import Card
from cms.chrome import Viewer, greet
from cms.models import ArticlePage
from cms.queries import article_cards

ARTICLES_PER_PAGE = 20
NEWS_ON_HOME = 5
ARTICLE_CARD = "components/article_card.html"


@hooks.register("page_cards")
def draw_articles(request, page_ids):
    articles = list(visible_to(request.user, ArticlePage.objects.filter(pk__in=page_ids)))
    cards = article_cards(articles)
    return {page.pk: Card(ARTICLE_CARD, card) for page, card in zip(articles, cards, strict=True)}


@hooks.register("page_context:cms.homepage")
def home_context(page, request):
    news = article_cards(ArticlePage.objects.live().newest_first()[:NEWS_ON_HOME])
    return {"hello": greet(Viewer.of(request.user)), "news": news, "tab": "home"}


@hooks.register("page_context:cms.columnpage")
def column_context(page, request):
    articles = ArticlePage.objects.live().child_of(page).newest_first()
    shown = Paginator(articles, ARTICLES_PER_PAGE).get_page(request.GET.get("p"))
    shown.object_list = article_cards(shown.object_list)
    return {"articles": shown}
