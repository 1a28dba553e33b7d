class AttemptNotFound(LookupError):
    """There is no such attempt, or it is another member's: the two look alike from outside."""


class AttemptRefused(Exception):
    """The quiz cannot be taken now; the message says why, in Chinese."""
