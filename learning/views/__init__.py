from learning.views.board import board
from learning.views.mine import me
from learning.views.plans import plan, plans

__all__ = ["board", "me", "plan", "plans"]
