"""Asking for the background work on a period; titles and params hold no more than ids."""

from django.utils.translation import gettext as _

from federations.domain.jobs import ask_for_job
from federations.models import Federation, Job
from learning.models import AssessmentPeriod
from members.models import Member

FORMATS = ("xlsx", "pdf")


def ask_for_computing(period: AssessmentPeriod, *, by: Member) -> Job:
    title = _("计算考核：%s") % period.scheme.title
    params = {"period": period.pk}
    return ask_for_job(kind="assessment_compute", title=title, owner=by, params=params)


def ask_for_bulletin(period: AssessmentPeriod, *, place: Federation, form: str, by: Member) -> Job:
    """`form` is one of FORMATS; `place` is where she stands, which says what she sees."""
    title = _("考核通报：%s") % period.scheme.title
    params = {"period": period.pk, "place": place.pk, "format": form}
    return ask_for_job(kind="assessment_bulletin", title=title, owner=by, params=params)
