"""A version's data as its type reads it, made once: a version never changes.

Kept in the process. A key is not the id alone, which is used again after a restore; the moment of
its making is not.
"""

from collections import OrderedDict
from threading import Lock
from typing import Any

from quizzes.models import QuestionVersion
from quizzes.question_types.registry import get_type

LARGEST = 4096


class Shelf:
    """The last `size` things that were made, by key; safe to use from several threads."""

    def __init__(self, size: int):
        self._size, self._things, self._lock = size, OrderedDict(), Lock()

    def get(self, key):
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def put(self, key, thing) -> None:
        with self._lock:
            self._things[key] = thing
            if len(self._things) > self._size:
                self._things.popitem(last=False)


_specs = Shelf(LARGEST)


def spec_of(version: QuestionVersion) -> Any:
    """The saved version's data, read. Raises QuestionError when the data is damaged."""
    key = (version.pk, version.created_at)
    spec = _specs.get(key)
    if spec is None:
        spec = get_type(version.type).from_data(version.data)
        _specs.put(key, spec)
    return spec
