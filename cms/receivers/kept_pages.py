"""Changes after which kept pages are forgotten."""

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.domain.forgetting import forget_pages
from cms.models import AllowedDomain, LifeStage, LocalPick, PickKind
from federations.models import Federation


def forget(**_facts) -> None:
    forget_pages()


def forget_with(*models: type[Model]) -> None:
    """Pages show words of these rows: forget the pages when one is saved or deleted."""
    for model in models:
        post_save.connect(forget, sender=model)
        post_delete.connect(forget, sender=model)


def forget_when_changed(created=False, **_facts) -> None:
    """A new one is on no page yet; what is put on a page is published with it."""
    if not created:
        forget_pages()


def forget_with_changes(*models: type[Model]) -> None:
    """As `forget_with`, of rows that are added all day long."""
    for model in models:
        post_save.connect(forget_when_changed, sender=model)
        post_delete.connect(forget, sender=model)


def connect() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(forget)
    # Every kind of page is a row here too.
    post_delete.connect(forget, sender=Page)
    forget_with(AllowedDomain, LifeStage, LocalPick, PickKind, PageViewRestriction, Site)
    # A picture that is replaced leaves a file that is gone.
    forget_with_changes(get_image_model(), get_document_model(), Federation, Tag)
