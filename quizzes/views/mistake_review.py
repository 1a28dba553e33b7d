"""Reviewing five questions of the 错题本, one per screen; all without JavaScript."""

from collections.abc import Collection
from datetime import datetime
from random import SystemRandom

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.converters import read_number
from members.kept_posts import post_after_sign_in
from quizzes.domain.attempts.in_hand import questions_in_hand
from quizzes.domain.in_force import wording_in_force
from quizzes.domain.mistakes import (
    RUN_LENGTH,
    CardNotFound,
    Run,
    Step,
    Verdict,
    judge,
    make_cards,
    plan_run,
    record_review,
)
from quizzes.models import QuestionVersion, ReviewCard
from quizzes.queries_explain import explanation_link
from quizzes.queries_mistakes import count_cards, due_cards, question_tools, state_text
from quizzes.question_types.registry import get_type
from quizzes.rendering import render_asked
from quizzes.views.mistakes import read_point
from quizzes.views.reading import read_places

SESSION_KEY = "mistakes_run"
# What one answer may take up in her session.
MAX_VALUES, MAX_LENGTH = 100, 2000


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def review(request):
    """POST begins five more; GET shows where she is."""
    if request.method == "POST":
        return begin(request)
    run = load_run(request)
    if run is None:
        return redirect("quizzes:mistakes")
    length = len(run.steps)
    version = skip_to_askable(run, held=questions_in_hand(request.user.pk))
    if len(run.steps) != length:
        save_run(request, run)
    if version is None:
        return show_summary(request, run)
    if run.current.response is None:
        return show_question(request, run, version)
    return show_answered(request, run, version)


def begin(request):
    now, point = timezone.now(), read_point(request.POST)
    make_cards(now=now, member_id=request.user.pk)
    run = plan_run(
        due_cards(request.user, now, point=point)[:RUN_LENGTH], point=point, rng=SystemRandom()
    )
    if not run.steps:
        messages.info(request, _("现在没有该复习的题，过些时候再来。"))
        return redirect("quizzes:mistakes")
    save_run(request, run)
    return redirect("quizzes:review")


def load_run(request) -> Run | None:
    """None without one; one that an older release of the site wrote is forgotten."""
    try:
        return Run.from_data(request.session[SESSION_KEY])
    except (KeyError, TypeError):
        return None


def save_run(request, run: Run) -> None:
    request.session[SESSION_KEY] = run.to_data()


def skip_to_askable(run: Run, *, held: Collection[int]) -> QuestionVersion | None:
    """The version that the run is at. What was retired or removed since it began is left out, and
    what stands in an exam that was begun since: `held` are its questions.
    """
    versions = QuestionVersion.objects.select_related("question__explained_by")
    while step := run.current:
        version = versions.filter(pk=step.version_id).first()
        is_known = version is not None and version.question_id not in held
        if is_known and (step.response is not None or not version.question.is_retired):
            return version
        run.steps.remove(step)
    return None


def show_question(request, run: Run, version: QuestionVersion):
    asked = render_asked(version, run.current.layout)
    context = run_facts(run) | {
        "kind_label": get_type(version.type).label,
        "stem": asked.stem,
        "inputs": asked.inputs,
        "scripts": asked.scripts,
    }
    return render(request, "pages/mistakes/question.html", context)


def show_answered(request, run: Run, version: QuestionVersion):
    """Right or wrong, the key and the explanation: only now does any of it leave the server."""
    question_type, step = get_type(version.type), run.current
    # A correction may have come since she answered.
    spec = question_type.from_data((wording_in_force(version) or version).data)
    card = ReviewCard.objects.filter(pk=step.card_id, member=request.user).first()
    answered = {
        "kind_label": question_type.label,
        "stem": version.stem,
        "template": question_type.review_template,
        "q": question_type.review(spec, step.layout, step.response),
        "verdict": step.verdict,
        "explanation": version.explanation,
        "link": explanation_link(version.question),
        "comes_back": state_text(card, timezone.now()) if card and step.is_settled else "",
    }
    context = run_facts(run) | {
        "answered": answered,
        "tools": question_tools(request.user, [version])[version.pk],
    }
    return render(request, "pages/mistakes/answered.html", context)


def show_summary(request, run: Run):
    now = timezone.now()
    ids = [step.card_id for step in run.steps]
    cards = ReviewCard.objects.select_related("question__current").filter(member=request.user)
    by_id = cards.in_bulk(ids)
    rows = [
        summary_row(step, by_id[step.card_id], now) for step in run.steps if step.card_id in by_id
    ]
    context = {
        "rows": rows,
        "right_count": sum(row["is_right"] for row in rows),
        "retired_count": sum(row["is_retired"] for row in rows),
        "more": min(RUN_LENGTH, count_cards(request.user, now, point=run.point).due),
        "point": run.point,
        "tab": "quizzes",
    }
    return render(request, "pages/mistakes/summary.html", context)


def summary_row(step: Step, card: ReviewCard, now: datetime) -> dict:
    return {
        "stem": card.question.current.stem,
        "is_right": step.verdict == Verdict.RIGHT,
        "is_retired": card.retired_at is not None,
        "state_text": state_text(card, now),
    }


def run_facts(run: Run) -> dict:
    return {
        "number": run.place + 1,
        "total": len(run.steps),
        "is_last": run.place + 1 == len(run.steps),
        "card_id": run.current.card_id,
        "steps": [
            {"is_done": place < run.place, "is_current": place == run.place}
            for place in range(len(run.steps))
        ],
        "tab": "quizzes",
    }


def asked_step(request) -> tuple[Run | None, Step | None]:
    """Her run, and its current step if the posted form belongs to it: a second press does not."""
    run = load_run(request)
    step = run.current if run else None
    is_hers = step is not None and step.card_id == read_number(request.POST.get("card", ""))
    return run, step if is_hers else None


@post_after_sign_in("quizzes:review")
def review_answer(request):
    run, step = asked_step(request)
    version = QuestionVersion.objects.filter(pk=step.version_id).first() if step else None
    if version is None or step.response is not None:
        return redirect("quizzes:review")
    gives_up = request.POST.get("go") == "show"
    judgement = judge(version, [] if gives_up else read_values(request.POST))
    if judgement.is_empty and not gives_up:
        messages.info(request, _("还没有作答。想不起来没关系，点“想不起来”看答案。"))
        return redirect("quizzes:review")
    step.response, step.verdict = judgement.response, judgement.verdict
    settle(request, step)
    save_run(request, run)
    return redirect("quizzes:review")


@post_after_sign_in("quizzes:review")
def review_judge(request):
    """What she says herself of an answer that only a person can judge."""
    run, step = asked_step(request)
    if step is not None and step.verdict == Verdict.HERS_TO_SAY:
        step.verdict = Verdict.RIGHT if request.POST.get("right") == "1" else Verdict.WRONG
        settle(request, step)
        save_run(request, run)
    return redirect("quizzes:review")


@post_after_sign_in("quizzes:review")
def review_next(request):
    run, step = asked_step(request)
    if step is not None and step.is_settled:
        run.place += 1
        save_run(request, run)
    return redirect("quizzes:review")


def settle(request, step: Step) -> None:
    """Write down what is clear. A card that is gone meanwhile needs nothing."""
    if not step.is_settled:
        return
    try:
        record_review(
            card_id=step.card_id,
            member=request.user,
            is_right=step.verdict == Verdict.RIGHT,
            last_reviewed_at=step.last_reviewed_at,
            now=timezone.now(),
        )
    except CardNotFound:
        return


def read_values(form) -> list[str]:
    values = read_places(form).get(None, [])
    return [value[:MAX_LENGTH] for value in values[:MAX_VALUES]]
