"""进度: a plan's figures by unit, and the people of one unit at a time, within her scope."""

from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_POST
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from federations.admin_views.policies import MANAGERS
from federations.domain.jobs import ask_for_job
from federations.models import Federation
from federations.scope import LOOKERS
from learning.admin_views.plans import name_state
from learning.admin_views.policy import (
    PROGRESS_POLICY,
    find_place,
    find_plan,
    managed_plans,
    seen_places,
    seen_plans,
    top_places,
)
from learning.boards import SORTS, Board, summarise
from learning.domain.reminders import ReminderRefused, check_asking
from learning.domain.sendings import ask_for_sending
from learning.models import Plan, Reach
from learning.people import STATES, Figure, State, count_states, list_people, team_of
from learning.target import describe_target
from members.converters import read_number

PER_PAGE = 30


def check_staff(request) -> None:
    if not PROGRESS_POLICY.user_has_permission(request.user, "view"):
        raise PermissionDenied


def name_cutoff(plan: Plan):
    return plan.cutoff_at or _("长期开放")


class ProgressListView(BaseListingView):
    """All plans that reach her people, those from above too."""

    page_title = gettext_lazy("任务进度")
    header_icon = "clipboard-list"
    paginate_by = PER_PAGE
    index_url_name = "plan_progress_list"
    index_results_url_name = "plan_progress_list_results"
    columns = [
        TitleColumn("title", label=gettext_lazy("学习任务"), url_name="plan_progress"),
        Column("federation", label=gettext_lazy("发布妇联")),
        Column("state", label=gettext_lazy("现在"), accessor=name_state),
        # Not as "so long ago": a cut-off lies ahead.
        Column("opens_at", label=gettext_lazy("开始时间")),
        Column("cutoff_at", label=gettext_lazy("截止时间"), accessor=name_cutoff),
    ]
    no_results_message = gettext_lazy("还没有您的单位要完成的学习任务。")

    def dispatch(self, request, *args, **kwargs):
        check_staff(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return seen_plans(self.request.user)


class ProgressView(WagtailAdminTemplateMixin, View):
    template_name = "admin_plans/progress.html"
    page_title = gettext_lazy("进度")
    header_icon = "clipboard-list"

    def get(self, request, plan):
        check_staff(request)
        self.plan = find_plan(seen_plans(request.user), plan)
        self.place = find_place(
            request.user, self.plan, read_number(request.GET.get("federation", ""))
        )
        self.state = read_state(request.GET.get("state", ""))
        self.now = timezone.now()
        return self.render_to_response(self.get_context_data(**self.describe()))

    def get_page_subtitle(self):
        return self.plan.title

    def get_breadcrumbs_items(self):
        parent = {"url": reverse("plan_progress_list"), "label": ProgressListView.page_title}
        here = {"url": "", "label": self.plan.title}
        return [*super().get_breadcrumbs_items(), parent, here]

    def describe(self) -> dict:
        board = Board(
            plan=self.plan, federation=self.place, view="subtree", sort=SORTS["completed"]
        )
        standing = board.standing
        return {
            "plan": self.plan,
            "plan_state": name_state(self.plan),
            "place": self.place,
            "crumbs": self.name_crumbs(board),
            "figures": [
                (_("本级和下面各级"), summarise(standing, "subtree")),
                (_("只算本级队伍"), summarise(standing, "own")),
            ],
            "target": describe_target(self.plan, standing.subtree_completed, standing.subtree_due),
            "rows": [self.describe_unit(row) for row in board.all_rows if row.due],
            "events": self.find_events(),
            **self.describe_people(),
            **self.describe_actions(),
        }

    def name_crumbs(self, board: Board) -> list[dict]:
        """The units above, as far up as she sees people; then her other places."""
        seen = seen_places(self.request.user, self.plan)
        above = seen.filter(pk__in=[each.pk for each in board.crumbs]).order_by("depth")
        others = [each for each in top_places(self.request.user, self.plan) if each != self.place]
        places = {each.pk: each for each in (*others, *above)}
        return [{"name": each.name, "url": self.address(each)} for each in places.values()]

    def address(self, place: Federation, **query) -> str:
        query = {"federation": place.pk, **query}
        return f"{reverse('plan_progress', args=[self.plan.pk])}?{urlencode(query)}"

    def describe_unit(self, row) -> dict:
        return {
            "name": row.federation.name,
            "url": self.address(row.federation),
            "due": row.due,
            "joined": row.joined,
            "completed": row.completed,
            "rate": SORTS["completed"].text(row.tenths),
            "target": describe_target(self.plan, row.completed, row.due),
        }

    def describe_people(self) -> dict:
        team = team_of(self.plan, self.place, self.now)
        counts = count_states(self.plan, team, self.now)
        total = counts[self.state] if self.state else sum(counts.values())
        # The page's rows are read by their place; the paginator only counts.
        paginator = WagtailPaginator(range(total), PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        people = list_people(
            self.plan,
            team,
            self.now,
            figure=Figure(self.state) if self.state else Figure.DUE,
            limit=PER_PAGE,
            offset=max(0, page.start_index() - 1),
        )
        return {
            "people": people,
            "page_obj": page,
            "elided_page_range": paginator.get_elided_page_range(page.number),
            "state": self.state,
            "filters": [
                {
                    "label": _("全部"),
                    "count": sum(counts.values()),
                    "url": self.address(self.place),
                    "current": self.state is None,
                },
                *(
                    {
                        "label": label,
                        "count": counts[state],
                        "url": self.address(self.place, state=state.value),
                        "current": self.state == state,
                    }
                    for state, label in STATES.items()
                ),
            ],
        }

    def find_events(self):
        """The record names staff and units of others: it is for who manages the plan itself."""
        if not managed_plans(self.request.user).filter(pk=self.plan.pk).exists():
            return None
        return self.plan.events.select_related("by")

    def describe_actions(self) -> dict:
        """Whether reminders may go out from here, and if not, why."""
        if not self.is_manager():
            return {"may_remind": False}
        try:
            check_asking(self.plan, self.now)
        except ReminderRefused as refusal:
            return {"may_remind": False, "why_not": str(refusal)}
        return {"may_remind": True}

    def is_manager(self) -> bool:
        places = seen_places(self.request.user, self.plan, roles=MANAGERS)
        return places.filter(pk=self.place.pk).exists()


def read_state(text: str) -> State | None:
    return State(text) if text in {state.value for state in State} else None


@require_POST
def remind(request, plan):
    """提醒未完成的人"""
    plan, place = _find_posted(request, plan, MANAGERS)
    try:
        job = ask_for_sending(
            plan=plan,
            federation=place,
            reach=Reach.SUBTREE,
            by=request.user,
            token=uuid4(),
            now=timezone.now(),
        )
    except ReminderRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("plan_progress", plan.pk)
    return redirect("job", job.pk)


@require_POST
def export(request, plan):
    plan, place = _find_posted(request, plan, LOOKERS)
    state = read_state(request.POST.get("state", ""))
    job = ask_for_job(
        kind="plan_people_export",
        title=_("导出完成情况：%s") % plan.title,
        owner=request.user,
        params={
            "plan": plan.pk,
            "federation": place.pk,
            "figure": state.value if state else "",
        },
    )
    return redirect("job", job.pk)


def _find_posted(request, pk: int, roles) -> tuple[Plan, Federation]:
    check_staff(request)
    plan = find_plan(seen_plans(request.user), pk)
    asked = read_number(request.POST.get("federation", ""))
    return plan, find_place(request.user, plan, asked, roles=roles)


urlpatterns = [
    path("progress/", ProgressListView.as_view(), name="plan_progress_list"),
    path(
        "progress/results/",
        ProgressListView.as_view(results_only=True),
        name="plan_progress_list_results",
    ),
    path("<id:plan>/progress/", ProgressView.as_view(), name="plan_progress"),
    path("<id:plan>/progress/remind/", remind, name="plan_remind"),
    path("<id:plan>/progress/export/", export, name="plan_export"),
]
