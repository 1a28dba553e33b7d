"""The values of a case: each is its part's value behind the part's number, "0:b"."""

from collections.abc import Iterable, Sequence

from .base import INPUT_NAME


def name_part(number: int) -> str:
    """The form input of part `number`, which counts from 0."""
    return f"{INPUT_NAME}.{number}"


def join_values(values_of_parts: Iterable[Sequence[str]]) -> list[str]:
    return [
        f"{number}:{value}" for number, values in enumerate(values_of_parts) for value in values
    ]


def split_values(values: Sequence[str], count: int) -> list[list[str]]:
    """The values of each of `count` parts, in their order; what belongs to none is dropped."""
    parts: dict[str, list[str]] = {str(number): [] for number in range(count)}
    for each in values:
        if isinstance(each, str):
            number, colon, value = each.partition(":")
            if colon and number in parts:
                parts[number].append(value)
    return list(parts.values())
