"""The kinds of pages that `cms` itself has for the search."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.models import ArticlePage, ColumnPage
from cms.passages import read_passages
from cms.search.kinds import HOOK, SearchKind


@hooks.register(HOOK, order=100)
def articles():
    return [
        SearchKind(
            name="article",
            label=_("资讯"),
            model=ArticlePage,
            icon="doc",
            read_passages=lambda page: read_passages(page.body.raw_data),
            in_column=ArticlePage.objects.child_of,
            is_named=False,
            shows_date=True,
        )
    ]


@hooks.register(HOOK, order=600)
def columns():
    return [SearchKind(name="column", label=_("栏目"), model=ColumnPage, icon="flag")]
