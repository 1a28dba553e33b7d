"""Which questions an attempt holds, and in what order their options stand."""

from collections import defaultdict
from random import Random

from django.utils.translation import gettext as _

from quizzes.domain.attempts.errors import AttemptRefused
from quizzes.models import Question, QuestionVersion, QuizPage
from quizzes.question_types.registry import get_type


def draw_layout(*, quiz: QuizPage, rng: Random) -> list[dict]:
    """Attempt.layout: the fixed questions, then each draw; no question comes twice.

    Raises AttemptRefused when a bank has become too small for its draw.
    """
    chosen = choose_versions(quiz=quiz, rng=rng)
    versions = QuestionVersion.objects.in_bulk(chosen)
    return [_lay_out(versions[pk], rng=rng, shuffle=quiz.shuffles) for pk in chosen]


def _lay_out(version: QuestionVersion, *, rng: Random, shuffle: bool) -> dict:
    question_type = get_type(version.type)
    spec = question_type.from_data(version.data)
    return {"v": version.pk, "o": question_type.layout(spec, rng, shuffle)}


def choose_versions(*, quiz: QuizPage, rng: Random) -> list[int]:
    in_use = Question.objects.filter(is_retired=False, current__isnull=False)
    fixed = in_use.filter(quiz_uses__quiz=quiz).order_by("quiz_uses__sort_order")
    chosen = list(fixed.values_list("current_id", flat=True))
    draws = list(quiz.draws.all())
    candidates = defaultdict(list)
    pool = in_use.filter(bank__in=[draw.bank_id for draw in draws]).order_by("pk")
    for bank_id, version_id in pool.values_list("bank_id", "current_id"):
        candidates[bank_id].append(version_id)
    for draw in draws:
        taken = set(chosen)
        free = [pk for pk in candidates[draw.bank_id] if pk not in taken]
        if len(free) < draw.count:
            raise AttemptRefused(_("题库里的题不够抽，请联系出题的妇联补充试题。"))
        chosen += rng.sample(free, draw.count)
    if not chosen:
        raise AttemptRefused(_("这份测验还没有试题，请过些时候再来。"))
    return chosen
