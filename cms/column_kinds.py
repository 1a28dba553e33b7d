"""What a column holds by itself: articles and links. The apps above add lessons and quizzes."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.access import hidden_paths
from cms.cards import Card
from cms.columns import ColumnKind, children_of
from cms.models import ArticlePage, ColumnLinkPage
from cms.queries import article_cards, link_cards, links_with_covers
from federations.scope import is_committee_member

ARTICLE_CARD, LINK_CARD = "components/article_card.html", "components/link_card.html"


def draw_articles(request, ids):
    articles = list(ArticlePage.objects.filter(pk__in=ids))
    cards = article_cards(articles, names_column=False)
    return {page.pk: Card(ARTICLE_CARD, card) for page, card in zip(articles, cards, strict=True)}


def links_in(column, member) -> Q:
    """A link into the academy is a fact about the academy: committee members alone see it."""
    links = ColumnLinkPage.objects.leading_somewhere().filter(children_of(column, ColumnLinkPage))
    if not is_committee_member(member):
        for path in hidden_paths(member):
            links = links.exclude(target__path__startswith=path)
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
