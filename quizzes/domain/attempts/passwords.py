"""The password of a quiz: said before the start, and not to be guessed."""

from datetime import datetime

from django.utils.translation import gettext as _

from members.domain.limits import Limit, LimitReached
from members.models import Member
from quizzes.domain.attempts.errors import AttemptRefused
from quizzes.domain.attempts.obstacles import is_password
from quizzes.models import QuizPage

TRIES = Limit("quiz-password", amount=10, seconds=600)


def check_password(*, quiz: QuizPage, member: Member, password: str, now: datetime) -> None:
    """Raises AttemptRefused for a wrong one, and for any after too many."""
    subject = f"{quiz.pk}:{member.pk}"
    try:
        left = TRIES.take(subject, now=now)
    except LimitReached as limit:
        minutes = -(-limit.wait // 60)
        raise AttemptRefused(_("口令试得太多了，请 %d 分钟后再试。") % minutes) from limit
    if is_password(quiz, password):
        TRIES.clear(subject)
        return
    if left:
        raise AttemptRefused(_("口令不对，请核对后再试。"))
    raise AttemptRefused(_("口令不对。已经试了很多次，请过 10 分钟再试，或者问一问出题的妇联。"))
