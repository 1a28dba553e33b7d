"""Folding: two texts that a careful teacher would call the same fold to one."""

import unicodedata

# After NFKC, which has already made full-width forms half-width.
_UNIFIED = str.maketrans(
    {
        **dict.fromkeys("“”„‟「」『』〝〞〟", '"'),
        **dict.fromkeys("‘’‚‛`", "'"),
        **dict.fromkeys("《〈«‹", "<"),
        **dict.fromkeys("》〉»›", ">"),
        **dict.fromkeys("【〔〖", "["),
        **dict.fromkeys("】〕〗", "]"),
    }
)
_TRAILING = "。.;"


def fold_text(text: str, *, keeps_case: bool = False) -> str:
    """Fold width, case, whitespace, kinds of quotes and brackets, and a closing full stop."""
    composed = _compose(text)
    cased = composed if keeps_case else composed.casefold()
    return _compose(cased).translate(_UNIFIED).rstrip(_TRAILING)


def _compose(text: str) -> str:
    # Invisible characters come along when text is pasted from a phone or a web page. They go
    # first and last: some keep their neighbours from being composed, and NFKC makes new
    # spaces out of a few signs.
    return _drop_invisible(unicodedata.normalize("NFKC", _drop_invisible(text)))


def _drop_invisible(text: str) -> str:
    return "".join(
        char
        for char in text
        if not char.isspace() and unicodedata.category(char) not in {"Cc", "Cf"}
    )
