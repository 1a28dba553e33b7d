from federations.models.appointment import Appointment, Position, Source
from federations.models.federation import Federation, Level
from federations.models.staff import StaffRole, StaffRoleType

__all__ = [
    "Appointment",
    "Federation",
    "Level",
    "Position",
    "Source",
    "StaffRole",
    "StaffRoleType",
]
