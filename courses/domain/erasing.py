"""Erasing what a member watched. What she finished stands in her progress, which stays."""

from datetime import datetime
from functools import partial

from django.db import transaction

from courses.models import MediaUpload, WatchBudget, WatchRecord
from members.models import Member


def erase_watching(member: Member, now: datetime) -> None:
    WatchRecord.objects.filter(member=member).delete()
    WatchBudget.objects.filter(member=member).delete()
    for upload in MediaUpload.objects.filter(owner=member):
        transaction.on_commit(partial(upload.path.unlink, missing_ok=True))
        upload.delete()
