"""What a member has learned, shaped for her own page. Her plans: queries_plans."""

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from learning.models import Progress


def learner_stats(member) -> dict:
    """Counts only: which scores may be shown, the apps above know."""
    rows = Progress.objects.filter(member=member, completed_at__isnull=False)
    return rows.aggregate(
        lessons_done=Count("pk", filter=Q(handed_in_at__isnull=True)),
        quizzes_done=Count("pk", filter=Q(handed_in_at__isnull=False)),
    )


def recent_records(member, limit: int = 10) -> list[dict]:
    rows = Progress.objects.filter(member=member, page__live=True).select_related("page")
    # A correction touches the row; she has not learned anything that day.
    rows = rows.annotate(learned_at=Coalesce("handed_in_at", "updated_at"))
    return [
        {
            "title": row.page.title,
            "url": row.page.url,
            "when": date_format(localtime(row.learned_at), "n月j日"),
            "text": _record_text(row),
        }
        for row in rows.order_by("-learned_at")[:limit]
    ]


def _record_text(row: Progress) -> str:
    if row.handed_in_at:
        return _("已交卷")
    return _("已学完") if row.completed_at else _("学习中")
