"""Which certificates staff see, and which they may take back."""

from dataclasses import asdict, dataclass
from datetime import date

from federations.models import Federation, StaffRoleType
from federations.scope import LOOKERS, staff_federations, staff_paths, within_paths
from learning.models import Certificate

MANAGERS = (StaffRoleType.MANAGER,)


def seen_certificates(user, rows=None):
    """Of people who were counted in her scope on the day they got it."""
    return _of_people_in_scope(user, rows, roles=LOOKERS)


def managed_certificates(user, rows=None):
    """Those among them that her own federations issued: a county does not revoke the province's."""
    rows = _of_people_in_scope(user, rows, roles=MANAGERS)
    if user.is_superuser:
        return rows
    paths = staff_paths(user, roles=MANAGERS)
    return rows.filter(within_paths("edition__template__federation__path", paths))


def _of_people_in_scope(user, rows, *, roles):
    rows = Certificate.objects.all() if rows is None else rows
    if user.is_superuser:
        return rows
    return rows.filter(within_paths("federation__path", staff_paths(user, roles=roles)))


@dataclass(frozen=True)
class BatchChoice:
    """What to print: of one plan or page, or all; of a federation and those below it."""

    plan: int | None = None
    page: int | None = None
    federation: int | None = None
    since: str | None = None
    until: str | None = None

    def to_params(self) -> dict:
        return asdict(self)

    @classmethod
    def from_params(cls, params: dict) -> "BatchChoice":
        return cls(**params)


def chosen_certificates(user, choice: BatchChoice):
    """The valid ones that she may see."""
    rows = seen_certificates(user).filter(revoked_at=None, replaced_at=None)
    if choice.plan:
        rows = rows.filter(plan=choice.plan)
    if choice.page:
        rows = rows.filter(page=choice.page)
    if choice.since:
        rows = rows.filter(issued_on__gte=date.fromisoformat(choice.since))
    if choice.until:
        rows = rows.filter(issued_on__lte=date.fromisoformat(choice.until))
    if choice.federation:
        below = Federation.objects.filter(pk=choice.federation) & staff_federations(user)
        paths = list(below.values_list("path", flat=True))
        rows = rows.filter(within_paths("federation__path", paths))
    return rows
