"""Who may open a file of the library: whoever may open a page that shows it.

Wagtail's index of references knows what every page names, in its fields and in its blocks.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, ReferenceIndex
from wagtail.query import PageQuerySet

from cms.access import visible_to


def pages_showing(thing: Model) -> PageQuerySet:
    """Pages that name it in what is live, or in a draft that never was."""
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(thing),
        to_object_id=str(thing.pk),
    )
    # As text there, as a number here: joined in the database they would not match.
    ids = {int(pk) for pk in references.values_list("object_id", flat=True)}
    return Page.objects.filter(pk__in=ids)


def is_open_to(member, thing: Model) -> bool:
    """`member` may be anonymous."""
    return visible_to(member, pages_showing(thing)).exists()
