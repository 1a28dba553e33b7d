"""提醒未完成的人: who has not completed a plan is told once, by her federation or by the clock."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from django.db import connection
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from federations.models import Federation
from learning.audience import limited_teams_sql, path_range
from learning.domain.plan_events import note_event
from learning.domain.standings.people import judged
from learning.models import Plan, PlanEventKind, ReminderSending
from members.domain.reminders import Reminded, remind
from members.models import Member

TEAMS_PER_BATCH = 500
UNFINISHED = "SELECT member_id FROM ({judged}) due WHERE NOT has_completed ORDER BY member_id"


class ReminderRefused(Exception):
    """Nobody is reminded now; the message says why, in Chinese."""


def remind_unfinished(
    *,
    plan: Plan,
    federations: list[Federation],
    run: str,
    by: Member | None,
    now: datetime,
    is_own_only: bool = False,
    words: str = "",
    report=lambda done, total: None,
) -> Reminded:
    """Remind those at or below `federations` who have not completed the plan.

    `is_own_only`: the federations' own teams alone; `words`: what the sender adds, at most 60
    characters. `run` names the sending; repeating it reaches nobody twice. Raises ReminderRefused.
    """
    check_asking(plan, now)
    total = Reminded()
    text, url = reminder_text(plan, words), reverse("learning:plan", args=[plan.pk])
    batches = list(team_batches(plan, federations, is_own_only=is_own_only))
    for number, paths in enumerate(batches, start=1):
        ids = unfinished_in(plan, paths, now)
        total += remind(member_ids=ids, text=text, url=url, run=run, now=now)
        report(number, len(batches))
    note_event(
        plan=plan, kind=PlanEventKind.REMINDED, by=by, now=now, changes=_count(total, federations)
    )
    return total


def check_asking(plan: Plan, now: datetime) -> None:
    """Raises ReminderRefused unless members work on the plan now."""
    if plan.has_closed(now) or plan.is_frozen:
        raise ReminderRefused(_("“%s”已经截止，不再提醒。") % plan)
    if plan.is_paused:
        raise ReminderRefused(_("“%s”已暂停，恢复以后才能提醒。") % plan)
    if plan.opens_at > now:
        raise ReminderRefused(_("“%s”还没有开始，开始以后才能提醒。") % plan)


def reminder_text(plan: Plan, words: str = "") -> str:
    """What the member reads: fixed words, and those of the sender behind them."""
    return f"{_fixed_text(plan)}{words}"


def _fixed_text(plan: Plan) -> str:
    if plan.cutoff_at is None:
        return _("学习任务“%s”还有内容没学完，点开看看还差哪几项。") % plan
    due = date_format(localtime(plan.cutoff_at), "n月j日 H:i")
    return _("学习任务“%(plan)s”还有内容没学完，%(due)s截止。点开看看还差哪几项。") % {
        "plan": plan,
        "due": due,
    }


def team_batches(
    plan: Plan,
    federations: list[Federation],
    size: int = TEAMS_PER_BATCH,
    *,
    is_own_only: bool = False,
) -> Iterator[tuple[str, str]]:
    """First and last tree path of each batch of teams at or below `federations`, in the plan."""
    teams = Federation.objects.filter(path__range=path_range(plan)).order_by("path")
    if is_own_only:
        paths = teams.filter(pk__in=[each.pk for each in federations])
        yield from ((path, path) for path in paths.values_list("path", flat=True))
        return
    taken = ""
    for root in sorted(federations, key=lambda each: each.path):
        if taken and root.path.startswith(taken):
            continue  # it lies below the one before
        taken = root.path
        paths = list(teams.below(root).values_list("path", flat=True))
        for start in range(0, len(paths), size):
            batch = paths[start : start + size]
            yield batch[0], batch[-1]


def unfinished_in(plan: Plan, paths: tuple[str, str], now: datetime) -> list[int]:
    """Members of the teams between two tree paths who have not completed the plan."""
    due = judged(plan, *limited_teams_sql(plan, paths), now)
    with connection.cursor() as cursor:
        cursor.execute(UNFINISHED.format(judged=due.sql), due.params)
        return [member_id for (member_id,) in cursor.fetchall()]


def send_due_reminders(*, now: datetime) -> int:
    """The automatic reminders whose day has come; returns for how many plans."""
    waiting = Plan.objects.asking(now).filter(reminds_before__isnull=False, cutoff_at__gt=now)
    due = [
        plan
        for plan in waiting.select_related("federation")
        if plan.reminded_for != plan.cutoff_at
        and now >= plan.cutoff_at - timedelta(days=plan.reminds_before)
    ]
    for plan in due:
        run = f"plan-{plan.pk}-{plan.cutoff_at:%Y%m%d%H%M}"
        told = remind_unfinished(
            plan=plan, federations=[plan.federation], run=run, by=None, now=now
        )
        _note_sending(plan, run, told, now)
        Plan.objects.filter(pk=plan.pk).update(reminded_for=plan.cutoff_at)
    return len(due)


def _note_sending(plan: Plan, run: str, told: Reminded, now: datetime) -> None:
    """The clock's sending, for the history at the desk; the same run again is the same one."""
    ReminderSending.objects.update_or_create(
        token=uuid5(NAMESPACE_OID, run),
        defaults={
            "plan": plan,
            "federation": plan.federation,
            "reach": plan.reach,
            "asked_at": now,
            "finished_at": now,
            **asdict(told),
        },
    )


def _count(total: Reminded, federations: list[Federation]) -> list[list[str]]:
    return [
        [_("单位"), "", "、".join(each.title for each in federations)],
        [_("收到提醒"), "", str(total.sent)],
        [_("七天内已提醒过"), "", str(total.within_week)],
        [_("自己停止了提醒"), "", str(total.stopped)],
        [_("账号停用"), "", str(total.inactive)],
    ]
