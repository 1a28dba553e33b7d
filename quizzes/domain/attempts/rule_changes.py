"""Another rule for the score that counts: everybody's scores at the quiz are counted anew."""

from django.utils.translation import gettext as _

from federations.domain.jobs import ask_for_job
from federations.models import Job
from members.models import Member
from quizzes.models import Attempt, AttemptState, CountedRule, QuizPage


def ask_for_recount(*, quiz: QuizPage, by: Member | None) -> Job | None:
    """A published quiz counts by its rule. Returns the job where that is another than before.

    A quiz that is seen here for the first time, with attempts, is counted: it changes nothing where
    nothing was changed. The job is `by`'s, else the page's owner's; without either nobody has ever
    worked on the quiz by hand.
    """
    rule, is_new = CountedRule.objects.get_or_create(
        quiz=quiz, defaults={"kept_score": quiz.kept_score}
    )
    is_due = _handed_in(quiz).exists() if is_new else rule.kept_score != quiz.kept_score
    owner = by or quiz.owner
    if not is_due or owner is None:
        return None
    title = _("重新计算成绩：%s") % quiz.title
    return ask_for_job(kind="recount_quiz", title=title, owner=owner, params={"quiz": quiz.pk})


def note_recounted(*, quiz: QuizPage) -> None:
    CountedRule.objects.update_or_create(quiz=quiz, defaults={"kept_score": quiz.kept_score})


def members_to_recount(quiz: QuizPage) -> list[int]:
    """Ids of those who have handed in."""
    return list(_handed_in(quiz).order_by("member").values_list("member", flat=True).distinct())


def _handed_in(quiz: QuizPage):
    return Attempt.objects.filter(quiz=quiz, state=AttemptState.SUBMITTED)
