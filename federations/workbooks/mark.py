"""Who took a workbook away, and when: written into every sheet of it, and behind its cells."""

from functools import lru_cache
from io import BytesIO

import pylopdf_fonts_zh_cn
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont
from xlsxwriter.worksheet import Worksheet

from members.origin import current_origin

TILE = (720, 260)
PALE = (225, 225, 225)


def mark_sheet(sheet: Worksheet) -> None:
    """Nothing for what nobody in particular asked for, e.g. a template."""
    if text := mark_text():
        # In a footer an ampersand begins a command.
        sheet.set_footer(f"&C{text.replace('&', '&&')}")
        sheet.set_background(BytesIO(_tile(text)))


def mark_text() -> str:
    """林主任（账号 12）2026-11-29 20:15 导出，仅供工作使用; empty when nobody is known."""
    member = current_origin().member
    if member is None:
        return ""
    return _("%(name)s（账号 %(id)s）%(at)s 导出，仅供工作使用") % {
        "name": member.name,
        "id": member.pk,
        "at": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
    }


@lru_cache(maxsize=8)
def _tile(text: str) -> bytes:
    """A picture that spreadsheet programs repeat behind the cells; a few kilobytes."""
    picture = Image.new("RGB", TILE, "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(pylopdf_fonts_zh_cn.serif_path()), 22)
    draw.text((20, 110), text, fill=PALE, font=font)
    file = BytesIO()
    picture.rotate(12, fillcolor="white").convert("P", palette=Image.Palette.ADAPTIVE).save(
        file, "PNG", optimize=True
    )
    return file.getvalue()
