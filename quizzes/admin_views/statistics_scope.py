"""Whose figures an editor may see: quizzes of her federation and below, members in her scope."""

from federations.editing import is_editor, within_edited
from federations.people import members_in_scope
from quizzes.models import Attempt, QuizPage


def analysed_quizzes(user):
    if not is_editor(user):
        return QuizPage.objects.none()
    return QuizPage.objects.filter(within_edited(user, "federation"))


def visible_attempts(user, quiz: QuizPage):
    """The quiz's attempts of members in her scope; a superuser sees everybody's."""
    attempts = Attempt.objects.filter(quiz=quiz)
    if user.is_superuser:
        return attempts
    return attempts.filter(member__in=members_in_scope(user))
