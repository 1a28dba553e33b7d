"""A town's desk: one task, and a team with one person in each state."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from federations.models import StaffRoleType
from learning.domain.progress import complete_page, record_score, start_page
from learning.domain.standings import rebuild_standings
from learning.models import Plan
from tests.factories import Tree, make_committee_member, make_staff
from tests.learning.test_mine import make_plan
from tests.pages import make_lesson, make_quiz_page

NOW = timezone.now()


@dataclass
class Desks:
    tree: Tree
    plan: Plan
    lesson: object
    quiz: object

    def enter(self, client, place, role=StaffRoleType.MANAGER):
        """Sign in as staff of the place."""
        staff = make_staff(place, role)
        client.force_login(staff)
        return staff

    def add_team(self, place) -> None:
        _fresh, going, stuck, done = (
            make_committee_member(place, f"{name}{place.name}") for name in "未进卡完"
        )
        start_page(member=going, page_id=self.lesson.pk, now=NOW - timedelta(days=1))
        complete_page(member=stuck, page_id=self.lesson.pk, now=NOW - timedelta(days=9))
        complete_page(member=done, page_id=self.lesson.pk, now=NOW - timedelta(days=2))
        score = {"score_bp": 9500, "has_passed": True, "now": NOW - timedelta(days=2)}
        record_score(member=done, page_id=self.quiz.pk, **score)
        complete_page(member=done, page_id=self.quiz.pk, now=score["now"])

    def fold(self) -> None:
        """Teams are made here without notes of the roster: everything is counted anew."""
        for pk in Plan.boards.values_list("pk", flat=True):
            rebuild_standings(plan_id=pk, now=NOW)


@pytest.fixture
def desks(tree, academy) -> Desks:
    lesson, quiz = make_lesson(academy, title="第一课"), make_quiz_page(academy, title="小测")
    plan = make_plan(
        tree.province,
        [lesson, quiz],
        title="春季任务",
        cutoff_at=NOW + timedelta(days=10),
        target_rate=50,
    )
    desks = Desks(tree, plan, lesson, quiz)
    desks.add_team(tree.village)
    desks.fold()
    return desks
