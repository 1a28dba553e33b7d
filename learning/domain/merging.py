"""What two accounts of one person have learned becomes one record.

Called inside `merge_accounts`, which holds the members. The ledger is only added to: the next fold
brings both accounts' entries to what their progress earns, so nothing is paid twice.
"""

from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from federations.domain.merging import move_rows
from learning.domain.outcomes import mark_outcomes
from learning.models import (
    Certificate,
    FavouritePage,
    Growth,
    Progress,
    RankingConsent,
    ScoreStep,
)


def merge_learning(kept: int, gone: int, now: datetime) -> None:
    """`kept` and `gone` are members' ids."""
    _join_progress(kept, gone, now)
    move_rows(FavouritePage.objects, kept=kept, gone=gone, beside=["page"])
    _move_certificates(kept, gone, now)
    _join_growth(kept, gone)
    # To be seen she agrees with the account that stays, or not at all.
    RankingConsent.objects.filter(member=gone).delete()
    mark_outcomes(member_ids=[kept, gone], now=now)


def count_finished(member_ids: list[int]) -> tuple[str, dict[int, int]]:
    """(label, finished pages by member id), for the page that shows both accounts."""
    finished = Progress.objects.filter(member__in=member_ids, completed_at__isnull=False)
    counts = finished.order_by().values_list("member").annotate(count=Count("pk"))
    return _("学完的内容"), dict(counts)


def _join_progress(kept: int, gone: int, now: datetime) -> None:
    """Of a page that both have begun, the earlier moments and the better score count."""
    rows = Progress.objects.select_for_update(no_key=True).filter(member__in=[kept, gone])
    by_page: dict[int, dict[int, Progress]] = {}
    for row in rows.order_by("page_id", "member_id"):
        by_page.setdefault(row.page_id, {})[row.member_id] = row
    both = {page: pair for page, pair in by_page.items() if len(pair) == 2}
    for pair in both.values():
        _join(pair[kept], pair[gone], now)
    _join_steps(kept, gone, list(both))
    Progress.objects.filter(member=gone, page__in=both).delete()
    move_rows(Progress.objects, kept=kept, gone=gone)


def _join(own: Progress, other: Progress, now: datetime) -> None:
    if other.completed_at and (not own.completed_at or other.completed_at < own.completed_at):
        own.seconds = other.seconds if other.seconds is not None else own.seconds
    for name in ("started_at", "completed_at", "handed_in_at", "passed_at"):
        setattr(own, name, _first(getattr(own, name), getattr(other, name)))
    scores = [each.best_score_bp for each in (own, other) if each.best_score_bp is not None]
    own.best_score_bp = max(scores, default=None)
    own.updated_at = now
    own.save()


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((each for each in (one, other) if each), default=None)


def _join_steps(kept: int, gone: int, pages: list[int]) -> None:
    """Told anew where both have scores: a step is kept where it is better than all before.

    A quiz whose kept score is another rule's is recounted by its own app afterwards.
    """
    steps = ScoreStep.objects.filter(member__in=[kept, gone], page__in=pages)
    best: dict[int, int] = {}
    told = []
    for step in steps.order_by("reached_at", "pk"):
        if step.score_bp > best.get(step.page_id, -1):
            best[step.page_id] = step.score_bp
            told.append(
                ScoreStep(
                    member_id=kept,
                    page_id=step.page_id,
                    score_bp=step.score_bp,
                    reached_at=step.reached_at,
                )
            )
    steps.delete()
    ScoreStep.objects.bulk_create(told, batch_size=500)
    move_rows(ScoreStep.objects, kept=kept, gone=gone)


def _move_certificates(kept: int, gone: int, now: datetime) -> None:
    """Numbers stay good. Of two current ones for the same thing the later counts as replaced."""
    current = Certificate.objects.filter(member__in=[kept, gone], replaced_at=None)
    first: dict[tuple, Certificate] = {}
    for each in current.order_by("issued_at", "pk"):
        if first.setdefault((each.plan_id, each.page_id), each) is not each:
            Certificate.objects.filter(pk=each.pk).update(replaced_at=now)
    move_rows(Certificate.objects, kept=kept, gone=gone)


def _join_growth(kept: int, gone: int) -> None:
    """The higher figures of both; lessons are counted anew by the fold."""
    other = Growth.objects.filter(member=gone).first()
    if other is None:
        return
    own, is_new = Growth.objects.get_or_create(
        member_id=kept,
        defaults={name: getattr(other, name) for name in GROWTH},
    )
    if not is_new:
        for name in ("lessons", "mastered"):
            setattr(own, name, max(getattr(own, name), getattr(other, name)))
        if other.stage > own.stage:
            own.stage, own.reached_at = other.stage, other.reached_at
        own.save()
    other.delete()


GROWTH = ("lessons", "mastered", "stage", "reached_at")
