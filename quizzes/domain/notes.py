"""A member's own notes on questions."""

from datetime import datetime

from members.models import Member
from quizzes.models import QuestionNote

# Characters; the column says the same.
MAX_NOTE = 500


class NoteTooLong(ValueError):
    """More than MAX_NOTE characters; nothing was written."""


def write_note(*, member: Member, question_id: int, text: str, now: datetime) -> None:
    """Write the note, in place of the one that is there; an empty text takes it away.

    Raises NoteTooLong.
    """
    text = text.strip()
    if len(text) > MAX_NOTE:
        raise NoteTooLong
    if text:
        QuestionNote.objects.update_or_create(
            member=member, question_id=question_id, defaults={"text": text, "updated_at": now}
        )
    else:
        QuestionNote.objects.filter(member=member, question_id=question_id).delete()
