"""The ledger: what members' learning earns, by rules that have a date."""

from learning.domain.ledger.award import award_points
from learning.domain.ledger.rules import (
    RuleHasBegun,
    load_versions,
    remove_rule,
    save_rule,
    set_up_rules,
)

__all__ = [
    "RuleHasBegun",
    "award_points",
    "load_versions",
    "remove_rule",
    "save_rule",
    "set_up_rules",
]
