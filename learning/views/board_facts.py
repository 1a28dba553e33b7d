"""What the leaderboard's templates say, from a Board."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from federations.seats import Seats
from learning.boards import BY, SORTS, VIEWS, Board, summarise
from learning.boards.definitions import definitions_for
from learning.boards.subjects import offers_scores
from learning.boards.wording import LEVELS, updated_text, window_text
from learning.domain.standings.figures import Figures
from learning.models import Plan, PlanKind
from learning.rules.ranking import change
from learning.target import describe_target
from learning.views.board_addresses import BoardAddress, find_url
from learning.views.board_kept import units_html
from learning.views.board_rows import change_facts
from learning.views.board_subjects import SUBJECTS


def board_context(seats: Seats, board: Board, subjects: list[Plan], at: BoardAddress) -> dict:
    plan = board.plan
    words = {"sort": sort_words(board), "by": board.by}
    return {
        "tab": "board",
        "kind": plan.kind,
        "kinds": kind_links(plan.kind, board),
        "subjects": SUBJECTS[PlanKind(plan.kind)](board, subjects, at),
        "all_url": f"{reverse('learning:boards')}?kind={plan.kind}",
        "plan": {"title": plan.title, "window_text": window_text(plan)},
        "previous": plan.previous,
        "federation": {
            "name": board.federation.name,
            "level_label": board.federation.get_level_display(),
        },
        "crumbs": [{"name": f.name, "url": at.to(federation=f.pk)} for f in board.crumbs],
        "views": choices(VIEWS, board.view, lambda key: at.to(view=key)),
        "ways": choices(BY, board.by, lambda key: at.to(by=key)) if plan.previous_id else [],
        "levels": level_links(board, at),
        "sorts": sort_links(board, at),
        "target": describe_target(
            plan, board.standing.subtree_completed, board.standing.subtree_due
        ),
        "figures": figure_groups(board, at),
        "view": board.view,
        "own": summarise(board.standing, "own"),
        "updated_text": updated_text(board),
        "is_frozen": plan.is_frozen,
        "definitions": definitions_for(plan),
        "staff": staff_tools(seats, board),
        "listed": units_html(seats, board, at, words),
        **words,
    }


def sort_words(board: Board) -> dict:
    plan, completed = board.plan, SORTS["completed"]
    return {
        "label": board.sort.name_for(plan),
        "unit": board.sort.unit,
        "has_column": board.sort.part in ("joined", "completed"),
        "done": completed.part_name_for(plan),
        "done_rate": completed.name_for(plan),
    }


def kind_links(shown: str, board: Board | None = None, name: str = "learning:board") -> list[dict]:
    keeps = {"federation": board.federation.pk, "view": board.view} if board else {}
    return choices(
        dict(PlanKind.choices),
        shown,
        lambda key: f"{reverse(name)}?{urlencode({'kind': key} | keeps)}",
    )


def choices(labels: dict, current, url) -> list[dict]:
    return [
        {"label": label, "url": url(key), "current": key == current}
        for key, label in labels.items()
    ]


def sort_links(board: Board, at: BoardAddress) -> list[dict]:
    return [
        {
            "label": sort.name_for(board.plan),
            "unit": sort.unit,
            "url": at.to(sort=sort.key),
            "current": sort is board.sort,
        }
        for sort in offered(board.plan)
    ]


def offered(plan: Plan) -> list:
    return [sort for sort in SORTS.values() if offers_scores(plan) or not sort.needs_quiz]


def level_links(board: Board, at: BoardAddress) -> list[dict]:
    """The units below, or all of one level: only what the plan reaches."""
    below = {level: name for level, name in LEVELS.items() if level > board.plan.federation.level}
    return choices({None: _("下一级")} | below, board.level, lambda key: at.to(level=key))


def figure_groups(board: Board, at: BoardAddress) -> list[list[dict]]:
    """The place's own figures, three in a line: what every board has, then what quizzes give."""
    shown = offered(board.plan)
    common = [SORTS[key] for key in ("joined", "completed", "credit")]
    scores = [sort for sort in shown if sort.needs_quiz]
    return [[figure(board, sort, at) for sort in group] for group in (common, scores) if group]


def figure(board: Board, sort, at: BoardAddress) -> dict:
    counts = board.here.now[board.view]
    before = board.here.before and board.here.before[board.view]
    value = sort.of(counts)
    risen = change(value, sort.of(before)) if before else None
    return {
        "label": sort.name_for(board.plan),
        "text": sort.text(value),
        "note": short_note(sort, counts),
        "change": change_facts(sort.change_text, risen) if board.plan.previous_id else None,
        "url": at.why(board.federation, sort=sort.key),
    }


def short_note(sort, counts: Figures) -> str:
    whole = getattr(counts, sort.whole)
    if sort.part in ("score_bp", "credit"):
        return _("%d 人") % whole
    return f"{getattr(counts, sort.part)} / {whole}"


def staff_tools(seats: Seats, board: Board) -> dict | None:
    """What only staff see: exports, and the people behind the figures in her own scope."""
    if not seats.has_desk:
        return None
    fields = {
        "plan": board.plan.pk,
        "federation": board.federation.pk,
        "view": board.view,
        "sort": board.sort.key,
        "level": board.level or "",
        "by": board.by,
    }
    return {
        "people_url": people_url(seats, board),
        "export_url": find_url("desk_board_export"),
        "fields": fields,
    }


def people_url(seats: Seats, board: Board) -> str | None:
    if not seats.may_look_into(board.federation):
        return None
    return find_url(
        "desk_people",
        plan=board.plan.pk,
        federation=board.federation.pk,
        view=board.view,
        figure=board.sort.people,
    )
