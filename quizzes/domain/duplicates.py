"""Questions that are filed twice: within one bank the database forbids it, across banks nobody."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from quizzes.grading import fold_text
from quizzes.models import Question

from .fingerprint import fold_wording


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Questions with one stem; `is_exact`: with the same options, too."""

    question_ids: tuple[int, ...]
    is_exact: bool


def find_duplicates(questions: QuerySet[Question]) -> list[DuplicateGroup]:
    """Groups of two and more by folded stem; those of equal questions first, then the largest.

    One query, which reads every stem: about a second for 100,000 questions.
    """
    stem = Coalesce("current__stem", "proposed__stem")
    by_stem: dict[str, list[tuple[int, str]]] = defaultdict(list)
    rows = questions.order_by("pk").values_list("pk", "fingerprint", stem)
    for pk, fingerprint, text in rows.iterator():
        by_stem[fold_wording(text or "") or fold_text(text or "")].append((pk, fingerprint))
    groups = [_make_group(rows) for rows in by_stem.values() if len(rows) > 1]
    return sorted(groups, key=lambda each: (not each.is_exact, -len(each.question_ids)))


def _make_group(rows: list[tuple[int, str]]) -> DuplicateGroup:
    prints = [fingerprint for _pk, fingerprint in rows]
    return DuplicateGroup(tuple(pk for pk, _print in rows), len(set(prints)) < len(prints))
