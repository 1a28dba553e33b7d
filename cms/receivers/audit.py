"""Publishing and taking down stand in the audit trail, whoever or whatever did it."""

from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from members.domain.audit import record
from members.models import Action
from members.origin import current_origin


def on_published(instance, revision, **_kwargs) -> None:
    detail = {"revision": revision.pk} if revision else {}
    by = current_origin().member
    record(action=Action.PUBLISHED, by=by, subject=Page(pk=instance.pk), detail=detail)


def on_unpublished(instance, **_kwargs) -> None:
    record(action=Action.UNPUBLISHED, by=current_origin().member, subject=Page(pk=instance.pk))


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="audit_published")
    page_unpublished.connect(on_unpublished, dispatch_uid="audit_unpublished")
