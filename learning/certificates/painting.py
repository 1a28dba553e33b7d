"""Painters: a page becomes a PDF, or a picture to share."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image, ImageDraw, ImageFont

from learning.certificates.fonts import FAMILY
from learning.certificates.shapes import Box, Code, Frame, Page, Picture, Polygon, Shape, Text

POINT = 25.4 / 72
PICTURE_WIDTH = 1080


def paint_pdf(pages: list[Page], font: bytes, *, title: str, author: str, made_at: str) -> bytes:
    """One PDF; the same pages give the same bytes."""
    pdf = FPDF(unit="mm")
    pdf.set_auto_page_break(False)
    pdf.set_title(title)
    pdf.set_author(author)
    pdf.set_lang("zh-CN")
    pdf.set_creator("执委学堂")
    pdf.set_creation_date(datetime.fromisoformat(made_at))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "font.ttf"
        path.write_bytes(font)
        pdf.add_font(FAMILY, fname=path)
        # Nothing of it changes: to unpack every glyph and measure it anew takes half of the time.
        pdf.fonts[FAMILY.lower()].ttfont.recalcBBoxes = False
        for page in pages:
            pdf.add_page(format=(page.width, page.height))
            pdf.set_font(FAMILY)
            for shape in page.shapes:
                _put(pdf, shape)
        return bytes(pdf.output())


def _put(pdf: FPDF, shape: Shape) -> None:
    match shape:
        case Box():
            pdf.set_fill_color(shape.fill)
            pdf.rect(shape.x, shape.y, shape.width, shape.height, style="F")
        case Frame():
            pdf.set_draw_color(shape.stroke)
            pdf.set_line_width(shape.thickness)
            pdf.rect(shape.x, shape.y, shape.width, shape.height)
        case Polygon():
            pdf.set_fill_color(shape.fill)
            pdf.polygon(shape.points, style="F")
        case Picture():
            pdf.image(BytesIO(shape.data), shape.x, shape.y, shape.width, shape.height)
        case Code():
            pdf.set_fill_color("#1d1116")
            step = shape.size / len(shape.rows)
            for row, start, count in shape.runs():
                # A hair higher than a row: no light lines between rows.
                x, y = shape.x + start * step, shape.y + row * step
                pdf.rect(x, y, count * step, step + 0.01, style="F")
        case Text():
            _write(pdf, shape)


def _write(pdf: FPDF, shape: Text) -> None:
    pdf.set_font_size(shape.size / POINT)
    pdf.set_text_color(shape.fill)
    pdf.set_char_spacing(shape.spacing * shape.size / POINT)
    width = pdf.get_string_width(shape.text) - shape.spacing * shape.size
    left = shape.x - {"left": 0, "center": width / 2, "right": width}[shape.align]
    if shape.boldness:
        # The mode would stay for what comes after it.
        with pdf.local_context(text_mode=TextMode.FILL_STROKE):
            pdf.set_draw_color(shape.fill)
            pdf.set_line_width(shape.boldness * shape.size)
            pdf.text(left, shape.y, shape.text)
    else:
        pdf.text(left, shape.y, shape.text)
    pdf.set_char_spacing(0)


def paint_picture(page: Page, font: bytes) -> bytes:
    """A PNG of 1080 pixels' width with few colours; a JPEG where there is a photograph in it."""
    scale = PICTURE_WIDTH / page.width
    canvas = Image.new("RGB", (PICTURE_WIDTH, round(page.height * scale)), "#ffffff")
    draw = ImageDraw.Draw(canvas)
    for shape in page.shapes:
        _draw(canvas, draw, shape, scale, font)
    file = BytesIO()
    if any(isinstance(shape, Picture) for shape in page.shapes):
        canvas.save(file, "JPEG", quality=78, optimize=True)
    else:
        canvas.quantize(48).save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw(canvas, draw, shape: Shape, scale: float, font: bytes) -> None:
    match shape:
        case Box():
            draw.rectangle(_corners(shape, scale), fill=shape.fill)
        case Frame():
            thickness = max(1, round(shape.thickness * scale))
            draw.rectangle(_corners(shape, scale), outline=shape.stroke, width=thickness)
        case Polygon():
            _draw_smooth(canvas, shape, scale)
        case Picture():
            with Image.open(BytesIO(shape.data)) as image:
                size = round(shape.width * scale), round(shape.height * scale)
                scaled = image.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
            canvas.paste(scaled, (round(shape.x * scale), round(shape.y * scale)), scaled)
        case Code():
            _draw_code(draw, shape, scale)
        case Text():
            _draw_text(draw, shape, scale, font)


def _corners(shape: Box | Frame, scale: float) -> tuple[int, int, int, int]:
    left, top = round(shape.x * scale), round(shape.y * scale)
    right = max(left, round((shape.x + shape.width) * scale) - 1)
    bottom = max(top, round((shape.y + shape.height) * scale) - 1)
    return left, top, right, bottom


def _draw_code(draw, shape: Code, scale: float) -> None:
    """Every square as many whole pixels as fit: phones read it off a screen."""
    step = max(1, int(shape.size * scale / len(shape.rows)))
    rest = (shape.size * scale - step * len(shape.rows)) / 2
    left, top = round(shape.x * scale + rest), round(shape.y * scale + rest)
    for row, start, count in shape.runs():
        x, y = left + start * step, top + row * step
        draw.rectangle((x, y, x + count * step - 1, y + step - 1), fill="#1d1116")


def _draw_smooth(canvas, shape: Polygon, scale: float) -> None:
    """Pillow's polygons have steps: four times as large, and made smaller again."""
    points = [(x * scale * 4, y * scale * 4) for x, y in shape.points]
    left, top = (int(min(point[axis] for point in points) // 4) - 1 for axis in (0, 1))
    right, bottom = (int(max(point[axis] for point in points) // 4) + 2 for axis in (0, 1))
    mask = Image.new("L", ((right - left) * 4, (bottom - top) * 4), 0)
    moved = [(x - left * 4, y - top * 4) for x, y in points]
    ImageDraw.Draw(mask).polygon(moved, fill=255)
    mask = mask.resize((right - left, bottom - top), Image.Resampling.BOX)
    canvas.paste(shape.fill, (left, top), mask)


def _draw_text(draw, shape: Text, scale: float, font: bytes) -> None:
    size = shape.size * scale
    face = ImageFont.truetype(BytesIO(font), size, layout_engine=ImageFont.Layout.BASIC)
    gap = shape.spacing * size
    width = sum(face.getlength(each) + gap for each in shape.text) - gap
    x = shape.x * scale - {"left": 0, "center": width / 2, "right": width}[shape.align]
    stroke = shape.boldness * size / 2
    for each in shape.text:
        draw.text((x, shape.y * scale), each, shape.fill, face, "ls", stroke_width=stroke)
        x += face.getlength(each) + gap
