from federations.models.appointment import Appointment, Position, RosterChange, Source
from federations.models.federation import Federation, Level
from federations.models.job import Job, JobState, Lane
from federations.models.staff import StaffRole, StaffRoleType

__all__ = [
    "Appointment",
    "Federation",
    "Job",
    "JobState",
    "Lane",
    "Level",
    "Position",
    "RosterChange",
    "Source",
    "StaffRole",
    "StaffRoleType",
]
