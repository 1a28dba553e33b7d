"""The workflow 三审三校, hung at the front page: everything below it passes the three reviews."""

from django.db import transaction
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from cms.models import ReviewStep, ReviewTask

NAME = "三审三校"


@transaction.atomic
def set_up_reviews(*, root_page: Page) -> Workflow:
    """Make the workflow and its steps; harmless when repeated."""
    workflow, _ = Workflow.objects.get_or_create(name=NAME)
    if not workflow.active:
        Workflow.objects.filter(pk=workflow.pk).update(active=True)
    for step in ReviewStep:
        task, _ = ReviewTask.objects.get_or_create(step=step, defaults={"name": step.label})
        WorkflowTask.objects.get_or_create(
            workflow=workflow, task=task, defaults={"sort_order": step.value}
        )
    # No other workflow, further down, may take the place of this one.
    WorkflowPage.objects.exclude(workflow=workflow).delete()
    WorkflowPage.objects.update_or_create(page=root_page, defaults={"workflow": workflow})
    return workflow
