from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from quizzes.mistake_context import mistakes_context
from quizzes.queries import quiz_cards, quizzes_for


@require_safe
def index(request):
    """Every quiz that she may open."""
    cards = quiz_cards(request.user, quizzes_for(request.user), timezone.now())
    context = {"quizzes": cards, "tab": "quizzes"} | mistakes_context(request)
    return render(request, "pages/quizzes/quiz_index.html", context)
