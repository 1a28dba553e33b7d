"""Self-check questions below a lesson: what the page shows of them, before and after she answers.

Her answers lie in her session: they are for herself, and the next sitting begins anew.
"""

from collections.abc import Collection

from django.utils.translation import gettext as _
from wagtail import hooks

from members.converters import read_number
from members.prepared import Prepared
from quizzes.check_tokens import Put, make_token
from quizzes.domain.attempts.in_hand import questions_in_hand
from quizzes.domain.in_force import wording_in_force
from quizzes.domain.mistakes import Judgement
from quizzes.domain.self_check import lay_out_for
from quizzes.models import Question, QuestionVersion
from quizzes.queries_explain import explanation_link
from quizzes.question_types.registry import get_type
from quizzes.rendering import render_asked, render_review

SESSION_KEY = "lesson_checks"
# The latest ones; a session is read with every request.
MAX_KEPT = 30
MAX_LENGTH = 2000

_ANY = Prepared(
    lambda page: Question.objects.filter(lesson_checks__lesson=page).values_list("pk")[:1], page=int
)


@hooks.register("page_context:courses.lessonpage")
def checks_context(page, request):
    """One query where a lesson has no questions."""
    if not getattr(request, "is_preview", False) and not _ANY.rows(page=page.pk):
        return {}
    checks = page.checks.select_related("question__current", "question__explained_by")
    asked = [
        each for each in checks.all() if each.question.current and not each.question.is_retired
    ]
    if not asked or not request.user.is_authenticated:
        return {"checks": [], "has_checks": bool(asked)}
    held = questions_in_hand(request.user.pk)
    again = read_number(request.GET.get("again", ""))
    shown = []
    for place, check in enumerate(asked, start=1):
        version = check.question.current
        # One query less: it is the question that the check came with.
        version.question = check.question
        put = Put(page.pk, version.pk, place, check.at_second)
        kept = None if again == version.question_id else recall(request, put)
        shown.append(show_check(request, put, version, held=held, kept=kept))
    scripts = sorted({script for each in shown for script in each.get("scripts", ())})
    return {"checks": shown, "check_scripts": scripts, "has_checks": True}


def show_check(
    request,
    put: Put,
    version: QuestionVersion,
    *,
    held: Collection[int] = (),
    kept: dict | None = None,
    note: str = "",
) -> dict:
    """As it is asked or, where `kept` holds her answer, with the key and the explanation."""
    question_type = get_type(version.type)
    facts = {
        "question_id": version.question_id,
        "place": put.place,
        "heading": heading(put, question_type.label),
        "token": make_token(request.user, put),
        "note": note,
        "is_held": version.question_id in held,
    }
    layout = lay_out_for(request.user, version)
    if kept is not None and not facts["is_held"]:
        return facts | review_facts(version, layout, kept)
    asked = render_asked(version, layout)
    inputs = asked.inputs_named(f"q{put.place}")
    return facts | {"stem": asked.stem, "inputs": inputs, "scripts": asked.scripts}


def heading(put: Put, kind: str) -> str:
    """单选题 · 第 1 题 · 看到 3:20 时"""
    text = _("%(kind)s · 第 %(n)d 题") % {"kind": kind, "n": put.place}
    if put.at_second is None:
        return text
    moment = f"{put.at_second // 60}:{put.at_second % 60:02d}"
    return f"{text} · " + _("看到 %s 时") % moment


def review_facts(version: QuestionVersion, layout: list[str], kept: dict) -> dict:
    standin = wording_in_force(version)
    spec = get_type(version.type).from_data(standin.data) if standin else None
    how = {"spec": spec, "shows_answers": True, "shows_correctness": True}
    return {
        "answered": True,
        "verdict": kept["verdict"],
        "review": {
            "stem": version.stem,
            "body": render_review(version, layout, kept["response"], **how),
            "note": "",
            "explanation": version.explanation,
            "lesson": explanation_link(version.question),
        },
    }


def remember(request, put: Put, judgement: Judgement) -> dict:
    kept = {"response": judgement.response, "verdict": judgement.verdict.value}
    if sum(map(len, judgement.response)) <= MAX_LENGTH:
        answers = request.session.get(SESSION_KEY, {})
        answers.pop(_key(put), None)
        latest = list((answers | {_key(put): kept}).items())[-MAX_KEPT:]
        request.session[SESSION_KEY] = dict(latest)
    return kept


def recall(request, put: Put) -> dict | None:
    return request.session.get(SESSION_KEY, {}).get(_key(put))


def _key(put: Put) -> str:
    return f"{put.page_id}-{put.version_id}"
