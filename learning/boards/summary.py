"""A federation's own figures, all of them, in words."""

from learning.boards.sorts import SORTS
from learning.domain.standings.figures import Figures


def summarise(standing, prefix: str) -> dict:
    """A cell's counts with its rates as text; `prefix` is own or subtree."""
    counts = Figures.read(standing, prefix)
    return {
        "due": counts.due,
        "joined": counts.joined,
        "completed": counts.completed,
        "joined_rate": SORTS["joined"].text(SORTS["joined"].of(counts)),
        "completed_rate": SORTS["completed"].text(SORTS["completed"].of(counts)),
        "average_score": SORTS["score"].text(SORTS["score"].of(counts)),
    }
