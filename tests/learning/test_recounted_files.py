"""One recount, three places: every figure on the screen, in the workbook and on paper.

Random trees; members who learn, are moved and leave; a task that runs, and one that was frozen at
its cut-off before some of that. The expected figures come of the raw rows by plain Python.
"""

import re
from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from math import floor
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from federations.domain.appointments import remove_appointment, save_appointment
from federations.domain.tree import add_federation
from federations.models import Appointment, Federation
from learning.boards import SORTS
from learning.bulletins.asking import BoardChoice
from learning.bulletins.of_board import bulletin_of
from learning.bulletins.workbook import write_workbook
from learning.certificates.printing import Printer
from learning.domain.ledger import award_points
from learning.domain.outcomes import fold_outcomes
from learning.domain.progress import complete_page, record_score
from learning.domain.standings import fold_standings, freeze_due_plans, rebuild_standings
from learning.models import Plan, PlanItem
from tests.factories import make_committee_member, make_staff
from tests.learning.ledgers import make_rule
from tests.learning.recount import judge_everybody
from tests.pages import make_lesson, make_quiz_page
from tests.pdf_text import read_lines

DAY = timedelta(days=1)
MEMBERS, STEPS = 60, 70


@pytest.fixture(scope="module")
def printer():
    return Printer()


class World:
    """Everything lies in the past few days, so that no clock stands in the way."""

    def __init__(self, seed: int, academy):
        self.random, self.start = Random(seed), timezone.now() - 4 * DAY
        self.lesson, self.quiz = make_lesson(academy), make_quiz_page(academy)
        self.places = self.grow()
        self.members = [
            make_committee_member(self.random.choice(self.places), f"执委{number}")
            for number in range(MEMBERS)
        ]
        self.running, self.closing = self.plan("一直开着", None), self.plan("截止了", DAY)

    def grow(self) -> list[Federation]:
        places = [add_federation(parent=None, name="广东省", level=1, code="44")]
        for number in range(8):
            parent = self.random.choice([each for each in places if each.level < 5])
            level = self.random.randint(parent.level + 1, min(5, parent.level + 2))
            places.append(add_federation(parent=parent, name=f"单位{number}", level=level))
        return places

    def plan(self, title, length) -> Plan:
        plan = Plan.objects.create(
            title=title,
            federation=self.places[0],
            opens_at=self.start - DAY,
            cutoff_at=self.start + length if length else None,
        )
        for number, page in enumerate((self.lesson, self.quiz)):
            PlanItem.objects.create(plan=plan, page=page, sort_order=number)
        return plan

    def live(self, begin) -> None:
        acts = [self.learn, self.learn, self.sit, self.sit, self.move, self.leave]
        for step in range(STEPS):
            member = self.random.choice(self.members)
            self.random.choice(acts)(member, begin + timedelta(minutes=step))

    def learn(self, member, now) -> None:
        complete_page(member=member, page_id=self.lesson.pk, now=now)

    def sit(self, member, now) -> None:
        score = self.random.choice([3000, 6000, 8650, 9000, 9995, 10_000])
        record_score(
            member=member,
            page_id=self.quiz.pk,
            score_bp=score,
            has_passed=score >= 6000,
            now=now,
        )

    def move(self, member, _now) -> None:
        held = Appointment.objects.filter(member=member).first()
        if held:
            held.federation = self.random.choice(self.places)
            save_appointment(appointment=held)

    def leave(self, member, _now) -> None:
        held = Appointment.objects.filter(member=member).first()
        if held and self.random.random() < 0.2:
            remove_appointment(appointment=held)

    def count(self, now) -> None:
        fold_outcomes(followers=[award_points], now=now)
        fold_standings(now=now)
        # Who never did anything left no mark.
        for plan in Plan.objects.filter(frozen_at=None):
            rebuild_standings(plan_id=plan.pk, now=now)


def recount(plan, now) -> dict[tuple[str, str], tuple[int, ...]]:
    """{(view, path): (due, joined, completed, scored, score, passed, excellent, credit)}"""
    counts = defaultdict(lambda: (0,) * 8)
    for held, result in judge_everybody(plan, now).values():
        numbers = (
            1,
            int(result.has_joined),
            int(result.has_completed),
            int(result.score_bp is not None),
            result.score_bp or 0,
            int(result.has_passed),
            int(result.is_excellent),
            result.credit,
        )
        cells = [("subtree", path) for path in held.federation.paths_down_to_here]
        for cell in [*cells, ("own", held.federation.path)]:
            counts[cell] = tuple(a + b for a, b in zip(counts[cell], numbers, strict=True))
    return dict(counts)


def rounded(part: int, whole: int, parts: int) -> Fraction | None:
    """part ÷ whole to 1/parts, half up."""
    return Fraction(floor(Fraction(part * parts, whole) + Fraction(1, 2)), parts) if whole else None


def figures_of(counts) -> dict[str, Fraction | None]:
    """Rates as shares of one; the average of a hundred; hours for each."""
    due, joined, completed, scored, score, passed, excellent, credit = counts
    return {
        "completed": rounded(completed, due, 1000),
        "joined": rounded(joined, due, 1000),
        "passed": rounded(passed, joined, 1000),
        "excellent": rounded(excellent, joined, 1000),
        "score": rounded(score, scored * 100, 10) if scored >= 3 else None,
        "credit": rounded(credit, due * 100, 100),
    }


def told(sort: str, figure: Fraction | None) -> str:
    if figure is None:
        return "—"
    is_rate = sort not in ("score", "credit")
    number = float(figure * 100 if is_rate else figure)
    return f"{number:.2f}".rstrip("0").rstrip(".") + ("%" if is_rate else "")


def expected_units(units, counts, view, sort) -> dict[str, tuple]:
    """{name: (rank, counts, figures)} of the units that have anybody."""
    found = {
        unit.name: (counts[view, unit.path], figures_of(counts[view, unit.path]))
        for unit in units
        if (view, unit.path) in counts
    }
    ranked = [f[sort] for c, f in found.values() if c[0] >= 10 and f[sort] is not None]
    return {
        name: (
            1 + sum(other > f[sort] for other in ranked)
            if c[0] >= 10 and f[sort] is not None
            else None,
            c,
            f,
        )
        for name, (c, f) in found.items()
    }


ROW = re.compile(r"<tr.*?</tr>", re.DOTALL)
PLACE = re.compile(r'class="place[^"]*">(\d+)<')
NAME = re.compile(r'class="who-name"[^>]*>([^<]+)<')
NUMBER = re.compile(r'<td class="pc">(\d+)</td>')
FIGURE = re.compile(r'<td class="v"><a[^>]*>([^<]+)</a>')


def on_screen(client, choice) -> dict[str, tuple]:
    asked = {"plan": choice.plan, "federation": choice.federation, "view": choice.view}
    asked |= {"sort": choice.sort} | ({"level": choice.level} if choice.level else {})
    text = client.get(reverse("learning:board"), asked).content.decode()
    rows = [row for row in ROW.findall(text) if FIGURE.search(row)]
    return {
        NAME.search(row)[1]: (
            int(PLACE.search(row)[1]) if PLACE.search(row) else None,
            tuple(int(number) for number in NUMBER.findall(row)),
            FIGURE.search(row)[1],
        )
        for row in rows
    }


def in_workbook(bulletin, path, names) -> dict[str, list]:
    write_workbook(bulletin, path)
    rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return {row[1]: [row[0], *row[-12:]] for row in rows if row[1] in names}


def on_paper(bulletin, printer, names) -> dict[str, list[str]]:
    lines = read_lines(printer.print_bulletin(bulletin))
    # A bar has a name and a figure too, but less of them.
    return {line[1]: [line[0], *line[-9:]] for line in lines if len(line) > 9 and line[1] in names}


def workbook_row(rank, counts, figures) -> list:
    _due, joined, completed, scored, _score, passed, excellent, credit = counts
    parts = [
        (completed, "completed"),
        (joined, "joined"),
        (passed, "passed"),
        (excellent, "excellent"),
        (scored, "score"),
        (credit / 100, "credit"),
    ]
    cells = [rank]
    for number, name in parts:
        cells += [number, figures[name] if figures[name] is None else float(figures[name])]
    return ["—" if cell is None else cell for cell in cells]


def paper_row(rank, counts, figures) -> list[str]:
    due, joined, completed = counts[:3]
    cells = [due, completed, told("completed", figures["completed"])]
    cells += [joined, told("joined", figures["joined"])]
    cells += [told(name, figures[name]) for name in ("passed", "excellent", "score", "credit")]
    return ["—" if rank is None else str(rank), *map(str, cells)]


@pytest.mark.parametrize("seed", [1, 2])
def test_screen_workbook_and_paper_equal_a_recount(client, academy, printer, tmp_path, seed):
    make_rule("lesson_micro", credit=25, starts_on=timezone.localdate() - 30 * DAY)
    make_rule("quiz_passed", credit=50, starts_on=timezone.localdate() - 30 * DAY)
    world = World(seed, academy)
    world.live(world.start)
    world.count(world.start + DAY / 2)
    freeze_due_plans(now=world.start + DAY + timedelta(hours=1))
    frozen = recount(world.closing, world.start + DAY)
    world.live(world.start + 2 * DAY)
    now = world.start + 3 * DAY
    world.count(now)
    running = recount(world.running, now)
    assert running != frozen
    client.force_login(make_staff(world.places[0]))
    inner = Federation.objects.filter(depth=2, numchild__gt=0).order_by("-numchild").first()
    for plan, counts in ((world.running, running), (world.closing, frozen)):
        for place, view, level in (
            (world.places[0], "subtree", None),
            (world.places[0], "own", 5),
            (inner, "subtree", None),
        ):
            below = Federation.objects.below(place)
            units = list(below.filter(level=level) if level else below.filter(parent=place))
            for sort in SORTS:
                choice = BoardChoice(plan.pk, place.pk, view, sort, level)
                expected = expected_units(units, counts, view, sort)
                assert on_screen(client, choice) == {
                    name: (rank, (c[0], c[1], c[2]), told(sort, f[sort]))
                    for name, (rank, c, f) in expected.items()
                }
            assert expected
            bulletin = bulletin_of(choice.open_for(make_staff(world.places[0])), now=now)
            assert in_workbook(bulletin, tmp_path / "board.xlsx", expected) == {
                name: workbook_row(*each) for name, each in expected.items()
            }
            assert on_paper(bulletin, printer, expected) == {
                name: paper_row(*each) for name, each in expected.items()
            }
