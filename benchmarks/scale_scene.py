"""What the benchmarks find in a database that seed_scale has filled. Django is set up before."""

import time
from datetime import date

from django.db import connection
from django.utils import timezone
from seeding import sign_in

from federations.models import Federation, Level, StaffRole, StaffRoleType
from learning.domain.standings import fold_standings, rebuild_standings
from learning.models import Plan, PlanKind, StaleStanding
from members.models import Member

TABLES = (
    "learning_progress",
    "learning_scorestep",
    "learning_ledgerentry",
    "learning_standing",
    "learning_planrosterentry",
    "federations_appointment",
    "members_member",
)
STAFF_PHONE = "16999999999"
MARKS = """
INSERT INTO learning_stalestanding (plan_id, federation_id)
SELECT %s, federation_id FROM federations_appointment a, generate_series(1, 10)
WHERE a.is_counted AND a.federation_id IN
      (SELECT id FROM federations_federation WHERE path BETWEEN %s AND %s)
ORDER BY a.member_id * 7919 %% 1000003 LIMIT %s
"""


class Scene:
    """The province's plan without a cut-off, and federations of each level with people."""

    def __init__(self):
        self.plan = Plan.objects.get(is_default=True)
        self.plan_id, self.top_id = self.plan.pk, self.plan.federation_id

    def federations(self, level: int) -> list[int]:
        """Up to 200 ids from all over the tree."""
        places = Federation.objects.filter(
            level=level, standings__plan=self.plan, standings__subtree_due__gt=0
        )
        ids = list(places.order_by("path").values_list("pk", flat=True))
        return ids[:: max(1, len(ids) // 200)][:200]

    def member_session(self) -> str:
        """Somebody in the middle of a village's team, who finds her own row on every board."""
        villages = self.federations(Level.VILLAGE)
        team = Member.objects.filter(appointments__federation=villages[len(villages) // 2])
        return sign_in([team.first()])[0]

    def staff_session(self) -> str:
        staff, _is_new = Member.objects.get_or_create(
            phone=STAFF_PHONE, defaults={"name": "基准", "password": "!", "is_staff": True}
        )
        StaffRole.objects.get_or_create(
            member=staff,
            federation_id=self.top_id,
            role=StaffRoleType.VIEWER,
            defaults={"starts_on": date(2024, 1, 1)},
        )
        return sign_in([staff])[0]

    def storage(self) -> dict:
        """Bytes with indexes: of each table, and by member or by cell of a plan."""
        with connection.cursor() as cursor:
            facts = {}
            for table in TABLES:
                cursor.execute(
                    f"SELECT COUNT(*), pg_table_size('{table}'), pg_indexes_size('{table}')"  # noqa: S608 our own names
                    f" FROM {table}"
                )
                rows, heap, indexes = cursor.fetchone()
                facts[table] = {
                    "rows": rows,
                    "mb": round((heap + indexes) / 1e6),
                    "indexes_mb": round(indexes / 1e6),
                    "bytes_per_row": round((heap + indexes) / rows) if rows else None,
                }
            cursor.execute("SELECT pg_database_size(current_database())")
            facts["database_mb"] = round(cursor.fetchone()[0] / 1e6)
        members = facts["members_member"]["rows"]
        records = sum(facts[table]["mb"] for table in TABLES[:3])
        return facts | {"record_bytes_per_member": round(records * 1e6 / members)}

    def rebuild(self):
        """The plan of the province, one with a cut-off, a quiz and the longest period."""
        now = timezone.now()
        chosen = [
            self.plan,
            Plan.objects.filter(federation=self.top_id, frozen_at=None, cutoff_at__gt=now)
            .filter(levels="", positions="", reach="subtree")
            .first(),
            Plan.boards.filter(kind=PlanKind.QUIZ, frozen_at=None).first(),
            Plan.boards.filter(kind=PlanKind.PERIOD, frozen_at=None, span="month").first(),
            Plan.boards.filter(kind=PlanKind.PERIOD, frozen_at=None, span="year").first(),
        ]
        for plan in filter(None, chosen):
            facts = {"plan": plan.title, "kind": plan.kind}
            for name, check in (("s", False), ("check_s", True)):
                begun = time.perf_counter()
                result = rebuild_standings(plan_id=plan.pk, now=timezone.now(), check=check)
                facts[name] = round(time.perf_counter() - begun, 1)
                facts |= {"cells": result.cells, "differences": len(result.differences)}
            yield facts

    def fold(self, marks: int) -> dict:
        """So many marks of one plan, all over the tree."""
        lowest, highest = self.plan.federation.path, self.plan.federation.path + "Z" * 27
        with connection.cursor() as cursor:
            cursor.execute(MARKS, [self.plan_id, lowest, highest, marks])
        waiting, begun = StaleStanding.objects.count(), time.perf_counter()
        folded = fold_standings(now=timezone.now())
        seconds = time.perf_counter() - begun
        check = rebuild_standings(plan_id=self.plan_id, now=timezone.now(), check=True)
        return {
            "marks": waiting,
            "folded": folded,
            "s": round(seconds, 1),
            "differences": len(check.differences),
        }
