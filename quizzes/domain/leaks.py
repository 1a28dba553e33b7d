"""Ways in which the rules of quizzes, each harmless alone, tell a key before it should be known."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from quizzes.models import Question, QuizPage, ReviewPart, ReviewPhase
from quizzes.modes import MODES

JUDGED_AT_ONCE = [key for key, mode in MODES.items() if mode.checks_at_once]
WHILE_OPEN = (ReviewPhase.RIGHT_AFTER, ReviewPhase.LATER)
# As many titles as a message names.
NAMED = 3


def find_leaks(quiz: QuizPage) -> list[str]:
    """What an editor should know of the quiz as she has it, saved or not; in Chinese."""
    if quiz.rules.checks_at_once:
        return []
    return [each for each in (_warn_of_second_try(quiz), _warn_of_practice(quiz)) if each]


def _warn_of_second_try(quiz: QuizPage) -> str:
    is_once = not quiz.rules.keeps_limits or quiz.attempts_allowed == 1
    if is_once or not any(ReviewPart.ANSWERS in quiz.review_parts(each) for each in WHILE_OPEN):
        return ""
    return _(
        "这份测验可以答不止一次，截止前就能看到正确答案：答完一次的人带着答案再答，也会说给别人。"
        "要考真成绩，请把可答次数改成 1，或者只在截止后公布正确答案。"
    )


def _warn_of_practice(quiz: QuizPage) -> str:
    if not _hides_keys(quiz):
        return ""
    titles = [each.title for each in _sharing(quiz) if _tells_keys(each)]
    titles += [each.title for each in _lessons_asking(quiz)]
    if not titles:
        return ""
    return _(
        "%s里有同样的题，当场就能看到答案，答这份测验之前就能知道。要保密，请换题，或者先把它下架。"
    ) % _name(titles)


def _name(titles: list[str]) -> str:
    names = "、".join(f"“{title}”" for title in titles[:NAMED])
    return names if len(titles) <= NAMED else _("%s等") % names


def warn_of_checks(question_ids: Collection[int], now: datetime) -> str:
    """For the editor of a lesson that asks these questions and shows their keys at once: live
    quizzes that can ask one of them and still hide its key. Empty when there is none."""
    banks = Question.objects.filter(pk__in=question_ids).values("bank")
    same = Q(fixed_questions__question__in=question_ids) | Q(draws__bank__in=banks)
    others = QuizPage.objects.live().filter(same).exclude(mode__in=JUDGED_AT_ONCE)
    others = others.exclude(closes_at__lt=now).distinct().order_by("path")
    titles = [each.title for each in others if _hides_keys(each)]
    if not titles:
        return ""
    return _(
        "这一课的自测题当场就能看到答案，可是%s先不公布答案，会考到同样的题。要保密，请换自测题。"
    ) % _name(titles)


def _hides_keys(quiz: QuizPage) -> bool:
    return not all(ReviewPart.ANSWERS in quiz.review_parts(each) for each in WHILE_OPEN)


def _lessons_asking(quiz: QuizPage) -> PageQuerySet:
    """Live lessons with a question of this quiz below them, whose key they show at once."""
    fixed = [each.question_id for each in quiz.fixed_questions.all()]
    drawn_from = {each.bank_id for each in quiz.draws.all()}
    same = Q(lessonpage__checks__question__in=fixed)
    same |= Q(lessonpage__checks__question__bank__in=drawn_from)
    return Page.objects.live().filter(same).distinct().order_by("path")


def _tells_keys(quiz: QuizPage) -> bool:
    return ReviewPart.ANSWERS in quiz.review_parts(ReviewPhase.DURING)


def _sharing(quiz: QuizPage):
    """Live quizzes that judge at once and can ask a question of this one."""
    fixed = [each.question for each in quiz.fixed_questions.all()]
    drawn_from = {each.bank_id for each in quiz.draws.all()}
    same = Q(fixed_questions__question__in=[question.pk for question in fixed])
    same |= Q(fixed_questions__question__bank__in=drawn_from)
    same |= Q(draws__bank__in=drawn_from | {question.bank_id for question in fixed})
    others = QuizPage.objects.live().filter(same, mode__in=JUDGED_AT_ONCE).exclude(pk=quiz.pk)
    return others.distinct().order_by("path")
