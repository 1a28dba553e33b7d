"""Marks that a member's outcomes must be looked at anew."""

from django.conf import settings
from django.db import models


class OutcomeMark(models.Model):
    """Written in the transaction of the event that changed her progress.

    One row per event, without a unique constraint: a fold deletes exactly the rows that it saw, so
    a mark whose event is not yet committed can never be taken with an older one's.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Later than its event only where a fold has failed for her.
    due_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return str(self.member_id)
