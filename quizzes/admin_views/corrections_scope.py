"""Whose corrections an editor may make and see: of her questions; names only in her scope."""

from federations.people import members_in_scope
from quizzes.admin_views.scope import edited_questions
from quizzes.models import Correction, CorrectionEffect, QuestionVersion


def edited_versions(user):
    return QuestionVersion.objects.filter(question__in=edited_questions(user))


def edited_corrections(user):
    return Correction.objects.filter(version__question__in=edited_questions(user))


def visible_effects(user, correction: Correction):
    """Effects on members in her scope; a superuser sees everybody's."""
    effects = CorrectionEffect.objects.filter(correction=correction)
    if user.is_superuser:
        return effects
    return effects.filter(attempt__member__in=members_in_scope(user))
