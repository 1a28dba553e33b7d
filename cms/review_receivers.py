"""What follows when a page has gone live."""

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from cms.domain.reviews.publishing import settle_corrections


@receiver(page_published)
def settle(sender, instance, revision, **kwargs):
    settle_corrections(page_id=instance.pk, revision_id=revision.pk, now=timezone.now())
