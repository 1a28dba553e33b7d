"""Who follows a member's progress, in this order: a course that she finished earns points too."""

from courses.domain.completion import finish_courses
from learning.domain.outcomes import Follower

FOLLOWERS: list[Follower] = [finish_courses]
