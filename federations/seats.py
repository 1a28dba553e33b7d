"""Where a person sits today: her appointments and her staff roles, in one query.

For pages that ask several things of it at once: whether she is a committee member, where she is
counted, what her staff scope is. The rules are those of federations.scope.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, CharField, F, QuerySet, Value
from django.utils import timezone

from federations.models import Appointment, Federation, StaffRole
from federations.scope import ALL_ROLES, LOOKERS
from members.prepared import Prepared


@dataclass(frozen=True)
class Seats:
    """`counted` and `roles` hold each their federation's id, path, level and name."""

    member: object
    counted: Appointment | None
    is_appointed: bool
    roles: tuple[StaffRole, ...]

    @property
    def is_committee_member(self) -> bool:
        """As federations.scope.is_committee_member."""
        return self.member.is_active and (
            self.member.is_superuser or self.is_appointed or bool(self.roles)
        )

    @property
    def has_desk(self) -> bool:
        """As federations.desk.access.has_desk."""
        return self.member.is_active and (self.member.is_superuser or bool(self.places(LOOKERS)))

    def places(self, roles=ALL_ROLES) -> list[Federation]:
        return [held.federation for held in self.roles if held.role in roles]

    def may_look_into(self, federation: Federation) -> bool:
        """Whether the people of the federation are in her scope as staff."""
        paths = [place.path for place in self.places(LOOKERS)]
        return self.member.is_active and (
            self.member.is_superuser or any(federation.path.startswith(path) for path in paths)
        )


def seats_of(member) -> Seats:
    counted, roles, is_appointed = None, [], False
    for seat, role, counts, *place in SEATS.rows(member=member.pk, today=timezone.localdate()):
        federation = Federation(**dict(zip(PLACE, place, strict=True)))
        if role:
            roles.append(StaffRole(member=member, federation=federation, role=role))
            continue
        is_appointed = True
        if counts:
            counted = Appointment(member=member, federation=federation, position=seat)
    return Seats(member, counted, is_appointed, tuple(roles))


PLACE = ("id", "path", "level", "name")


def _seats(*, member: int, today: date) -> QuerySet:
    appointed = Appointment.objects.filter(member=member).in_force(today)
    held = StaffRole.objects.filter(member=member).in_force(today)
    return _places(appointed, seat=F("position"), role=Value(""), counts=F("is_counted")).union(
        _places(held, seat=Value(""), role=F("role"), counts=Value(False)),
        all=True,
    )


def _places(rows, *, seat, role, counts):
    """The two halves of a union: the same columns in the same order."""
    place = {f"of_{name}": F(f"federation__{name}") for name in PLACE}
    named = rows.annotate(
        the_seat=_cast(seat, CharField()),
        the_role=_cast(role, CharField()),
        is_the_one=_cast(counts, BooleanField()),
        **place,
    )
    return named.order_by().values_list("the_seat", "the_role", "is_the_one", *place)


def _cast(expression, field):
    if isinstance(expression, Value):
        return Value(expression.value, output_field=field)
    return expression


SEATS = Prepared(_seats, member=int, today=date)
