"""HTML from other programs as the plain text that a question holds."""

import html
import re

import nh3

_BREAKING = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"}
_RAISED = {"sup", "sub"}
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6]|pre|blockquote)>")
_WRAPPED_CHINESE = re.compile(r"(?<=[^\x00-\x7f])[ \t]*\n\s*(?=[^\x00-\x7f])")
_SPACES = re.compile(r"[ \t\r\n]+")
_TAG = re.compile(r"<[^>]*>")
_SCRIPT = re.compile(r"<(sup|sub)>([0-9+\-=()n]+)</\1>")
_SCRIPTS = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()n", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ"),
}
_MEDIA = re.compile(r"<\s*(?:img|audio|video|object|embed|iframe|svg|math)\b", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(
    r"</?(?:p|br|div|span|b|i|u|em|strong|sup|sub|ul|ol|li|table|tr|td|h[1-6]|pre|a|img|font)"
    r"\b[^<>]*>",
    re.IGNORECASE,
)


def looks_like_html(text: str) -> bool:
    return bool(_LOOKS_LIKE_HTML.search(text))


def has_media(text: str) -> bool:
    """Pictures and sounds would be lost in plain text."""
    return bool(_MEDIA.search(text))


def read_html(text: str) -> str:
    """One line of text for each paragraph or <br>; H<sub>2</sub>O becomes H₂O."""
    text = _SPACES.sub(" ", _WRAPPED_CHINESE.sub("", text))
    clean = nh3.clean(text, tags=_BREAKING | _RAISED, attributes={})
    clean = _SCRIPT.sub(lambda match: match[2].translate(_SCRIPTS[match[1]]), clean)
    lines = html.unescape(_TAG.sub("", _LINE_END.sub("\n", clean))).split("\n")
    return "\n".join(line.strip(" ") for line in lines).strip()
