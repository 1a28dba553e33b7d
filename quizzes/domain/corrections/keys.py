"""The key of a version: what it is now, and a right one that leaves the wording alone."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from quizzes.models import Correction, QuestionVersion
from quizzes.question_types.base import Authoring, QuestionError
from quizzes.question_types.registry import get_type


def key_in_force(version: QuestionVersion) -> dict[str, Any]:
    """The data by which the version is graded today: the last applied correction's, or its own."""
    applied = Correction.objects.filter(version=version, is_void=False, applied_at__isnull=False)
    last = applied.order_by("-applied_at", "-pk").first()
    return last.data if last else version.data


def key_before(correction: Correction) -> dict[str, Any] | None:
    """The data that counted before the correction was applied, or counts today where it is not
    yet; None when the question was struck.
    """
    applied = Correction.objects.filter(version=correction.version_id, applied_at__isnull=False)
    if correction.applied_at:
        same_moment = Q(applied_at=correction.applied_at, pk__lt=correction.pk)
        applied = applied.filter(Q(applied_at__lt=correction.applied_at) | same_moment)
    last = applied.order_by("-applied_at", "-pk").first()
    return last.data if last else correction.version.data


def read_key(*, version: QuestionVersion, authoring: Authoring) -> dict[str, Any]:
    """The version's data with the key of `authoring`, which must ask the same thing.

    Responses are kept as ids of options: the texts must stay, and their order, so that every id
    goes on meaning what the member chose. Raises QuestionError.
    """
    question_type = get_type(version.type)
    spec = question_type.parse(authoring)
    if question_type.texts(spec) != question_type.texts(question_type.from_data(version.data)):
        raise QuestionError(
            [_("更正只能改正确答案，题目和选项的文字要保持原样；不然请作废这道题。")]
        )
    return question_type.to_data(spec)
