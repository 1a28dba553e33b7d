"""What two accounts of one person have said about entries becomes one record."""

from datetime import datetime

from federations.domain.merging import move_rows
from knowledge_base.models import Feedback


def merge_feedback(kept: int, gone: int, now: datetime) -> None:
    """Of two answers about one entry `kept`'s own stays."""
    move_rows(Feedback.objects, kept=kept, gone=gone, beside=["page"])
