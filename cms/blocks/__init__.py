"""The blocks that editors write articles and knowledge entries with."""

from cms.blocks.body import BodyBlock

__all__ = ["BodyBlock"]
