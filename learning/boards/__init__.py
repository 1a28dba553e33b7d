"""Leaderboards: they read standings only, and rank units, never people."""

from learning.boards.board import BY, VIEWS, Board
from learning.boards.rows import Order, Row
from learning.boards.sorts import SORTS, Sort
from learning.boards.summary import summarise

__all__ = ["BY", "SORTS", "VIEWS", "Board", "Order", "Row", "Sort", "summarise"]
