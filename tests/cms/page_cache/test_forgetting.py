"""Whatever changes what visitors see, the next of them sees it."""

from contextlib import contextmanager

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, Site

from cms.domain.forgetting import forget_pages
from cms.domain.reviews.publishing import publish_correction
from cms.domain.reviews.rounds import text_of
from cms.models import ArticlePage, ColumnPage, LifeStage
from federations.models import StaffRoleType
from knowledge_base.models import KnowledgeCategory
from tests.editors import make_editor, make_reviewers, pass_reviews
from tests.factories import make_tree

pytestmark = pytest.mark.usefixtures("page_cache")


def see(url) -> str:
    return Client().get(url).content.decode()


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    @contextmanager
    def committing():
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return committing


def test_published_change_is_seen_at_once(article, commit):
    before = see(article.url)
    with commit():
        article.title = "人身安全保护令"
        article.save_revision().publish()

    assert ("人身安全保护令" in before, "人身安全保护令" in see(article.url)) == (False, True)


def test_change_is_not_seen_before_its_commit(article, commit):
    see(article.url)
    with commit():
        article.title = "人身安全保护令"
        article.save_revision().publish()
        inside = see(article.url)

    assert "人身安全保护令" not in inside


def test_new_article_is_in_its_column_at_once(column, article, commit):
    see(column.url)
    with commit():
        new = column.add_child(instance=ArticlePage(title="新到的", slug="new", live=False))
        new.save_revision().publish()

    assert "新到的" in see(column.url)


def test_unpublished_page_is_gone_at_once(article, commit):
    see(article.url)
    with commit():
        article.unpublish()

    assert Client().get(article.url).status_code == 404


def test_deleted_page_is_gone_from_its_column_at_once(column, article, commit):
    see(column.url)
    with commit():
        article.delete()

    assert "保护令" not in see(column.url)


def test_moved_page_answers_at_its_new_address_only(column, article, commit):
    other = column.get_parent().add_child(instance=ColumnPage(title="家庭", slug="family"))
    old = article.url
    see(old)
    with commit():
        article.move(other, pos="last-child")
    new = ArticlePage.objects.get(pk=article.pk).url

    assert [Client().get(url).status_code for url in (old, new)] == [404, 200]


def test_restricted_page_is_closed_at_once(article, commit):
    see(article.url)
    with commit():
        PageViewRestriction.objects.create(page=article, restriction_type="login")

    assert Client().get(article.url).status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        lambda: Site.objects.get().save(),
        lambda: KnowledgeCategory.objects.create(name="维权", slug="rights"),
        lambda: LifeStage.objects.create(name="银龄时光", sort_order=90),
        forget_pages,
    ],
)
def test_changed_words_are_seen_at_once(article, commit, change):
    see(article.url)
    ArticlePage.objects.filter(pk=article.pk).update(title="改过")
    with commit():
        change()

    assert "改过" in see(article.url)


MAKERS = {
    "federation": lambda: make_tree().village,
    "tag": lambda: Tag.objects.create(name="反家暴"),
    "picture": lambda: get_image_model().objects.create(title="图", file=get_test_image_file()),
    "document": lambda: get_document_model().objects.create(
        title="申请书", file=ContentFile(b"form", name="form.txt")
    ),
}


@pytest.fixture(params=MAKERS)
def shown(request, db, settings, tmp_path):
    """Something that pages show and that is not published with them."""
    settings.MEDIA_ROOT = tmp_path
    return MAKERS[request.param]()


@pytest.mark.parametrize("change", ["save", "delete"])
def test_change_of_what_pages_show_is_seen_at_once(article, commit, shown, change):
    see(article.url)
    ArticlePage.objects.filter(pk=article.pk).update(title="改过")
    with commit():
        getattr(shown, change)()

    assert "改过" in see(article.url)


def test_upload_changes_nothing_for_visitors(article, commit, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    see(article.url)
    ArticlePage.objects.filter(pk=article.pk).update(title="改过")
    with commit():
        MAKERS["picture"]()

    assert "改过" not in see(article.url)


def test_draft_changes_nothing_for_visitors(article, commit):
    see(article.url)
    ArticlePage.objects.filter(pk=article.pk).update(title="改过")
    with commit():
        article.save_revision()

    assert "改过" not in see(article.url)


def test_reviews_that_make_up_for_a_correction_are_seen_at_once(home, tree, article, commit):
    """They publish nothing, but the foot has names now."""
    others = make_reviewers(home, tree.province)
    corrector = make_editor(home, tree.province, StaffRoleType.REVIEWER)
    article.title = "改好"
    article.save_revision(user=corrector)
    publish_correction(
        page_id=article.pk,
        by=corrector,
        reason="错字",
        seen=text_of(Page.objects.get(pk=article.pk)),
        now=timezone.now(),
    )
    before = see(article.url)
    with commit():
        pass_reviews(Page.objects.get(pk=article.pk).specific, others)

    assert ("赵终审" in before, "赵终审" in see(article.url)) == (False, True)
