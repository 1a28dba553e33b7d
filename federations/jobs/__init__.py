"""Background jobs about the roster: the kind of a job, and what does it."""

from federations.domain.jobs import Handler

from .roster import CHECK, IMPORT, check_roster, run_import

HANDLERS: dict[str, Handler] = {CHECK: check_roster, IMPORT: run_import}
