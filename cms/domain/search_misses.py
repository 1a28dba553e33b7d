"""Searches that found nothing: kept for the editors, never with a person."""

import re
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from cms.models import SearchMiss
from cms.models.search import LONGEST_QUERY
from cms.search.tokens import normalise

KEPT_DAYS = 180
# Whoever types nonsense into the search must not fill the disk.
MOST_KEPT = 10_000
SHORTEST = 2
# Phones have 11 digits, ids 18; seven in a row, with whatever separates them, are a landline.
PERSONAL = re.compile(r"(?:[0-9][\s\-—.()+]*){7}|@")


def record_miss(*, text: str, now: datetime) -> None:
    """Count the query. What may belong to a person (phone, id number, address) is not kept."""
    text = " ".join(normalise(text).split())[:LONGEST_QUERY]
    if len(text) < SHORTEST or PERSONAL.search(text):
        return
    counted = SearchMiss.objects.filter(text=text).update(
        count=F("count") + 1, last_at=now, is_done=False
    )
    if not counted and SearchMiss.objects.count() < MOST_KEPT:
        _add(text, now)


def _add(text: str, now: datetime) -> None:
    try:
        with transaction.atomic():
            SearchMiss.objects.create(text=text, last_at=now)
    except IntegrityError:
        # Another request was quicker; one count less does not matter.
        return


def prune_misses(*, now: datetime) -> int:
    """Remove what nobody has looked for in a while; how many went."""
    old = SearchMiss.objects.filter(last_at__lt=now - timedelta(days=KEPT_DAYS))
    return old.delete()[0]
