"""The trial: who would gain or lose. It writes effects and nothing else."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.domain.corrections.errors import CorrectionRefused
from quizzes.domain.corrections.finding import slices
from quizzes.domain.corrections.outcomes import judge_anew
from quizzes.domain.corrections.summary import count_effects
from quizzes.models import Correction, CorrectionEffect, CorrectionState

Progress = Callable[[int, int], None]
BEFORE_APPLYING = (CorrectionState.DRAFT, CorrectionState.PREVIEWED)


def preview(*, correction: Correction, report: Progress) -> dict[str, int]:
    """Try the correction on every attempt that holds the version; returns its summary.

    {"attempts": those handed in, "kept": of them, would fall and do not, "gain", "lose",
    "now_pass", "now_fail"}. It can be repeated, until the correction is applied.
    """
    if correction.state not in BEFORE_APPLYING:
        raise CorrectionRefused(_("这个更正已经开始或完成，不用再试算。"))
    correction.effects.all().delete()
    asked = kept = 0
    for attempts, done, total in slices(correction.version):
        outcomes = list(judge_anew(attempts.prefetch_related("quiz"), correction))
        _keep_effects(correction, [each for each in outcomes if each.changes_result])
        asked, kept = asked + len(outcomes), kept + sum(each.is_kept for each in outcomes)
        report(done, total)
    summary = {"attempts": asked, "kept": kept, **count_effects(correction)}
    # Applying may have begun meanwhile: then its own figures stand.
    Correction.objects.filter(pk=correction.pk, state__in=BEFORE_APPLYING).update(
        state=CorrectionState.PREVIEWED, summary=summary
    )
    correction.refresh_from_db()
    return summary


@transaction.atomic
def _keep_effects(correction: Correction, outcomes: list) -> None:
    locked = Correction.objects.select_for_update().get(pk=correction.pk)
    if locked.state not in BEFORE_APPLYING:
        raise CorrectionRefused(_("更正已经开始，试算停了下来。"))
    effects = [each.as_effect(correction) for each in outcomes]
    # Two trials at once find the same.
    CorrectionEffect.objects.bulk_create(effects, ignore_conflicts=True)
