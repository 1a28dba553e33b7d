"""PURE: the pairs of a matching question, "左 => 右", "=> 右" for one that goes with nothing."""

ARROW = "=>"


def split_pair(option: str) -> tuple[str, str]:
    left, _arrow, right = option.partition(ARROW)
    return left.strip(), right.strip()


def join_pair(left: str, right: str) -> str:
    return f"{left} {ARROW} {right}".strip()
