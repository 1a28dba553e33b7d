"""What a column holds by itself: articles and links. The apps above add lessons and quizzes."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page

from cms.access import visible_to
from cms.cards import Card
from cms.columns import ColumnKind, children_of
from cms.models import ArticlePage, ColumnLinkPage
from cms.queries import article_cards, link_cards, links_with_covers

ARTICLE_CARD, LINK_CARD = "components/article_card.html", "components/link_card.html"


def draw_articles(request, ids):
    articles = list(ArticlePage.objects.filter(pk__in=ids))
    cards = article_cards(articles, names_column=False)
    return {page.pk: Card(ARTICLE_CARD, card) for page, card in zip(articles, cards, strict=True)}


def links_in(column, member) -> Q:
    """A link to a page is a fact about that page: whoever may open it sees the link."""
    links = ColumnLinkPage.objects.leading_somewhere().filter(children_of(column, ColumnLinkPage))
    targets = visible_to(member, Page.objects.filter(pk=OuterRef("target")))
    links = links.filter(Q(target=None) | Exists(targets))
    return Q(pk__in=links.order_by().values("pk"))


def draw_links(request, ids):
    links = list(links_with_covers().filter(pk__in=ids))
    cards = link_cards(links)
    return {page.pk: Card(LINK_CARD, card) for page, card in zip(links, cards, strict=True)}


@hooks.register("column_kinds")
def articles():
    return ColumnKind(
        slug="articles",
        label=_("文章"),
        order=100,
        model=ArticlePage,
        is_in=lambda column, member: children_of(column, ArticlePage),
        draw=draw_articles,
    )


@hooks.register("column_kinds")
def links():
    return ColumnKind(
        slug="links",
        label=_("链接"),
        order=400,
        model=ColumnLinkPage,
        is_in=links_in,
        draw=draw_links,
    )
