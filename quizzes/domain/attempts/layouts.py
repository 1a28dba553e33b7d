"""The layout of a new attempt: its questions, and the order of their options."""

from random import Random

from django.utils.translation import gettext as _

from quizzes.domain.attempts.drawing import TooFewQuestions, draw
from quizzes.domain.attempts.errors import AttemptRefused
from quizzes.domain.attempts.pools import read_pools
from quizzes.models import QuestionVersion, QuizPage
from quizzes.question_types.registry import get_type
from quizzes.specs import spec_of


def make_layout(*, quiz: QuizPage, seen: list[list[dict]], seed: int) -> list[dict]:
    """Attempt.layout; `seen` holds the layouts of her last attempts, newest first.

    Raises AttemptRefused when there are no questions, or fewer than the quiz asks for.
    """
    rng = Random(seed)  # noqa: S311 - the draw must be repeatable, it guards nothing
    pools = read_pools(quiz)
    if not pools:
        raise AttemptRefused(_("这份测验还没有试题，请过些时候再来。"))
    memory = [[place["v"] for place in layout] for layout in seen]
    try:
        chosen = draw(pools=pools, seen=memory, rng=rng)
    except TooFewQuestions:
        raise AttemptRefused(_("题库里的题不够抽，请联系出题的妇联补充试题。")) from None
    # A ladder keeps its order: it is meant to grow harder.
    if quiz.shuffles_questions and not quiz.rules.ends_on_miss:
        rng.shuffle(chosen)
    needed = QuestionVersion.objects.only("type", "data", "created_at")
    versions = needed.in_bulk(pk for pk, _points in chosen)
    return [_lay_out(versions[pk], points, rng, quiz.shuffles) for pk, points in chosen]


def _lay_out(version: QuestionVersion, points: int, rng: Random, shuffle: bool) -> dict:
    order = get_type(version.type).layout(spec_of(version), rng, shuffle)
    place = {"v": version.pk, "o": order}
    return place if points == 1 else place | {"p": points}
