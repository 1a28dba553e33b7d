"""Who follows a member's progress, in this order: a course that she finished earns points too."""

from learning.domain.certificates import issue_certificates
from learning.domain.outcomes import Follower

# Certificates come last: what the others found out earns them.
FOLLOWERS: list[Follower] = [issue_certificates]
