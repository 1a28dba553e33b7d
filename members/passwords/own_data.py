"""What an acquaintance of hers tries first: her phone and her name. Pure."""

import re
from collections.abc import Iterator

from members.passwords.breached import as_listed
from members.readings import syllables

# Of a phone or an address so much in one piece is no accident.
PIECE = 6


def holds_own_data(password: str, *, phone: str, name: str, email: str = "") -> bool:
    """Whether the password has her phone, name, name in pinyin or e-mail address in it."""
    plain = as_listed(password)
    letters = "".join(re.findall("[a-z]", plain))
    digits = "".join(re.findall("[0-9]", plain))
    mailbox = email.partition("@")[0].lower()
    return (
        any(piece in digits for piece in _pieces(phone))
        or (len(mailbox) >= PIECE and mailbox in plain)
        or (len(name) > 1 and as_listed(name) in plain)
        or _holds_reading(letters, name)
    )


def _pieces(phone: str) -> Iterator[str]:
    return (phone[start : start + PIECE] for start in range(len(phone) - PIECE + 1))


def _holds_reading(letters: str, name: str) -> bool:
    """chenxiuying, xiuyingchen, xiuying, or cxy and no other letter."""
    read = syllables(as_listed(name))
    if len(read) < 2 or not letters:
        return False
    given = "".join(read[1:])
    whole = {"".join(read), given + read[0]} | ({given} if len(given) >= PIECE else set())
    return letters == "".join(each[0] for each in read) or any(each in letters for each in whole)
