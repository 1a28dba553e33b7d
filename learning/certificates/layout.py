"""Where everything stands on a certificate."""

import base64
from dataclasses import dataclass
from functools import cache

import segno

from learning.certificates.paper import CertificatePaper
from learning.certificates.shapes import (
    Box,
    Code,
    Frame,
    Page,
    Picture,
    Shape,
    Text,
    kapok,
    stamens,
)
from learning.certificates.wrapping import Measure, fit, fit_line

INK, SOFT, GROUND = "#2a1f24", "#665860", "#fffdf9"
SAMPLE = "#f6e9e4"


@dataclass(frozen=True)
class Theme:
    main: str
    line: str
    pale: str
    gold: str = "#f3cf8e"


THEMES = {
    "kapok": Theme(main="#a5124c", line="#c9995a", pale="#fbe9ee"),
    "leaf": Theme(main="#1f7250", line="#b99a55", pale="#e5f2ec"),
    "sky": Theme(main="#2b6391", line="#b99a55", pale="#e5eff7"),
}


@dataclass(frozen=True)
class Plan:
    """The places of one orientation, in millimetres."""

    width: float
    height: float
    flower: float
    heading: float
    name: float
    unit: float
    text_top: float
    text_bottom: float
    margin: float
    issuer: float
    foot_centre: float
    code: tuple[float, float]


LANDSCAPE = Plan(
    width=297,
    height=210,
    flower=29,
    heading=59,
    name=84,
    unit=97,
    text_top=104,
    text_bottom=149,
    margin=42,
    issuer=168,
    foot_centre=221,
    code=(28, 153),
)
PORTRAIT = Plan(
    width=210,
    height=297,
    flower=40,
    heading=78,
    name=112,
    unit=127,
    text_top=138,
    text_bottom=218,
    margin=30,
    issuer=245,
    foot_centre=146,
    code=(24, 224),
)
CODE_SIZE, SEAL_SIZE = 33, 40


def lay_out(paper: CertificatePaper, measure: Measure) -> Page:
    plan = PORTRAIT if paper.is_portrait else LANDSCAPE
    theme = THEMES.get(paper.theme, THEMES["kapok"])
    shapes: list[Shape] = [Box(0, 0, plan.width, plan.height, GROUND)]
    if paper.background:
        data = base64.b64decode(paper.background)
        shapes.append(Picture(0, 0, plan.width, plan.height, data))
    else:
        shapes += _ornament(plan, theme)
    if paper.is_sample:
        shapes.append(Text(plan.width / 2, plan.height * 0.72, 62, "样张", SAMPLE, spacing=0.4))
    shapes += _head(paper, plan, theme, measure)
    shapes += _body(paper, plan, measure)
    shapes += _foot(paper, plan, measure)
    shapes += _code(paper, plan)
    return Page(plan.width, plan.height, shapes)


@cache
def _ornament(plan: Plan, theme: Theme) -> tuple[Shape, ...]:
    """Two frames, a flower in each corner and one above the heading."""
    width, height = plan.width, plan.height
    shapes: list[Shape] = []
    for x, y, turn in ((0, 0, 171), (width, 0, 261), (0, height, 81), (width, height, 351)):
        shapes += kapok(x, y, 44, theme.pale, turn)
    # The flowers stay within the frame: paper around it is blank.
    edge = 7.0
    shapes += [
        Box(0, 0, width, edge, GROUND),
        Box(0, height - edge, width, edge, GROUND),
        Box(0, 0, edge, height, GROUND),
        Box(width - edge, 0, edge, height, GROUND),
        Frame(edge, edge, width - 2 * edge, height - 2 * edge, theme.main, 1.4),
        Frame(edge + 3, edge + 3, width - 2 * edge - 6, height - 2 * edge - 6, theme.line, 0.4),
    ]
    flower = width / 2, plan.flower, 10.5
    return (*shapes, *kapok(*flower, theme.main), *stamens(*flower, theme.gold))


def _head(paper: CertificatePaper, plan: Plan, theme: Theme, measure: Measure) -> list[Shape]:
    centre, width = plan.width / 2, plan.width - 2 * plan.margin
    spacing = 0.35 if len(paper.heading) <= 6 else 0.1
    spread = measure(paper.heading) + spacing * len(paper.heading)
    size = min(15, width / max(spread, 0.01))
    shapes: list[Shape] = [
        Text(centre, plan.heading, size, paper.heading, theme.main, spacing=spacing, boldness=0.035)
    ]
    name_size, lines = fit_line(paper.name, width=width, largest=12, smallest=6, measure=measure)
    for number, line in enumerate(lines, start=1):
        y = plan.name - (len(lines) - number) * name_size * 1.15
        shapes.append(Text(centre, y, name_size, line, INK, boldness=0.02))
    rule = min(width, max(70, measure(lines[-1]) * name_size + 24))
    shapes.append(Box(centre - rule / 2, plan.name + 4, rule, 0.35, theme.line))
    return shapes


def _body(paper: CertificatePaper, plan: Plan, measure: Measure) -> list[Shape]:
    width = plan.width - 2 * plan.margin
    shapes: list[Shape] = []
    if paper.unit:
        size, lines = fit_line(paper.unit, width=width, largest=5, smallest=3.6, measure=measure)
        for number, line in enumerate(lines):
            y = plan.unit + number * size * 1.3
            shapes.append(Text(plan.width / 2, y, size, line, SOFT))
    height = plan.text_bottom - plan.text_top
    size, lines = fit(
        paper.text,
        width=width,
        height=height,
        largest=6.4,
        smallest=4.2,
        leading=1.75,
        measure=measure,
        indent="\u3000\u3000",
    )
    # In the middle of its box: short texts would hang under the name.
    top = plan.text_top + (height - len(lines) * size * 1.75) / 2
    for number, line in enumerate(lines):
        y = top + (number + 0.5) * size * 1.75 + size * 0.36
        shapes.append(Text(plan.margin, y, size, line, INK, align="left"))
    return shapes


def _foot(paper: CertificatePaper, plan: Plan, measure: Measure) -> list[Shape]:
    centre = plan.foot_centre
    room = 2 * (plan.width - 20 - centre)
    size, lines = fit_line(paper.issuer, width=room, largest=6, smallest=4, measure=measure)
    shapes: list[Shape] = []
    for number, line in enumerate(lines, start=1):
        y = plan.issuer - (len(lines) - number) * size * 1.25
        shapes.append(Text(centre, y, size, line, INK))
    shapes.append(Text(centre, plan.issuer + 10, 5, paper.date_text, INK))
    if paper.seal:
        data = base64.b64decode(paper.seal)
        corner = centre - SEAL_SIZE / 2, plan.issuer - SEAL_SIZE / 2
        shapes.append(Picture(*corner, SEAL_SIZE, SEAL_SIZE, data))
    return shapes


def _code(paper: CertificatePaper, plan: Plan) -> list[Shape]:
    x, y = plan.code
    rows = [bytes(row) for row in segno.make(paper.verify_url, error="m", micro=False).matrix]
    beside = x + CODE_SIZE + 4
    return [
        Box(x, y, CODE_SIZE, CODE_SIZE, "#ffffff"),
        Code(x + 1, y + 1, CODE_SIZE - 2, rows),
        Text(beside, y + 18, 3.9, "扫码查验真伪", SOFT, align="left"),
        Text(beside, y + 25, 3.6, "证书编号", SOFT, align="left"),
        Text(beside, y + 31, 4.2, paper.number, INK, align="left"),
    ]
