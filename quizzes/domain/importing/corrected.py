"""Keys that a correction has replaced: an old file must not bring them back."""

from collections.abc import Iterable

from quizzes.domain.wording import Wording
from quizzes.models import Correction, Question

from .writing import batches


def find_replaced_keys(questions: Iterable[Question]) -> dict[int, frozenset[str]]:
    """By question id: `Wording.key` of what applied corrections found to be wrong."""
    keys: dict[int, list[str]] = {}
    for wanted in batches(question.pk for question in questions):
        applied = Correction.objects.filter(
            version__question__in=wanted, applied_at__isnull=False, is_void=False
        )
        for each in applied.select_related("version").order_by("applied_at", "pk"):
            version = each.version
            said = (version.data, each.data)
            keys.setdefault(version.question_id, []).extend(
                Wording(version.type, version.stem, data).key for data in said
            )
    # The last one is in force, even if it was replaced once itself.
    return {pk: frozenset(said) - {said[-1]} for pk, said in keys.items()}
