"""Erasing a member from rosters, their history, the names' index and background jobs.

Her appointments stay, under the account without a name: every total counts them.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.domain.naming_files import may_name
from federations.models import (
    AccountMerge,
    AppointmentEvent,
    CorrectionRequest,
    Job,
    JobState,
    NameKey,
    StaffRole,
)
from members.domain.erasure import erase_account
from members.domain.offices import offices_of
from members.models import Member
from members.names import ERASED_NAME


def find_obstacle(member: Member) -> str:
    """Whoever works here hands that over first. Empty when nothing is in the way."""
    held = StaffRole.objects.filter(member=member).exclude(ends_on__lt=localdate())
    if offices_of(member) or held.exists():
        return _(
            "您还有工作人员的角色，不能注销。请先请上级妇联的管理员取消您的全部角色，再来申请。"
        )
    return ""


def erase_roster(member: Member, now: datetime) -> None:
    _erase_merged(member, now)
    # Past the models' own guards: what happened stays, what people wrote about her goes.
    events = QuerySet(AppointmentEvent).filter(member=member).exclude(reason="")
    events.update(reason="")
    QuerySet(AccountMerge).filter(Q(kept=member) | Q(gone=member)).update(reason="")
    CorrectionRequest.objects.filter(member=member).delete()
    for job in Job.objects.filter(owner=member):
        drop_job(job)
    if not Member.objects.filter(name=member.name).exclude(pk=member.pk).exists():
        NameKey.objects.filter(name=member.name).delete()


def _erase_merged(member: Member, now: datetime) -> None:
    """Accounts that became this one hold her name as well."""
    gone = Member.objects.filter(merged_into__kept=member).exclude(name=ERASED_NAME)
    for each in gone:
        erase_account(member=each, now=now)


def drop_job(job: Job) -> None:
    """Take the job away now, and its files when that is certain."""
    for file in (job.upload, job.output):
        if file:
            transaction.on_commit(partial(file.storage.delete, file.name))
    job.delete()


def forget_in_jobs(members: Iterable[Member], now: datetime) -> int:
    """Drop finished jobs of anybody that name one of these members, in a row or in a file.

    What staff need they ask for again; without this it would go when the job is 30 days old.
    Returns how many.
    """
    words = {text for each in members for text in (each.name, each.phone, each.email) if text}
    count = 0
    finished = Job.objects.filter(state__in=[JobState.DONE, JobState.FAILED])
    for job in finished.iterator(chunk_size=200):
        if _names(job, words):
            with transaction.atomic():
                drop_job(job)
            count += 1
    return count


def _names(job: Job, words: set[str]) -> bool:
    said = [job.title, job.message, job.upload.name, job.output.name]
    said += [json.dumps(each, ensure_ascii=False) for each in (job.params, job.result)]
    if any(word in text for text in said for word in words):
        return True
    return any(may_name(file, words) for file in (job.upload, job.output) if file)


def remove_unused_names(now: datetime) -> int:
    """Keys of names that nobody has any more: she was renamed, or erased."""
    used = Member.objects.filter(name=OuterRef("name"))
    return NameKey.objects.filter(~Exists(used)).delete()[0]
