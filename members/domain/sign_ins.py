"""What the sessions of members hold, taken away."""

from collections.abc import Iterable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session


def remove_sessions(member_ids: Iterable[int]) -> int:
    """Delete what the sessions of these members hold; returns how many there were.

    A session does not say outside whose it is, so all are read: for the night.
    """
    wanted = {str(pk) for pk in member_ids}
    gone = [
        session.pk
        for session in Session.objects.iterator(chunk_size=2000)
        if session.get_decoded().get(SESSION_KEY) in wanted
    ]
    # By the store that is in use: a cache may hold a copy.
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in gone:
        store(key).delete()
    return len(gone)
