"""Who follows a member's progress, in this order: a course that she finished earns points too."""

from learning.domain.growth import follow_growth
from learning.domain.ledger import award_points
from learning.domain.outcomes import Follower

FOLLOWERS: list[Follower] = [award_points, follow_growth]
