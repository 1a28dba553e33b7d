"""A full library for benchmarks and scale tests: thousands of articles, and the folder of laws.

    python -m tests.library --articles 13000 --laws ../shared/data/laws

fills the configured database, which must be migrated. The same seed makes the same articles.
"""

import argparse
import json
import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
    django.setup()

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from taggit.models import Tag
from wagtail.models import Locale, Page

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage, HomePage
from cms.models.columns import ArticleTag
from config.site_setup import set_up_site
from tests import library_words as words

BATCH = 1000
CHARACTERS = 600
NEWEST = datetime(2026, 11, 1, 8, tzinfo=UTC)
# As good as any row of sentences: read when the shared data lies beside the checkout.
LAW_ARTICLES = Path(__file__).resolve().parents[2] / "shared" / "data" / "laws" / "articles.jsonl"


class Writer:
    """Composes articles: one seed, one sequence."""

    def __init__(self, seed: int):
        self._random = random.Random(seed)
        self._quotes = _law_texts()

    def title(self) -> str:
        return self._fill(words.TITLES)

    def paragraphs(self) -> list[str]:
        """About 600 characters, a quarter of them quoted from laws."""
        texts, length = [], 0
        while length < CHARACTERS:
            sentences = [self._sentence() for _ in range(self._random.randint(2, 4))]
            texts.append("".join(sentences))
            length += len(texts[-1])
        return texts

    def tags(self) -> list[str]:
        return self._random.sample(words.TAGS, self._random.choice([0, 1, 1, 2]))

    def column(self, columns: list[ColumnPage]) -> ColumnPage:
        return self._random.choice(columns)

    def _sentence(self) -> str:
        if self._quotes and self._random.random() < 0.2:
            return self._random.choice(self._quotes)
        return self._fill(words.SENTENCES)

    def _fill(self, patterns) -> str:
        choose = self._random.choice
        return choose(patterns).format(
            place=choose(words.PLACES),
            body=choose(words.BODIES),
            body2=choose(words.BODIES),
            topic=choose(words.TOPICS),
            topic2=choose(words.TOPICS),
            deed=choose(words.DEEDS),
            people=choose(words.PEOPLE),
            name=choose(words.SURNAMES) + choose(words.GIVEN),
            result=choose(words.RESULTS),
            latin=choose(words.LATIN),
            number=self._random.randint(3, 900),
        )


def _law_texts() -> list[str]:
    if not LAW_ARTICLES.exists():
        return []
    lines = LAW_ARTICLES.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    return [text for text in texts if 20 <= len(text) <= 160 and "\n" not in text]


@transaction.atomic
def load_articles(*, count: int, seed: int = 1) -> list[ColumnPage]:
    """Make `count` live articles in themed columns below the column index; return the columns.

    The newest comes first. Search is told nothing: `update_index` does it when a test needs it.
    """
    columns = _columns(_column_index())
    writer = Writer(seed)
    steps = {column.pk: _last_step(column) for column in columns}
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        made = [_compose(writer, columns, steps, seed, number) for number in numbers]
        _insert([article for article, _tags in made])
        _insert_tags(made)
    for column in columns:
        Page.objects.filter(pk=column.pk).update(numchild=_children(column).count())
    return list(ColumnPage.objects.filter(pk__in=steps).order_by("path"))


def _column_index() -> ColumnIndexPage:
    index = ColumnIndexPage.objects.first()
    if index is None:
        home = HomePage.objects.first() or set_up_site()
        index = ColumnIndexPage.objects.first() or home.add_child(
            instance=ColumnIndexPage(title="主题栏目", slug="columns")
        )
    return index


def _columns(index: ColumnIndexPage) -> list[ColumnPage]:
    for number, title in enumerate(words.COLUMNS, 1):
        if not ColumnPage.objects.filter(title=title).exists():
            index.add_child(instance=ColumnPage(title=title, slug=f"library-{number}"))
            index.refresh_from_db()
    return list(ColumnPage.objects.filter(title__in=words.COLUMNS).order_by("path"))


def _children(column: ColumnPage):
    """Not `get_children`, which believes a `numchild` that is only being made."""
    return Page.objects.filter(path__startswith=column.path, depth=column.depth + 1)


def _last_step(column: ColumnPage) -> int:
    last = _children(column).order_by("path").last()
    return Page._str2int(last.path[-Page.steplen :]) if last else 0


def _compose(writer: Writer, columns, steps, seed: int, number: int):
    column = writer.column(columns)
    steps[column.pk] += 1
    title, slug = writer.title(), f"library-{seed}-{number}"
    paragraphs = writer.paragraphs()
    when = NEWEST - timedelta(minutes=31 * number)
    article = ArticlePage(
        path=Page._get_path(column.path, column.depth + 1, steps[column.pk]),
        depth=column.depth + 1,
        url_path=f"{column.url_path}{slug}/",
        title=title,
        draft_title=title,
        slug=slug,
        summary=paragraphs[0][:100],
        body=json.dumps([{"type": "paragraph", "value": f"<p>{text}</p>"} for text in paragraphs]),
        first_published_at=when,
        last_published_at=when,
        locale=Locale.get_default(),
        content_type=ContentType.objects.get_for_model(ArticlePage),
    )
    return article, writer.tags()


def _insert(articles: list[ArticlePage]) -> None:
    """In both tables; bulk_create itself refuses models that have a parent's table."""
    Page.objects.bulk_create(articles)
    for article in articles:
        article.page_ptr_id = article.id
    fields = ArticlePage._meta.local_concrete_fields
    for some in _batches(articles):
        ArticlePage._base_manager.all()._insert(some, fields=fields, using="default")


def _batches(articles: list[ArticlePage], size: int = 50) -> Iterator[list[ArticlePage]]:
    """SQLite takes a limited number of values in a statement."""
    for start in range(0, len(articles), size):
        yield articles[start : start + size]


def _insert_tags(made) -> None:
    tags = {
        name: Tag.objects.get_or_create(name=name, defaults={"slug": f"library-{number}"})[0]
        for number, name in enumerate(words.TAGS)
    }
    ArticleTag.objects.bulk_create(
        ArticleTag(content_object_id=article.pk, tag=tags[name])
        for article, names in made
        for name in names
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=13_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--laws", type=Path, help="a folder for import_knowledge")
    asked = options.parse_args()
    set_up_site()
    load_articles(count=asked.articles, seed=asked.seed)
    if asked.laws:
        call_command("import_knowledge", str(asked.laws))
    call_command("update_index", verbosity=0)


if __name__ == "__main__":
    main()
