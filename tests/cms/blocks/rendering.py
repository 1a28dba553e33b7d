"""One block as the reader gets it."""

import re

from cms.blocks import BodyBlock


def render(name: str, raw, context=None) -> str:
    """HTML of the block `name` from its stored form; runs of blanks are one blank."""
    block = BodyBlock().child_blocks[name]
    return squeeze(block.render(block.to_python(raw), context=context))


def squeeze(html: str) -> str:
    return re.sub(r">\s+<", "> <", re.sub(r"\s+", " ", html)).strip()
