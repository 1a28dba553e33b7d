"""A reported question as the member who reports it saw it."""

from quizzes.domain.corrections.finding import HoldsVersion
from quizzes.models import Attempt, QuestionReport


def order_seen(report: QuestionReport) -> list[str]:
    """The ids of the options in the order of her latest attempt that holds the version; empty when
    she never had it in an attempt.

    When she reviews a missed question it is shuffled anew, and that order is not kept.
    """
    attempts = Attempt.objects.filter(
        HoldsVersion(report.version_id),
        member=report.member_id,
        started_at__lte=report.made_at,
    )
    latest = attempts.order_by("-started_at").values_list("layout", flat=True).first()
    return next((place["o"] for place in latest or () if place["v"] == report.version_id), [])
