"""Background jobs about learning: the kind of a job, and what does it."""

from federations.domain.jobs import Handler
from learning.jobs.assessment import compute_assessment, write_bulletin
from learning.jobs.boards import export_board
from learning.jobs.certificates import catch_up, print_batch
from learning.jobs.ledger import export_hours, simulate
from learning.jobs.my_data import MY_DATA, write_archive
from learning.jobs.plans import export_people, send_reminders

HANDLERS: dict[str, Handler] = {
    "board_export": export_board,
    "assessment_bulletin": write_bulletin,
    "assessment_compute": compute_assessment,
    "certificate_batch": print_batch,
    "certificate_catch_up": catch_up,
    "hours_export": export_hours,
    MY_DATA: write_archive,
    "plan_people_export": export_people,
    "plan_reminder": send_reminders,
    "point_rule_simulation": simulate,
}
