"""Articles of several federations, and a workflow of Wagtail's own kind."""

from itertools import count

from django.contrib.auth.models import Group
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage
from config.groups import EDITORS

numbers = count(1)


def make_column(home) -> ColumnPage:
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return index.add_child(instance=ColumnPage(title="维权", slug="rights", summary="栏目"))


def make_article(column, federation, **fields) -> ArticlePage:
    """Complete but for the cover; live unless told otherwise."""
    number = next(numbers)
    facts = {
        "title": f"文章{number}",
        "slug": f"article-{number}",
        "summary": "摘要",
        "body": [("heading", "小标题")],
    }
    page = column.add_child(instance=ArticlePage(federation=federation, **facts | fields))
    page.save_revision(user=fields.get("owner"))
    if page.live:
        page.get_latest_revision().publish()
    # As it is in the database, with its revision.
    return ArticlePage.objects.get(pk=page.pk)


def make_workflow(page: Page) -> Workflow:
    """One step, decided by the editors' group."""
    workflow = Workflow.objects.create(name="审核")
    task = GroupApprovalTask.objects.create(name="初审")
    task.groups.add(Group.objects.get(name=EDITORS))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    return workflow


def send_in(page: Page, by) -> WorkflowState:
    page.save_revision(user=by)
    return page.get_workflow().start(page, by)


def send_back(page: Page, *, by, reason: str) -> None:
    page.current_workflow_task_state.reject(user=by, comment=reason)
