"""Numbers from addresses and forms, no larger than a database id can be."""

from django.urls import register_converter

MAX_DIGITS = 18


class IdConverter:
    """`<id:…>`: an int that every database takes; an address with more digits does not exist."""

    regex = f"[0-9]{{1,{MAX_DIGITS}}}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value) -> str:
        return str(value)


def read_number(text: str) -> int | None:
    """A plain decimal number; None for anything else, however long."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS
    return int(text) if is_number else None


register_converter(IdConverter, "id")
