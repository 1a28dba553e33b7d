from learning.views.board import board
from learning.views.mine import me, plan

__all__ = ["board", "me", "plan"]
