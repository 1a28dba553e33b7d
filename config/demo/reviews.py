"""Demo reviews: a list of words, an article that passed the three reviews, one that waits."""

from datetime import timedelta

from django.utils import timezone

from cms.domain.reviews.deciding import decide
from cms.domain.reviews.rounds import current_state
from cms.domain.reviews.words import add_words
from cms.models import ArticlePage, ColumnPage, Severity, WordKind
from config.demo.people import EDITOR, OTHER_REVIEWERS, REVIEWER
from config.demo.reading import read, to_blocks
from federations.models import Federation
from members.models import Member


def load_reviews() -> None:
    content = read("reviews")
    for words in content["words"]:
        add_words(
            words["lines"], kind=WordKind(words["kind"]), severity=Severity(words["severity"])
        )
    editor = Member.objects.get(phone=EDITOR.phone)
    for entry in content["articles"]:
        article = _submit(entry, editor)
        if entry["is_passed"]:
            _pass(article)


def _submit(entry: dict, editor: Member) -> ArticlePage:
    column = ColumnPage.objects.get(slug=entry["column"])
    article = ArticlePage(
        title=entry["title"],
        slug=entry["slug"],
        summary=entry["summary"],
        body=to_blocks(entry["body"]),
        federation=Federation.get_first_root_node(),
        owner=editor,
        live=False,
        first_published_at=timezone.now() - timedelta(days=1) if entry["is_passed"] else None,
    )
    column.add_child(instance=article)
    article.save_revision(user=editor)
    article.get_workflow().start(article, editor)
    return article


def _pass(article: ArticlePage) -> None:
    others = list(Member.objects.filter(is_staff=True, name__in=OTHER_REVIEWERS).order_by("pk"))
    for reviewer in [*others, Member.objects.get(phone=REVIEWER.phone)]:
        state = current_state(article)
        decide(
            state_id=state.pk,
            by=reviewer,
            is_approved=True,
            reason="",
            seen=state.text,
            now=timezone.now(),
        )
