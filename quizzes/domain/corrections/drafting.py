"""Writing down what is to be corrected; nothing is graded yet."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from members.models import Member
from quizzes.domain.corrections.errors import CorrectionRefused
from quizzes.domain.corrections.keys import key_in_force
from quizzes.models import Correction, CorrectionState, QuestionVersion


@transaction.atomic
def draft_correction(
    *,
    version: QuestionVersion,
    data: dict[str, Any] | None,
    reason: str,
    keeps_higher: bool,
    by: Member,
) -> Correction:
    """Note a new key (`data`, see `read_key`) or, with None, that the question is struck.

    Raises CorrectionRefused while another one of this question is being applied, when the key is
    the same, and without a reason.
    """
    refuse_while_another_applies(version)
    if not reason.strip():
        raise CorrectionRefused(_("请写明更正的原因，执委和上级都会看到。"))
    if data is not None and data == key_in_force(version) and not _is_struck(version):
        raise CorrectionRefused(_("答案和现在的一样，不用更正。"))
    correction = Correction.objects.create(
        version=version,
        is_void=data is None,
        data=data,
        reason=reason.strip(),
        keeps_higher=keeps_higher,
        created_by=by,
    )
    log(version.question, "quizzes.correction.draft", user=by, data={"correction": correction.pk})
    return correction


def refuse_while_another_applies(version: QuestionVersion, *, but: int | None = None) -> None:
    running = Correction.objects.filter(
        version__question=version.question_id, state=CorrectionState.APPLYING
    )
    if running.exclude(pk=but).exists():
        raise CorrectionRefused(_("这道题的另一个更正正在进行，请等它完成再来。"))


def _is_struck(version: QuestionVersion) -> bool:
    applied = Correction.objects.filter(version=version, applied_at__isnull=False)
    last = applied.order_by("-applied_at", "-pk").first()
    return last is not None and last.is_void
