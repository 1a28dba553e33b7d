from learning.views.board import board, boards, why
from learning.views.favourites import favourites, mark_favourite
from learning.views.mine import me
from learning.views.plans import plan, plans
from learning.views.record import export, record

__all__ = [
    "board",
    "boards",
    "export",
    "favourites",
    "mark_favourite",
    "me",
    "plan",
    "plans",
    "record",
    "why",
]
