"""Forms of the library's files: what stands in a reviewed page is not exchanged behind it."""

from django.db import transaction
from django.utils import timezone
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.domain.reviews.errors import ReviewRefused
from cms.domain.reviews.library import check_exchange, record_exchange


class ReviewedFileMixin:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = kwargs.get("user")
        self.was_there = self.instance.pk is not None

    def clean(self):
        cleaned = super().clean()
        if self.was_there and self.changed_data:
            try:
                check_exchange(self.instance, by=self.user, changed=self.changed_data)
            except ReviewRefused as refused:
                self.add_error(self.changed_data[0], str(refused))
        return cleaned

    def save(self, commit=True):
        with transaction.atomic():
            saved = super().save(commit)
            if self.was_there:
                record_exchange(saved, by=self.user, changed=self.changed_data, now=timezone.now())
        return saved


class ImageForm(ReviewedFileMixin, BaseImageForm):
    pass


class DocumentForm(ReviewedFileMixin, BaseDocumentForm):
    pass
