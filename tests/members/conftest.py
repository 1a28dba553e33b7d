from uuid import uuid4

import pytest

from tests.factories import make_member
from tests.members.senders import MemorySender


@pytest.fixture(autouse=True)
def own_cache(settings):
    """Limits outlive a test in Redis: each test counts under a prefix of its own."""
    default = {**settings.CACHES["default"], "KEY_PREFIX": uuid4().hex}
    settings.CACHES = {**settings.CACHES, "default": default}


@pytest.fixture
def sent(settings):
    """What was sent: (phone, code), oldest first."""
    settings.SMS_SENDER = "tests.members.senders.MemorySender"
    MemorySender.sent.clear()
    return MemorySender.sent


@pytest.fixture
def member(db):
    return make_member("陈秀英")
