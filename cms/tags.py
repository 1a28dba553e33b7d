"""Tags as people type them."""

from taggit.utils import _parse_tags

# The commas of a Chinese keyboard.
COMMAS = str.maketrans("，、；", ",,,")


def read_tags(text: str) -> list[str]:
    """What `TAGGIT_TAGS_FROM_STRING` names: 反家暴，婚姻家庭 are two."""
    return _parse_tags(text.translate(COMMAS))
