"""Text lessons: read to the end in a plausible time."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from courses.domain.accounts import CREDIT_RATE, Account, accrued, lock_account
from courses.domain.prerequisites import first_missing, pages_needed_first
from courses.domain.timeline import Timeline, timeline_of
from courses.domain.watching import LessonClosed
from courses.models import LessonPage, WatchBudget
from courses.paragraphs import read_text
from learning.domain.progress import complete_page, start_page
from learning.models import Progress
from members.models import Member


def reading_seconds(lesson: LessonPage) -> int:
    """The shortest plausible reading time of the lesson's text."""
    return -(-read_text(lesson.body).length // 10)


@transaction.atomic
def finish_reading(*, member: Member, lesson: LessonPage, now: datetime) -> int:
    """Finish a text lesson; returns 0, or how many seconds are missing from a plausible time.

    What of the text is not credited yet is taken out of her one budget, as watching does: whoever
    opens forty texts at once has not read forty texts. Raises LessonClosed.
    """
    if first_missing(member=member, needed=pages_needed_first(lesson)):
        raise LessonClosed
    start_page(member=member, page_id=lesson.pk, now=now)
    account = lock_account(member_id=member.pk, lesson_id=lesson.pk, today=localdate(now), now=now)
    seconds = reading_seconds(lesson)
    started_at = Progress.objects.get(member=member, page_id=lesson.pk).started_at
    due = _due(account, timeline_of(lesson))
    available = accrued(account.budget.balance, account.budget.counted_at, now)
    short = -(-max(0, due - available) // (10 * CREDIT_RATE))
    missing = max(seconds - int((now - started_at).total_seconds()), short)
    if missing > 0:
        return missing
    WatchBudget.objects.filter(pk=member.pk).update(balance=available - due, counted_at=now)
    complete_page(member=member, page_id=lesson.pk, now=now, seconds=seconds)
    return 0


def _due(account: Account, text: Timeline) -> int:
    """Tenths of a second of the text that were not credited by its paragraphs."""
    if account.is_finished:
        return 0
    read = account.record.watched if account.record.version == text.version else 0
    return max(0, text.length - read)
