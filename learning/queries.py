"""What a member has learned, shaped for her own page. Her plans: queries_plans."""

from django.db.models import Count, Q

from learning.domain.page_types import LESSON, type_id
from learning.models import Progress


def completed_pages(member, page_ids) -> set[int]:
    """Those of the pages that she has finished."""
    finished = Progress.objects.filter(member=member, page__in=page_ids, completed_at__isnull=False)
    return set(finished.values_list("page_id", flat=True))


def learner_stats(member) -> dict:
    """Counts only: which scores may be shown, the apps above know."""
    rows = Progress.objects.filter(member=member, completed_at__isnull=False)
    return rows.aggregate(
        lessons_done=Count("pk", filter=Q(page__content_type=type_id(LESSON))),
        quizzes_done=Count("pk", filter=Q(handed_in_at__isnull=False)),
    )
