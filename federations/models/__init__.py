from federations.models.appointment import Appointment, Position, RosterChange, Source
from federations.models.federation import Federation, Level
from federations.models.job import Job, JobState
from federations.models.staff import StaffRole, StaffRoleType

__all__ = [
    "Appointment",
    "Federation",
    "Job",
    "JobState",
    "Level",
    "Position",
    "RosterChange",
    "Source",
    "StaffRole",
    "StaffRoleType",
]
