"""static/share.jpg, the picture of every shared page without one of its own: drawn anew."""

import math
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from PIL import Image, ImageDraw

SIDE, FINE = 500, 4
# Top left to bottom right, as the stylesheet's --sunset.
SUNSET = ((0xA5, 0x12, 0x4C), (0xC8, 0x49, 0x2F))
# Half a petal of the kapok in static/icons.svg: start and Bézier curves, the tip at y = -49.
PETAL = [
    (0, -3),
    ((-11, -8), (-21, -24), (-15, -38)),
    ((-12, -46), (-4, -49), (0, -49)),
    ((7, -49), (15, -44), (17, -36)),
    ((20, -23), (9, -8), (0, -3)),
]
STAMENS = 12


class Command(BaseCommand):
    help = "重画分享用的默认图片 static/share.jpg。"

    def handle(self, *args, **options):
        path = Path(settings.BASE_DIR) / "static" / "share.jpg"
        draw_picture().save(path, "JPEG", quality=72, optimize=True, progressive=True)
        self.stdout.write(f"{path.name}: {path.stat().st_size} 字节")


def draw_picture() -> Image.Image:
    """The kapok on the evening sky; a square, so that WeChat cuts nothing off."""
    large = draw_sky(SIDE * FINE)
    draw_kapok(large, centre=(0.5, 0.5), scale=0.0076, colour=(255, 246, 240))
    return large.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def draw_sky(side: int) -> Image.Image:
    slope = Image.linear_gradient("L").resize((side, side))
    slope = Image.blend(slope, slope.rotate(90), 0.35)
    return Image.composite(
        Image.new("RGB", (side, side), SUNSET[1]), Image.new("RGB", (side, side), SUNSET[0]), slope
    )


def draw_kapok(image: Image.Image, *, centre, scale: float, colour) -> None:
    """`scale` is the share of the picture's side that a unit of the icon takes."""
    side, draw = image.width, ImageDraw.Draw(image)

    def place(x: float, y: float, turn: float) -> tuple[float, float]:
        sine, cosine = math.sin(turn), math.cos(turn)
        turned = (x * cosine - y * sine, x * sine + y * cosine)
        return tuple(side * (c + scale * t) for c, t in zip(centre, turned, strict=True))

    for petal in range(5):
        turn = math.radians(72 * petal)
        draw.polygon([place(x, y, turn) for x, y in petal_outline()], fill=colour)
    for stamen in range(STAMENS):
        turn = math.radians(360 / STAMENS * stamen)
        ends = [place(0, -5, turn), place(0, -17, turn)]
        draw.line(ends, fill=SUNSET[0], width=round(side * scale * 1.6))
        x, y = place(0, -18.5, turn)
        dot = side * scale * 1.9
        draw.ellipse((x - dot, y - dot, x + dot, y + dot), fill=SUNSET[0])


def petal_outline() -> list[tuple[float, float]]:
    start, *curves = PETAL
    points = [start]
    for curve in curves:
        corners = [points[-1], *curve]
        points += [bezier(corners, step / 24) for step in range(1, 25)]
    return points


def bezier(corners, t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return tuple(
        sum(weight * corner[axis] for weight, corner in zip(weights, corners, strict=True))
        for axis in (0, 1)
    )
