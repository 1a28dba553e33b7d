"""Reminders that staff send from the desk: previewed, limited, and on record."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.domain.reviews.words import words_in
from federations.domain.jobs import ask_for_job
from federations.models import Federation, Job
from learning.domain.reminders import (
    ReminderRefused,
    check_asking,
    remind_unfinished,
    reminder_text,
    team_batches,
    unfinished_in,
)
from learning.models import Plan, Reach, ReminderSending, Standing
from members.domain.reminders import Reminded, foresee
from members.models import Member

MOST_WORDS = 60


@dataclass(frozen=True)
class Preview:
    """What a sending would come to: how many are unfinished, who of them gets it, the text."""

    reminded: Reminded
    text: str

    @property
    def unfinished(self) -> int:
        return sum(vars(self.reminded).values())


def preview_sending(
    *, plan: Plan, federation: Federation, reach: str, words: str, now: datetime
) -> Preview:
    """Raises ReminderRefused where nobody may be reminded, or too many would be at once."""
    check_asking(plan, now)
    check_words(words)
    check_size(plan, federation, reach)
    own = reach == Reach.OWN
    ids = [
        member_id
        for paths in team_batches(plan, [federation], is_own_only=own)
        for member_id in unfinished_in(plan, paths, now)
    ]
    return Preview(foresee(member_ids=ids, now=now), reminder_text(plan, words))


def check_words(words: str) -> None:
    """Raises ReminderRefused for what is too long, or stands in the list of sensitive words."""
    if len(words) > MOST_WORDS:
        raise ReminderRefused(_("附言最多 %d 个字，请写短一些。") % MOST_WORDS)
    if found := words_in(words):
        named = "、".join(f"“{each.word}”" for each in found)
        advice = " ".join(filter(None, (each.advice for each in found)))
        raise ReminderRefused(_("附言里有敏感词%s，请换个说法。") % named + advice)


def check_size(plan: Plan, federation: Federation, reach: str) -> None:
    """By the standing, so that nobody is looked up where it is far too many."""
    most, view = settings.REMINDERS_PER_SENDING, Reach(reach).value
    cell = Standing.objects.filter(plan=plan, federation=federation).first()
    if cell is None:
        return
    count = getattr(cell, f"{view}_due") - getattr(cell, f"{view}_completed")
    if count > most:
        raise ReminderRefused(
            _("这里还有 %(count)d 人没完成，一次最多提醒 %(most)d 人。请到下一级单位分别提醒。")
            % {"count": count, "most": most}
        )


def sendings_left(federation: Federation, now: datetime) -> int:
    """How many more times reminders may be sent from here today (local day)."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = ReminderSending.objects.filter(
        federation=federation,
        asked_at__gte=start,
        asked_at__lt=start + timedelta(days=1),
        # What the clock sends takes nobody's turn.
        by__isnull=False,
    )
    return max(0, settings.REMINDER_SENDINGS_PER_DAY - sent.count())


@transaction.atomic
def ask_for_sending(
    *,
    plan: Plan,
    federation: Federation,
    reach: str,
    by: Member,
    now: datetime,
    words: str = "",
    token: UUID,
) -> Job | None:
    """Put the sending on record and queue its job; with the same `token` again it is the same one.

    None where the job of that one has been cleared away. Raises ReminderRefused.
    """
    # Two at once would both see the last sending of the day free.
    Federation.objects.select_for_update(no_key=True).get(pk=federation.pk)
    if before := ReminderSending.objects.filter(token=token, by=by).select_related("job").first():
        return before.job
    check_asking(plan, now)
    check_words(words)
    check_size(plan, federation, reach)
    if not sendings_left(federation, now):
        raise ReminderRefused(
            _("今天从这里已经发过 %d 次提醒，请明天再发。") % settings.REMINDER_SENDINGS_PER_DAY
        )
    sending = ReminderSending.objects.create(
        token=token,
        plan=plan,
        federation=federation,
        reach=reach,
        words=words,
        by=by,
        asked_at=now,
    )
    sending.job = ask_for_job(
        kind="plan_reminder",
        title=_("提醒未完成的人：%s") % plan.title,
        owner=by,
        params={"plan": plan.pk, "federation": federation.pk, "sending": sending.pk},
    )
    sending.save(update_fields=["job"])
    return sending.job


def carry_out(*, sending: ReminderSending, now: datetime, report) -> Reminded:
    """Tell everybody; safe to repeat after a crash. Raises ReminderRefused."""
    if sending.finished_at:
        return Reminded(sending.sent, sending.within_week, sending.stopped, sending.inactive)
    reminded = remind_unfinished(
        plan=sending.plan,
        federations=[sending.federation],
        run=f"sending-{sending.pk}",
        by=sending.by,
        now=now,
        is_own_only=sending.reach == Reach.OWN,
        words=sending.words,
        report=report,
    )
    ReminderSending.objects.filter(pk=sending.pk).update(finished_at=now, **asdict(reminded))
    return reminded
