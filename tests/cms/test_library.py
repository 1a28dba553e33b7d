"""The generated library is a tree that Wagtail takes for its own."""

from wagtail.models import Page

from cms.models import ArticlePage, ColumnPage
from tests.library import load_articles


def test_tree_has_no_problems(home):
    load_articles(count=30, seed=1)
    load_articles(count=30, seed=2)

    assert Page.find_problems() == ([], [], [], [], [])
    assert ArticlePage.objects.live().count() == 60


def test_same_seed_makes_the_same_articles(home):
    load_articles(count=5, seed=7)
    first = read_all()
    ArticlePage.objects.all().delete()
    load_articles(count=5, seed=7)

    assert read_all() == first


def read_all():
    return [
        (page.title, str(page.body), page.path) for page in ArticlePage.objects.order_by("slug")
    ]


def test_articles_take_edits_and_children_as_any_other(home):
    column = load_articles(count=20, seed=1)[0]
    article = column.add_child(instance=ArticlePage(title="新文章", slug="new"))
    article.save_revision().publish()

    assert article.get_parent(update=True) == Page.objects.get(pk=column.pk)
    assert ColumnPage.objects.get(pk=column.pk).numchild == column.get_children().count()


def test_articles_are_as_long_as_news(home):
    load_articles(count=10, seed=1)
    lengths = [len(str(article.body)) for article in ArticlePage.objects.all()]

    assert min(lengths) >= 600
    assert max(lengths) <= 1200
