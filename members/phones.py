"""Phone numbers as people type them, and as they may be shown."""

import re
import unicodedata


def normalise_phone(text: str) -> str:
    """'+86 138-0000 1234' or full-width digits → '13800001234'; other text comes back trimmed."""
    bare = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", bare)


def read_number(text: str) -> str:
    """The digits, when what was typed is (part of) a phone and nothing else; otherwise empty."""
    number = normalise_phone(text)
    return number if number.isascii() and number.isdecimal() else ""


def mask_phone(phone: str) -> str:
    """138****1234: enough for its owner to recognise."""
    return f"{phone[:3]}****{phone[-4:]}"
