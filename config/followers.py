"""Who follows a member's progress, in this order: a course that she finished earns points too."""

from functools import partial

from learning.domain.growth import follow_growth
from learning.domain.ledger import award_points
from learning.domain.outcomes import Follower
from quizzes.queries import quizzes_hiding_scores

FOLLOWERS: list[Follower] = [
    partial(award_points, find_hidden=quizzes_hiding_scores),
    follow_growth,
]
