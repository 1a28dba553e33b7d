"""Fill-in-the-blank."""

from .grade import UNANSWERED, Grade, grade_share
from .text import fold_text

Blanks = tuple[tuple[str, ...], ...]


def grade_blanks(
    *, blanks: Blanks, given: tuple[str, ...], any_order: bool = False, keeps_case: bool = False
) -> Grade:
    """Each right blank earns an equal share; `blanks` holds the accepted texts of each.

    Texts are compared folded. Missing texts count as empty, surplus ones are ignored.
    With `any_order` the texts may stand in each other's blanks; each blank is filled once, and
    equal texts count once where different ones could fill all the blanks.
    """
    if not blanks:
        raise ValueError("a fill-in question needs at least one blank")
    if not any(fold_text(text) for text in given[: len(blanks)]):
        return UNANSWERED
    marks = mark_blanks(blanks=blanks, given=given, any_order=any_order, keeps_case=keeps_case)
    return grade_share(right=sum(marks), total=len(blanks))


def mark_blanks(
    *, blanks: Blanks, given: tuple[str, ...], any_order: bool = False, keeps_case: bool = False
) -> tuple[bool, ...]:
    """Whether each given text is right, one per blank in the order of the blanks."""
    texts = [fold_text(text, keeps_case=keeps_case) for text in given[: len(blanks)]]
    texts += [""] * (len(blanks) - len(texts))
    accepted = _fold_blanks(blanks, keeps_case)
    if any_order:
        needs_twins = len(_fill(accepted, _known_texts(accepted))) < len(blanks)
        return _match_freely(accepted, texts if needs_twins else _drop_twins(texts))
    return tuple(text in each for each, text in zip(accepted, texts, strict=True))


def full_texts(
    *, blanks: Blanks, any_order: bool = False, keeps_case: bool = False
) -> tuple[str, ...]:
    """Texts that earn full marks, one per blank: the first of each, if these may stand together."""
    firsts = tuple(blank[0] for blank in blanks)
    accepted = _fold_blanks(blanks, keeps_case)
    known = _known_texts(accepted)
    takers = _fill(accepted, known) if any_order else {}
    folded = {fold_text(each, keeps_case=keeps_case) for each in firsts}
    if len(takers) < len(blanks) or len(folded) == len(firsts):
        return firsts
    written = {fold_text(each, keeps_case=keeps_case): each for blank in blanks for each in blank}
    return tuple(written[known[takers[place]]] for place in range(len(blanks)))


def _fold_blanks(blanks: Blanks, keeps_case: bool) -> list[set[str]]:
    return [{fold_text(each, keeps_case=keeps_case) for each in blank} - {""} for blank in blanks]


def _known_texts(accepted: list[set[str]]) -> list[str]:
    return sorted(set().union(*accepted))


def _drop_twins(texts: list[str]) -> list[str]:
    """Each text where it stands first."""
    return ["" if text in texts[:place] else text for place, text in enumerate(texts)]


def _match_freely(accepted: list[set[str]], texts: list[str]) -> tuple[bool, ...]:
    """Which texts find a blank of their own when as many as possible do.

    Augmenting paths (Kuhn's algorithm): taking the first free blank could spend one that another
    text needs, and the order of writing would then decide about points.
    """
    takers = _fill(accepted, texts)
    return tuple(place in takers.values() for place in range(len(texts)))


def _fill(accepted: list[set[str]], texts: list[str]) -> dict[int, int]:
    """By blank the text that takes it."""
    takers: dict[int, int] = {}
    for place in range(len(texts)):
        _find_blank(place, accepted, texts, takers, set())
    return takers


def _find_blank(
    place: int, accepted: list[set[str]], texts: list[str], takers: dict[int, int], tried: set[int]
) -> bool:
    for blank, wanted in enumerate(accepted):
        if blank in tried or texts[place] not in wanted:
            continue
        tried.add(blank)
        if blank not in takers or _find_blank(takers[blank], accepted, texts, takers, tried):
            takers[blank] = place
            return True
    return False
