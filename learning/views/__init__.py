from learning.views.board import board, boards, why
from learning.views.favourites import favourites, mark_favourite
from learning.views.mine import me
from learning.views.personal import personal, personal_choice
from learning.views.plans import plan, plans
from learning.views.record import export, record

__all__ = [
    "board",
    "boards",
    "export",
    "favourites",
    "mark_favourite",
    "me",
    "personal",
    "personal_choice",
    "plan",
    "plans",
    "record",
    "why",
]
