"""Which banks, and so which questions, an editor meets in the admin: those of her federation."""

from django.db.models import Q, QuerySet

from federations.admin_views.editing import EditingPolicy
from federations.admin_views.policies import held_roles
from federations.editing import is_editor, within_edited
from federations.models import StaffRoleType
from federations.scope import staff_places, within_paths
from quizzes.models import Question, QuestionBank, ReviewStage

BANK_POLICY = EditingPolicy(QuestionBank)
QUESTION_POLICY = EditingPolicy(Question)
REVIEWERS = (StaffRoleType.REVIEWER,)


def edited_banks(user) -> QuerySet[QuestionBank]:
    if not is_editor(user):
        return QuestionBank.objects.none()
    return QuestionBank.objects.filter(within_edited(user, "federation"))


def edited_questions(user) -> QuerySet[Question]:
    if not is_editor(user):
        return Question.objects.none()
    return Question.objects.filter(within_edited(user, "bank__federation"))


def usable_questions(user) -> QuerySet[Question]:
    """Those that a quiz may hold: reviewed, where reviews are asked for, and not retired."""
    return edited_questions(user).filter(current__isnull=False, is_retired=False)


def reviewed_questions(user) -> QuerySet[Question]:
    """Questions that wait for a review by somebody with the user's role 审核."""
    waiting = Question.objects.filter(proposed__stage__gt=ReviewStage.NONE, is_retired=False)
    return waiting.filter(within_reviewed(user))


def within_reviewed(user) -> Q:
    """What belongs to the whole platform is reviewed by the province's reviewers."""
    if user.is_superuser:
        return Q()
    places = staff_places(user, roles=REVIEWERS) if user.is_active else []
    if any(place.is_root() for place in places):
        return Q()
    return within_paths("bank__federation__path", [place.path for place in places])


def is_reviewer(user) -> bool:
    """Asked by the menu on every page, so by what is read once per request."""
    return user.is_superuser or (user.is_active and not held_roles(user).isdisjoint(REVIEWERS))
