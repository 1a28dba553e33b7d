"""Something is wrong with a question: a member says so, the bank's owner replies."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from members.domain.notices import tell
from members.models import Member
from quizzes.models import QuestionReport
from quizzes.question_types.markers import drop_markers

# Characters of the stem that a notice quotes.
SHORT = 40


class AlreadyReplied(Exception):
    """Somebody else has replied to the report in the meantime; the first reply stands."""


def report_question(
    *, member: Member, version_id: int, reason: str, text: str, now: datetime
) -> tuple[QuestionReport, bool]:
    """Leave a report; the second value is False when her earlier one still waits for a reply."""
    return QuestionReport.objects.get_or_create(
        member=member,
        version_id=version_id,
        replied_at=None,
        defaults={"reason": reason, "text": text.strip(), "made_at": now},
    )


@transaction.atomic
def reply_to_report(*, report_id: int, by: Member, text: str, now: datetime) -> None:
    """Reply once, and tell the member. Raises AlreadyReplied."""
    waiting = QuestionReport.objects.filter(pk=report_id, replied_at=None)
    if not waiting.update(reply=text, replied_by=by, replied_at=now):
        raise AlreadyReplied
    report = QuestionReport.objects.select_related("version").get(pk=report_id)
    tell(
        member_ids=[report.member_id],
        text=_("你反映的试题有回复了：%s")
        % Truncator(drop_markers(report.version.stem)).chars(SHORT),
        url=reverse("quizzes:reports"),
        now=now,
    )
