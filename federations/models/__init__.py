from federations.models.appointment import Appointment, Position, RosterChange, Source
from federations.models.claim import ClaimState, RosterClaim
from federations.models.federation import Federation, Level
from federations.models.history import (
    AccountMerge,
    AppointmentEvent,
    AppointmentEventKind,
    Renewal,
    Unchangeable,
)
from federations.models.job import Job, JobState, Lane
from federations.models.names import NameKey
from federations.models.requests import CorrectedThing, CorrectionRequest, RequestState
from federations.models.staff import StaffRole, StaffRoleType

__all__ = [
    "AccountMerge",
    "Appointment",
    "AppointmentEvent",
    "AppointmentEventKind",
    "ClaimState",
    "CorrectedThing",
    "CorrectionRequest",
    "Federation",
    "Job",
    "JobState",
    "Lane",
    "Level",
    "NameKey",
    "Position",
    "Renewal",
    "RequestState",
    "RosterChange",
    "RosterClaim",
    "Source",
    "StaffRole",
    "StaffRoleType",
    "Unchangeable",
]
