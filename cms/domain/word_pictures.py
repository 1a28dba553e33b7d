"""Pictures of a Word document as images of the library."""

from dataclasses import dataclass, field
from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image as PillowImage
from PIL import UnidentifiedImageError
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.permissions import policy_registry

from members.models import Member

EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}
# BMP and TIFF, which browsers do not show, become PNG.
FORMATS = ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"]
EMF, WMF = b" EMF", (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00")


class NotTaken(Exception):
    """`kind` is one of cms.word.losses."""

    def __init__(self, kind: str):
        super().__init__(kind)
        self.kind = kind


@dataclass
class Shelf:
    """Where `user` may put pictures. `images` are those that were put there, in this order."""

    user: Member
    images: list = field(default_factory=list)

    def __post_init__(self):
        policy = policy_registry.get_by_type(get_image_model())
        allowed = policy.collections_user_has_permission_for(self.user, "add")
        self.collection = allowed.order_by("path").first()

    @property
    def name(self) -> str:
        """Wagtail calls the collection above all others Root; it has no name for editors."""
        return _("图片库") if self.collection.is_root() else self.collection.name

    def put(self, picture: bytes, *, title: str):
        """The new image. Raises NotTaken."""
        if self.collection is None:
            raise NotTaken("barred")
        extension, content = _readable(picture)
        file = SimpleUploadedFile(f"word.{extension}", content)
        image = get_image_model()(uploaded_by_user=self.user)
        asked = {"title": title[:255], "collection": self.collection.pk}
        form = get_image_form(type(image), fields=["title", "file"])(
            asked, {"file": file}, instance=image, user=self.user
        )
        # The form looks at size, pixels and whether the content is what it says.
        if not form.is_valid():
            raise NotTaken("broken")
        image = form.save()
        self.images.append(image)
        return image

    def clear(self) -> None:
        """Files know no transactions."""
        for image in self.images:
            image.file.storage.delete(image.file.name)


def _readable(picture: bytes) -> tuple[str, bytes]:
    if _is_drawing(picture):
        raise NotTaken("drawing")
    try:
        with PillowImage.open(BytesIO(picture), formats=FORMATS) as opened:
            if opened.format in EXTENSIONS:
                return EXTENSIONS[opened.format], picture
            if not _is_bearable(opened):
                raise NotTaken("broken")
            return "png", _as_png(opened)
    except (UnidentifiedImageError, PillowImage.DecompressionBombError, OSError, ValueError):
        raise NotTaken("broken") from None


def _is_drawing(picture: bytes) -> bool:
    """Metafiles by their signature; Pillow's reader of them is not for strangers' files."""
    head = picture[:44]
    return head.endswith(EMF) or head.startswith(WMF)


def _is_bearable(opened) -> bool:
    return opened.width * opened.height <= settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS


def _as_png(opened) -> bytes:
    target = BytesIO()
    opened.convert("RGBA" if "A" in opened.getbands() else "RGB").save(target, "PNG")
    return target.getvalue()
