class AttemptNotFound(LookupError):
    """There is no such attempt, or it is another member's: the two look alike from outside."""


class AttemptRefused(Exception):
    """What was asked for is against the rules now; the message says why, in Chinese."""
