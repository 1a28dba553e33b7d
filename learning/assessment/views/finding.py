"""Which scheme, period and unit an address means; what is not seen at this place does not exist."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from federations.desk.access import MANAGERS
from learning.assessment.queries import Sight, schemes_at
from learning.models import AssessmentScheme


def find_scheme(request, pk: int) -> AssessmentScheme:
    return get_object_or_404(schemes_at(request.desk.place), pk=pk)


def find_managed(request, pk: int) -> AssessmentScheme:
    """A scheme of this very place. Raises PermissionDenied for one from above, and for viewers."""
    scheme = find_scheme(request, pk)
    if scheme.federation_id != request.desk.place.pk or not request.desk.may(MANAGERS):
        raise PermissionDenied
    return scheme


def read_text(request, name: str) -> str:
    """A parameter as it may be looked for: PostgreSQL has no NUL in its texts."""
    given = request.POST.get(name) or request.GET.get(name, "")
    return given.replace("\0", "").strip()


def find_sight(request, scheme: AssessmentScheme) -> Sight:
    """The period that is asked for by its key, else the latest. Raises Http404."""
    periods = scheme.periods.all()
    key = read_text(request, "period")
    period = periods.filter(key=key).first() if key else periods.first()
    if period is None:
        raise Http404
    period.scheme = scheme
    return Sight(scheme=scheme, period=period, place=request.desk.place)
