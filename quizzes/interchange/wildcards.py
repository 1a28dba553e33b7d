"""PURE: Moodle's * in a short answer stands for any text; our answers are literal."""

import re

from django.utils.translation import gettext as _

_WILDCARD = re.compile(r"(?<!\\)\*")


class WildcardError(Exception):
    """An answer that stands for many; the message says what to do."""


def read_literal(text: str) -> str:
    """ "3\\*4" → "3*4". Raises WildcardError for a * that is not escaped."""
    if _WILDCARD.search(text):
        raise WildcardError(
            _("答案“%(text)s”里的 * 在 Moodle 中代表任意文字，这里没有；请写出每一种答案。")
            % {"text": text[:40]}
        )
    return text.replace("\\*", "*")


def write_literal(text: str) -> str:
    return text.replace("*", "\\*")
