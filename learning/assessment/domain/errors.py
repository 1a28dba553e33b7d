"""What may come between a person and what she wants of an assessment."""


class SchemeRefused(Exception):
    """The scheme cannot be like this; the message says why and what to do, in Chinese."""


class SchemeChanged(Exception):
    """Somebody else changed the scheme since it was shown."""


class PeriodOpen(Exception):
    """A note corrects what is frozen; this period still counts by itself."""
