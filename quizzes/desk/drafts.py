"""What quizzes hold in drafts that are not published: no foreign key protects it."""

from quizzes.models import QuizPage


def is_bank_drafted(bank_id: int) -> bool:
    return bool(_drafting("draws", "bank", bank_id))


def is_question_drafted(question_id: int) -> bool:
    return bool(drafting_quizzes(question_id))


def drafting_quizzes(question_id: int) -> list[int]:
    """Quizzes whose unpublished draft holds the question as a fixed one."""
    return _drafting("fixed_questions", "question", question_id)


def _drafting(relation: str, key: str, pk: int) -> list[int]:
    """Looked through here, because SQLite cannot ask whether a list contains something."""
    drafts = QuizPage.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    rows = drafts.values_list("pk", f"latest_revision__content__{relation}")
    return [
        quiz_id
        for quiz_id, held in rows.iterator()
        if any(each.get(key) == pk for each in held or [])
    ]
