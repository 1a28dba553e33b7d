"""Who follows a member's progress, in this order: a course that she finished earns points too."""

from learning.domain.outcomes import Follower

FOLLOWERS: list[Follower] = []
