"""The sizes in which pictures are shown, read for a whole page at once."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy

from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

# As the templates of the blocks ask for them.
WIDTHS, FORMATS = (480, 960), ("webp", "jpeg")
SPECS = [f"format-{kind}|width-{width}" for kind in FORMATS for width in WIDTHS]


def read_renditions(images: Iterable[AbstractImage]) -> None:
    """One query for all of them.

    Every image gets copies of its own: one that stands twice on a page may be described in two
    ways, and a rendition takes its words from its image.
    """
    images = list(images)
    if not images:
        return
    found = defaultdict(list)
    renditions = get_image_model().get_rendition_model().objects
    for rendition in renditions.filter(image__in=images, filter_spec__in=SPECS):
        found[rendition.image_id].append(rendition)
    for image in images:
        image.prefetched_renditions = [_of(image, each) for each in found[image.pk]]


def _of(image: AbstractImage, rendition):
    own = copy(rendition)
    own.image = image
    return own


def make_renditions(images: Iterable[AbstractImage]) -> None:
    """Before the first reader comes: a large photograph takes most of a second."""
    for image in images:
        image.get_renditions(*SPECS)
