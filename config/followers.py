"""Who follows a member's progress, in this order: a course that she finished earns points too, and
what the others found out earns certificates.
"""

from functools import partial

from courses.domain.completion import finish_courses
from learning.domain.certificates import issue_certificates
from learning.domain.growth import follow_growth
from learning.domain.ledger import award_points
from learning.domain.outcomes import Follower
from quizzes.queries import quizzes_hiding_scores

FOLLOWERS: list[Follower] = [
    finish_courses,
    partial(award_points, find_hidden=quizzes_hiding_scores),
    follow_growth,
    issue_certificates,
]
