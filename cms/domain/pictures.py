"""The sizes of a page's pictures, made when it is published."""

from wagtail.blocks import StreamValue
from wagtail.models import Page

from cms.blocks import BodyBlock
from cms.blocks.pictures import pictures_in
from cms.renditions import make_renditions


def prepare_pictures(*, page_id: int) -> None:
    """Before the first reader comes. A page that is gone, or has no body of blocks, needs none."""
    page = Page.objects.filter(pk=page_id).specific().first()
    body = getattr(page, "body", None)
    if isinstance(body, StreamValue) and isinstance(body.stream_block, BodyBlock):
        make_renditions(pictures_in(body))
