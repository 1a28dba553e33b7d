"""Steps of the tests of corrections."""

from django.utils import timezone

from quizzes.domain.corrections import (
    apply,
    draft_correction,
    preview,
    read_key,
)
from quizzes.models import (
    Attempt,
    Correction,
)
from quizzes.question_types.base import Authoring
from quizzes.question_types.registry import get_type
from tests.factories import make_member
from tests.quizzes.sitting import ignore

# The key is B; the first question turns out to be C.
A, B, C = ["a"], ["b"], ["c"]


def write(question, right="C", **fields) -> Correction:
    """A correction of the current version; `right=None` strikes the question."""
    version = question.current
    question_type = get_type(version.type)
    spec = question_type.from_data(version.data)
    options = question_type.authoring(spec, version.stem).options
    data = right and read_key(version=version, authoring=Authoring(version.stem, options, (right,)))
    fields = {"reason": "法条修订", "keeps_higher": False, "by": make_member()} | fields
    return draft_correction(version=version, data=data, **fields)


def run(correction, now=None) -> Correction:
    preview(correction=correction, report=ignore)
    return apply(correction=correction, report=ignore, now=now or timezone.now())


def scores() -> list[int | None]:
    return list(Attempt.objects.order_by("pk").values_list("score_bp", flat=True))
