"""What quizzes hold in drafts that are not published: no foreign key protects it."""

from quizzes.models import QuizPage


def is_bank_drafted(bank_id: int) -> bool:
    return _is_drafted("draws", "bank", bank_id)


def is_question_drafted(question_id: int) -> bool:
    return _is_drafted("fixed_questions", "question", question_id)


def _is_drafted(relation: str, key: str, pk: int) -> bool:
    """Looked through here, because SQLite cannot ask whether a list contains something."""
    drafts = QuizPage.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    rows = drafts.values_list(f"latest_revision__content__{relation}", flat=True)
    return any(each.get(key) == pk for row in rows.iterator() for each in row or [])
