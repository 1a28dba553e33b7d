"""Random trees, people, pages, tasks and boards: what is stored is what a recount gives."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from federations.domain.tree import add_federation
from federations.models import Federation, Position
from learning.assessment import domain
from learning.assessment.measures import all_measures
from learning.models import AssessmentPeriod, LedgerEntry, Plan, Standing
from learning.rules.assessment import Indicator
from members.models import Member
from tests.columns import make_article, make_column
from tests.factories import make_appointment, make_staff, phones
from tests.learning.assessment.boards import make_board
from tests.learning.assessment.recount import Recount
from tests.learning.ledgers import make_rule
from tests.pages import make_lesson

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
AFTER = datetime(2027, 1, 3, 4, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KEYS = {"month": "month-2026-11", "quarter": "quarter-2026-Q4", "year": "year-2026"}


class World:
    def __init__(self, seed: int, academy, home):
        self.random, self.academy = Random(seed), academy
        self.places = self.grow()
        self.people()
        self.pages(make_column(home))

    def grow(self) -> list[Federation]:
        root = add_federation(parent=None, name="广东省", level=1, code="44")
        places, parents = [root], [root]
        for number in range(14):
            parent = self.random.choice([each for each in parents if each.level < 5])
            level = self.random.randint(parent.level + 1, min(5, parent.level + 2))
            place = add_federation(parent=parent, name=f"单位{number}", level=level)
            places.append(place)
            parents.append(place)
        return places

    def people(self) -> None:
        rule, draw = make_rule(), self.random
        for _number in range(40):
            member = Member.objects.create(phone=str(next(phones)), name="执委")
            start = datetime(2024, 1, 1).date() + timedelta(days=draw.randint(0, 1100))
            end = draw.choice([None, None, start + timedelta(days=draw.randint(0, 900))])
            position = draw.choice([Position.CHAIR, Position.MEMBER, Position.MEMBER])
            where = draw.choice(self.places)
            make_appointment(member, where, position=position, starts_on=start, ends_on=end)
            for entry in range(draw.randint(0, 14)):
                self.earn(member, rule, entry)

    def earn(self, member, rule, number: int) -> None:
        moment = NOW + timedelta(days=self.random.randint(-70, 40))
        LedgerEntry.objects.create(
            member=member,
            rule=rule,
            key=f"lesson:{number}",
            kind="earned",
            points=5,
            credit=25,
            occurred_at=moment,
            day=moment.date(),
            written_at=moment,
        )

    def pages(self, column) -> None:
        for _number in range(12):
            make = self.random.choice([lambda: make_article(column), self.lesson])
            page = make()
            page.federation = self.random.choice([*self.places, None])
            days, hours = self.random.randint(-60, 30), self.random.randint(0, 23)
            page.first_published_at = NOW + timedelta(days=days, hours=hours)
            page.live = self.random.random() < 0.8
            page.save()

    def lesson(self):
        return make_lesson(self.academy)

    def boards(self) -> None:
        for key in KEYS.values():
            self.figures(make_board(self.places[0], key))
        for number in range(4):
            place = self.random.choice(self.places)
            opens = NOW - timedelta(days=90)
            cutoff = self.random.choice([None, NOW + timedelta(days=self.random.randint(-60, 20))])
            plan = Plan.objects.create(
                title=f"任务{number}", federation=place, opens_at=opens, cutoff_at=cutoff
            )
            self.figures(plan)

    def figures(self, plan: Plan) -> None:
        draw = self.random
        for place in Federation.objects.below(plan.federation):
            due = draw.choice([0, 4, 9, 10, 11, 17, 40])
            joined, completed = draw.randint(0, due), draw.randint(0, due)
            passed, scored = draw.randint(0, joined), draw.randint(0, joined)
            if draw.random() < 0.9:
                Standing.objects.create(
                    plan=plan,
                    federation=place,
                    updated_at=NOW,
                    subtree_due=due,
                    subtree_joined=joined,
                    subtree_completed=completed,
                    subtree_scored=scored,
                    subtree_score_bp=sum(draw.randint(0, 10_000) for _each in range(scored)),
                    subtree_passed=passed,
                    subtree_excellent=draw.randint(0, passed),
                    subtree_credit=draw.randint(-100, 900 * due),
                )

    def indicators(self) -> tuple[Indicator, ...]:
        draw = self.random
        chosen = draw.sample(list(all_measures()), draw.randint(1, 6))
        cuts = sorted(draw.sample(range(1, 100), len(chosen) - 1))
        weights = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
        return tuple(
            Indicator(key, weight, draw.choice([3, 7, 400, 900, 1000]))
            for key, weight in zip(chosen, weights, strict=True)
        )


def stored(period) -> dict:
    return {
        row.federation_id: (row.due, row.values, row.points, row.total, row.rank)
        for row in period.results.all()
    }


@pytest.mark.parametrize("seed", range(6))
def test_results_equal_a_recount_of_the_raw_rows(academy, home, seed):
    world = World(seed, academy, home)
    world.boards()
    manager = make_staff(world.places[0])
    periods = []
    for span in KEYS:
        root = world.random.choice([world.places[0], world.places[0], world.places[1]])
        level = world.random.randint(min(root.level + 1, 5), 5)
        if level <= root.level:
            continue
        settings = domain.Settings("考核", world.indicators())
        periods.append(
            domain.create_scheme(
                federation=root, span=span, level=level, settings=settings, by=manager, now=NOW
            )
        )

    assert domain.compute_open_periods(now=NOW) == len(periods)
    for period in periods:
        assert stored(period) == Recount(period, NOW).results

    for period in periods:
        settings = domain.Settings("考核", world.indicators())
        scheme = period.scheme
        domain.edit_scheme(
            scheme_id=scheme.pk, version=scheme.version, settings=settings, by=manager, now=NOW
        )
        changed = AssessmentPeriod.objects.get(pk=period.pk)
        assert stored(changed) == Recount(changed, NOW).results
        domain.compute_period(period_id=period.pk, now=NOW)
        assert stored(changed) == Recount(changed, NOW).results


@pytest.mark.parametrize("seed", [21, 22])
def test_frozen_results_stay_whatever_happens(academy, home, seed):
    world = World(seed, academy, home)
    world.boards()
    manager = make_staff(world.places[0])
    settings = domain.Settings("考核", world.indicators())
    period = domain.create_scheme(
        federation=world.places[0], span="year", level=4, settings=settings, by=manager, now=NOW
    )
    Plan.boards.filter(cutoff_at__lt=AFTER).update(frozen_at=AFTER)
    domain.compute_open_periods(now=AFTER)
    period.refresh_from_db()
    recounted = Recount(period, AFTER).results
    assert (period.is_frozen, stored(period)) == (True, recounted)

    Standing.objects.update(subtree_joined=0, subtree_completed=0)
    settings = domain.Settings("考核", (Indicator("chairs", 100, 500),))
    domain.edit_scheme(
        scheme_id=period.scheme_id, version=1, settings=settings, by=manager, now=AFTER
    )
    domain.compute_open_periods(now=AFTER + timedelta(days=1))

    assert stored(period) == recounted
