"""What a version says today: an applied correction stands in for the key it was made with."""

from collections.abc import Iterable
from dataclasses import replace

from quizzes.models import Correction, QuestionVersion

from .versions import wording_of
from .wording import Wording


def wording_in_force(version: QuestionVersion) -> Wording | None:
    """The version's wording with the key that counts today; None when it was struck.

    What was corrected in a later version that says the same is corrected here as well. A wording
    that was filed after a correction was meant so, and stays.
    """
    wording, is_struck = wording_of(version), False
    applied = Correction.objects.filter(
        version__question=version.question_id, applied_at__isnull=False
    )
    for each in applied.select_related("version").order_by("applied_at", "pk"):
        is_later = each.applied_at >= version.created_at
        if each.version_id == version.pk or (is_later and _says_same(each.version, wording)):
            is_struck = each.is_void
            wording = wording if is_struck else replace(wording, data=each.data)
    return None if is_struck else wording


def struck_among(version_ids: Iterable[int]) -> set[int]:
    """Those of the versions that were struck, and not corrected since."""
    applied = Correction.objects.filter(version__in=version_ids, applied_at__isnull=False)
    rows = applied.order_by("applied_at", "pk").values_list("version_id", "is_void")
    return {pk for pk, is_void in dict(rows).items() if is_void}


def _says_same(version: QuestionVersion, wording: Wording) -> bool:
    said = (version.type, version.stem, version.data)
    return said == (wording.type, wording.stem, wording.data)
