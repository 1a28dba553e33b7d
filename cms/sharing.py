"""What a page says of itself where its address is shared: title, a sentence or two, a picture."""

from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.translation import gettext as _
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from cms.addresses import absolute
from cms.reading import opening, text_of

# WeChat asks for 300 × 300 at least and shows a square; it reads no WebP.
PICTURE = "fill-500x500|format-jpeg|jpegquality-75"
PICTURE_SIDE = 500
DESCRIPTION_LENGTH = 110


@dataclass(frozen=True)
class ShareCard:
    """`image` is a full address; `is_own` says whether the picture is the page's own."""

    title: str
    description: str
    image: str
    is_own: bool


def site_card() -> ShareCard:
    """For whatever must say nothing of itself."""
    return ShareCard(
        title=_("执委学堂"),
        description=_("全省妇联执委一起学的地方"),
        image=absolute(static("share.jpg")),
        is_own=False,
    )


def card_of(page: Page) -> ShareCard:
    own = picture_of(page)
    standard = site_card()
    return ShareCard(
        title=page.seo_title or page.title,
        description=description_of(page) or standard.description,
        image=absolute(own) if own else standard.image,
        is_own=bool(own),
    )


def description_of(page: Page) -> str:
    """What the editor wrote for it, or how the text begins."""
    written = page.search_description or page.summary
    return " ".join(written.split()) or opening(first_paragraph(page), DESCRIPTION_LENGTH)


def first_paragraph(page: Page) -> str:
    body = getattr(page, "body", "")
    if isinstance(body, str):
        return text_of(body)
    paragraphs = (each["value"] for each in body.raw_data if each["type"] == "paragraph")
    return next(filter(None, map(text_of, paragraphs)), "")


def picture_of(page: Page) -> str:
    """The address of the cover as a square; empty without one, or when its file is gone."""
    cover = getattr(page, "cover", None)
    if cover is None:
        return ""
    try:
        return cover.get_rendition(PICTURE).url
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return ""
