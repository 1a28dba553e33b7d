"""What the index holds of an object: its search fields, read once, as terms."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Manager, Model
from django.utils.encoding import force_str
from modelsearch.index import AutocompleteField, BaseField, RelatedFields, SearchField

from cms.search.pinyin import forms
from cms.search.tokens import index_text


class Terms(NamedTuple):
    title: str
    body: str
    # Of the fields that are completed while typing: with pinyin and initials.
    completions: str


def read_terms(obj: Model) -> Terms:
    titles, bodies, completions = [], [], []
    for field, value in _read_fields(obj, obj.get_search_fields()):
        text = "\n".join(_strings(value))
        if isinstance(field, AutocompleteField):
            completions += [index_text(text), *forms(text)]
        elif field.field_name == "title":
            titles.append(index_text(text))
        else:
            bodies.append(index_text(text))
    return Terms(" ".join(titles), " ".join(bodies), " ".join(completions))


def _read_fields(obj: Model, fields: Iterable[BaseField]) -> Iterator[tuple[BaseField, Any]]:
    for field in fields:
        if isinstance(field, SearchField | AutocompleteField):
            yield field, field.get_value(obj)
        elif isinstance(field, RelatedFields):
            for related in _related(field.get_value(obj)):
                yield from _read_fields(related, field.fields)


def _related(value: Any) -> Iterable[Model]:
    if value is None:
        return []
    if isinstance(value, Manager):
        return value.all()
    return [value() if callable(value) else value]


def _strings(value: Any) -> Iterator[str]:
    """Streams give lists of texts; a pair of terms never spans two of them."""
    if value is None:
        return
    if isinstance(value, dict):
        value = value.values()
    elif isinstance(value, str) or not isinstance(value, Iterable):
        yield force_str(value)
        return
    for part in value:
        yield from _strings(part)
