"""Which banks, and so which questions, an editor meets in the admin: those of her federation."""

from federations.admin_views.editing import EditingPolicy
from federations.editing import is_editor, within_edited
from quizzes.models import Question, QuestionBank

BANK_POLICY = EditingPolicy(QuestionBank)
QUESTION_POLICY = EditingPolicy(Question)


def edited_banks(user):
    if not is_editor(user):
        return QuestionBank.objects.none()
    return QuestionBank.objects.filter(within_edited(user, "federation"))


def edited_questions(user):
    if not is_editor(user):
        return Question.objects.none()
    return Question.objects.filter(within_edited(user, "bank__federation"))
