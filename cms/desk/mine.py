"""Lists of what is hers: drafts, what she sent in, what came back; and what waits for her word.

They read Wagtail's own workflow records; who decides what is for cms.reviews to say.
"""

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TaskState, WorkflowState, get_default_page_content_type
from wagtail.query import PageQuerySet

from cms.desk.base import DeskList
from cms.kinds import looked_after_by
from cms.models import ReviewTaskState
from cms.reviews import waiting_for


def find_drafts(user) -> PageQuerySet:
    """Unpublished changes that she made, or on a page that she began, waiting for nobody else."""
    hers = Q(latest_revision__user=user) | Q(owner=user)
    drafts = looked_after_by(user).filter(
        hers, has_unpublished_changes=True, latest_revision__approved_go_live_at__isnull=True
    )
    with_others = _page_states().filter(status__in=ACTIVE)
    return drafts.exclude(pk__in=_page_ids(with_others, "object_id")).annotate(
        desk_at=F("latest_revision_created_at")
    )


def find_submitted(user) -> PageQuerySet:
    return _by_state(_page_states().filter(status=WorkflowState.STATUS_IN_PROGRESS), user)


def find_returned(user) -> PageQuerySet:
    return _by_state(_page_states().filter(status=WorkflowState.STATUS_NEEDS_CHANGES), user)


def find_waiting(user) -> PageQuerySet:
    """What stands in 待审页面 too."""
    states = TaskState.objects.filter(pk__in=waiting_for(user).order_by().values("pk"))
    pages = Page.objects.filter(pk__in=_page_ids(states, "revision__object_id"))
    return pages.annotate(**_facts(_of_page(states, "revision__object_id")))


ACTIVE = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def _page_states() -> QuerySet[WorkflowState]:
    return WorkflowState.objects.filter(base_content_type=get_default_page_content_type())


def _page_ids(records: QuerySet, column: str) -> QuerySet:
    """Wagtail keeps the ids of what a record is about as text."""
    ids = records.order_by().annotate(page_id_number=Cast(column, BigIntegerField()))
    return ids.values("page_id_number")


def _of_page(records: QuerySet, column: str) -> QuerySet:
    numbered = records.order_by("-pk").annotate(page_id_number=Cast(column, BigIntegerField()))
    return numbered.filter(page_id_number=OuterRef("pk"))


def _by_state(states: QuerySet[WorkflowState], user) -> PageQuerySet:
    """Pages in `states` that she sent in, or began, and still looks after."""
    pages = looked_after_by(user).filter(pk__in=_page_ids(states, "object_id"))
    sent = _of_page(states.filter(requested_by=user), "object_id")
    task_states = TaskState.objects.filter(
        workflow_state__in=states, pk=F("workflow_state__current_task_state")
    )
    facts = _facts(_of_page(task_states, "workflow_state__object_id"))
    return pages.filter(Q(owner=user) | Exists(sent)).annotate(**facts)


def _facts(task_states: QuerySet[TaskState]) -> dict[str, Subquery]:
    held = ReviewTaskState.objects.filter(pk=OuterRef("desk_state"), is_held=True)
    return {
        "desk_at": Subquery(task_states.values("started_at")[:1]),
        "desk_state": Subquery(task_states.values("pk")[:1]),
        "desk_is_held": Exists(held),
        "desk_step": Subquery(task_states.values("task__name")[:1]),
        "desk_sender": Subquery(task_states.values("workflow_state__requested_by__name")[:1]),
        "desk_reason": Subquery(task_states.values("comment")[:1]),
        "desk_reviewer": Subquery(task_states.values("finished_by__name")[:1]),
    }


def _note_draft(page) -> str:
    return _("改过，还没发布") if page.live else _("还没发布过")


def _decide_url(page) -> str:
    return reverse("review", args=[page.desk_state])


def _note_step(page) -> str:
    if page.desk_is_held:
        return _("有敏感词要您先看过，才送得出去")
    return _("等待%(step)s") % {"step": page.desk_step or _("审核")}


def _note_waiting(page) -> str:
    facts = {"step": page.desk_step, "sender": page.desk_sender or _("编辑")}
    return _("%(step)s · %(sender)s送审") % facts


def _note_returned(page) -> str:
    facts = {"step": page.desk_step, "reviewer": page.desk_reviewer or ""}
    facts["reason"] = page.desk_reason or _("没有写原因")
    return _("%(step)s %(reviewer)s：%(reason)s") % facts


def my_lists() -> list[DeskList]:
    return [
        DeskList(
            key="returned",
            title=gettext_lazy("退回给我的"),
            icon="rotate",
            empty=gettext_lazy("没有被退回的页面。"),
            when=gettext_lazy("送审"),
            find=find_returned,
            note=_note_returned,
            about=gettext_lazy("审核的人写了原因。改好以后再提交一次。"),
            home=10,
        ),
        DeskList(
            key="waiting",
            title=gettext_lazy("等我审"),
            icon="tasks",
            empty=gettext_lazy("没有等您审的页面。"),
            when=gettext_lazy("送到"),
            find=find_waiting,
            note=_note_waiting,
            about=gettext_lazy("先送到的排在前面。点标题就能看内容、通过或退回。"),
            open_at=_decide_url,
            order=("desk_at", "pk"),
            home=20,
        ),
        DeskList(
            key="drafts",
            title=gettext_lazy("我的草稿"),
            icon="edit",
            empty=gettext_lazy("没有草稿。从“内容 › 页面”进到栏目里，就能写新的。"),
            when=gettext_lazy("最后修改"),
            find=find_drafts,
            note=_note_draft,
            home=30,
        ),
        DeskList(
            key="submitted",
            title=gettext_lazy("我送审的"),
            icon="upload",
            empty=gettext_lazy("没有正在审的页面。"),
            when=gettext_lazy("送到"),
            find=find_submitted,
            note=_note_step,
            home=40,
        ),
    ]
