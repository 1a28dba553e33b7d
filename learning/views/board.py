"""The leaderboard: plain links, and the same fragment by htmx where JavaScript runs."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from federations import scope
from federations.models import Federation, Level
from federations.queries import counted_appointment
from learning.boards import SORTS, VIEWS, Board, Row, summarise
from learning.models import Plan
from learning.queries_plans import due_text, plans_for
from learning.rules.figures import MIN_RANKED_DUE, shade
from learning.target import describe_target
from members.converters import read_number

# The newest ones; nobody scrolls through more.
MAX_PLANS = 20


@require_safe
@login_required
@vary_on_headers("HX-Request")
def board(request):
    if not scope.may_see_boards(request.user):
        raise PermissionDenied
    plans = list(plans_for(request.user)[:MAX_PLANS])
    if not plans:
        return render(request, "pages/learning/no_board.html", {"tab": "board"})
    shown = choose_board(request, plans)
    template = "pages/learning/_board.html" if request.htmx else "pages/learning/board.html"
    return render(request, template, board_context(request, shown, plans))


def choose_board(request, plans: list[Plan]) -> Board:
    """What the address asks for; the default plan at its top when it asks for nothing.

    Raises Http404 for a plan that does not concern the member or a unit that it does not reach.
    """
    plan = pick(plans, request.GET.get("plan"))
    federation = plan.federation
    if wanted := request.GET.get("federation"):
        reached = Federation.objects.below(plan.federation)
        federation = reached.filter(pk=read_id(wanted)).first()
        if federation is None:
            raise Http404
    view, sort = request.GET.get("view"), request.GET.get("sort")
    return Board(
        plan=plan,
        federation=federation,
        view=view if view in VIEWS else "subtree",
        sort=SORTS.get(sort, SORTS["completed"]),
    )


def pick(plans: list[Plan], wanted: str | None) -> Plan:
    if not wanted:
        return plans[0]
    found = next((plan for plan in plans if plan.pk == read_id(wanted)), None)
    if found is None:
        raise Http404
    return found


def read_id(text: str) -> int:
    """A database id from an address; Http404 for anything else."""
    number = read_number(text)
    if number is None:
        raise Http404
    return number


def board_context(request, shown: Board, plans: list[Plan]) -> dict:
    own = counted_appointment(request.user)
    own_path = own.federation.path if own else ""
    return {
        "tab": "board",
        "plans": [plan_chip(plan, shown) for plan in plans],
        "plan": {"title": shown.plan.title, "window_text": window_text(shown.plan)},
        "federation": {
            "name": shown.federation.name,
            "level_label": shown.federation.get_level_display(),
        },
        "crumbs": [{"name": f.name, "url": address(shown, federation=f)} for f in shown.crumbs],
        "views": [
            {"label": label, "url": address(shown, view=key), "current": key == shown.view}
            for key, label in VIEWS.items()
        ],
        "sorts": [
            {
                "label": sort.label,
                "unit": sort.unit,
                "url": address(shown, sort=key),
                "current": sort == shown.sort,
            }
            for key, sort in SORTS.items()
        ],
        "target": describe_target(
            shown.plan, shown.standing.subtree_completed, shown.standing.subtree_due
        ),
        "summary": {name: summarise(shown.standing, name) for name in VIEWS},
        "tiles": tiles(shown) if shown.federation.level == Level.PROVINCE else None,
        "rows": [row_facts(row, shown, own_path) for row in shown.rows],
        "small_rows": [row_facts(row, shown, own_path) for row in shown.small_rows],
        "empty_count": shown.empty_count,
        "updated_text": updated_text(shown),
        "definitions": DEFINITIONS,
    }


def address(shown: Board, *, plan=None, federation=None, view=None, sort=None) -> str:
    """The board's address with one thing changed."""
    query = {
        "plan": (plan or shown.plan).pk,
        "federation": (federation or shown.federation).pk,
        "view": view or shown.view,
        "sort": sort or shown.sort.key,
    }
    return f"{reverse('learning:board')}?{urlencode(query)}"


def plan_chip(plan: Plan, shown: Board) -> dict:
    """Another plan keeps the place where she is, as long as it reaches there."""
    reaches = shown.federation.path.startswith(plan.federation.path)
    place = shown.federation if reaches else plan.federation
    url = address(shown, plan=plan, federation=place)
    return {"title": plan.title, "url": url, "current": plan == shown.plan}


def row_facts(row: Row, shown: Board, own_path: str) -> dict:
    has_below = not row.federation.is_leaf()
    return {
        "rank": row.rank if row.due >= MIN_RANKED_DUE else None,
        "name": row.federation.name,
        "url": address(shown, federation=row.federation) if has_below else None,
        "value": 0 if row.tenths is None else row.tenths / 10,
        "text": shown.sort.text(row.tenths),
        "due": row.due,
        "joined": row.joined,
        "completed": row.completed,
        "is_mine": bool(own_path) and own_path.startswith(row.federation.path),
    }


def tiles(shown: Board) -> list[dict]:
    """The schematic of the province's cities, in the order of their codes."""
    rows = sorted(shown.all_rows, key=lambda row: row.federation.code or "")
    return [
        {
            "code": row.federation.code,
            "short": row.federation.name.removesuffix("市"),
            "text": shown.sort.rounded(row.tenths),
            "level": shade(row.tenths),
            "url": address(shown, federation=row.federation),
        }
        for row in rows
    ]


def window_text(plan: Plan) -> str:
    opened = date_format(localtime(plan.opens_at), "Y年n月j日")
    return _("%(opened)s开始 · %(due)s") % {"opened": opened, "due": due_text(plan)}


def updated_text(shown: Board) -> str:
    if shown.plan.is_frozen:
        moment = date_format(localtime(shown.plan.cutoff_at), "Y年n月j日 H:i")
        return _("已截止，数据冻结在 %s。") % moment
    if shown.plan.cutoff_at and shown.plan.cutoff_at <= timezone.now():
        return _("已截止，正在汇总最后的成绩，几分钟后冻结。")
    if shown.standing.updated_at is None:
        return _("还没有统计数据，有人学习后几秒内就会出现。")
    moment = date_format(localtime(shown.standing.updated_at), "n月j日 H:i:s")
    return _("数据更新于 %s，新的成绩几秒内计入。") % moment


DEFINITIONS = [
    {"term": "应参", "text": "统计时在任、计入本单位的执委人数；一个人只在一个单位计一次。"},
    {"term": "参与率", "text": "至少交过一次卷的人 ÷ 应参。没有测验的任务，至少学完一项算参与。"},
    {"term": "完成率", "text": "学完全部必修内容的人 ÷ 应参。任务开始前学完的也算。"},
    {"term": "平均分", "text": "有成绩的人各自最好成绩的平均，满分 100；不足 3 人不显示。"},
    {"term": "目标", "text": "任务定的完成率；还差几人，是按全域的应参算的。"},
    {"term": "本级", "text": "只算这个妇联自己的执委队伍。"},
    {"term": "全域", "text": "本级和下面各级合在一起。"},
    {"term": "名次", "text": "数值相同名次相同；应参不足 10 人的单位单独列出，不排名。"},
    {"term": "冻结", "text": "任务截止时名单和成绩一起冻结，之后不再变动。"},
]
