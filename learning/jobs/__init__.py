"""Background jobs about learning: the kind of a job, and what does it."""

from federations.domain.jobs import Handler

from .ledger import export_hours, simulate

HANDLERS: dict[str, Handler] = {
    "point_rule_simulation": simulate,
    "hours_export": export_hours,
}
