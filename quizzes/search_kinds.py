"""What the search knows about quizzes: their titles and summaries, never their questions."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.search.kinds import HOOK, SearchKind
from quizzes.models import QuizPage


@hooks.register(HOOK, order=400)
def quizzes():
    return [
        SearchKind(
            name="quiz",
            label=_("测验"),
            model=QuizPage,
            icon="pen",
            in_column=lambda column: QuizPage.objects.filter(column=column),
        )
    ]
