"""What is kept about pages by id must not reach the next test, which counts ids anew."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
