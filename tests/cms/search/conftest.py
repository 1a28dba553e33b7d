import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_remembered():
    """A test's pages are gone after it, without a word to what remembers them."""
    cache.clear()
