"""Telling members that their result changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from members.domain.notices import tell
from quizzes.domain.corrections.outcomes import Outcome
from quizzes.models import Correction, QuizPage
from quizzes.wording import score_text

# Of a notice's 200 characters.
TITLE_LENGTH = 60


def tell_members(*, outcomes: Iterable[Outcome], correction: Correction, now: datetime) -> None:
    """One notice for each member and quiz, about the first of her attempts that changed.

    Call it before the effects of these outcomes are kept: those that are there were told of.
    """
    changed = [each for each in outcomes if each.attempt.score_bp != each.after["score_bp"]]
    told = _told_before(correction, {each.attempt.member_id for each in changed})
    alike: dict[tuple[QuizPage, str], list[int]] = defaultdict(list)
    for outcome in changed:
        attempt = outcome.attempt
        if (attempt.member_id, attempt.quiz_id) not in told:
            told.add((attempt.member_id, attempt.quiz_id))
            alike[attempt.quiz, _describe(outcome)].append(attempt.member_id)
    urls = {quiz: quiz.url or "" for quiz, _text in alike}
    for (quiz, text), member_ids in alike.items():
        tell(member_ids=member_ids, text=text, url=urls[quiz], now=now)


def _told_before(correction: Correction, member_ids: set[int]) -> set[tuple[int, int]]:
    effects = correction.effects.filter(attempt__member__in=member_ids)
    return set(effects.values_list("attempt__member_id", "attempt__quiz_id"))


def _describe(outcome: Outcome) -> str:
    attempt, after = outcome.attempt, outcome.after
    facts = {
        "quiz": attempt.quiz.title[:TITLE_LENGTH],
        "number": attempt.number,
        "before": "" if attempt.score_bp is None else score_text(attempt.score_bp),
        "after": "" if after["score_bp"] is None else score_text(after["score_bp"]),
    }
    if not facts["before"] or not facts["after"]:
        return _("《%(quiz)s》有一道题更正了，你第 %(number)d 次的答卷已经重新判过。") % facts
    text = _("《%(quiz)s》有一道题更正了，你第 %(number)d 次的成绩由 %(before)s改为 %(after)s。")
    return text % facts + _describe_flip(outcome)


def _describe_flip(outcome: Outcome) -> str:
    had_passed, has_passed = outcome.attempt.has_passed, outcome.after["has_passed"]
    if bool(had_passed) == bool(has_passed):
        return ""
    return _("恭喜，已经及格。") if has_passed else _("现在没有及格，可以再答一次。")
