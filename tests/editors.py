"""Editors for tests, with the group that their role asks for, and the way through the reviews."""

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.domain.reviews.deciding import decide
from cms.domain.reviews.rounds import current_state, text_of
from cms.reviews_admin.frame import as_seen
from config.groups import set_up_groups, sync_groups
from config.review_setup import set_up_reviews
from federations.models import Federation, StaffRoleType
from members.models import Member
from tests.factories import make_staff


def make_editor(home, federation: Federation, role=StaffRoleType.EDITOR) -> Member:
    """Call it when the sections below `home` are there: the group is for them."""
    set_up(home)
    return hire(federation, role, "林编辑")


def make_reviewers(home, federation: Federation) -> list[Member]:
    """Three people who may decide all the steps: 初审 王, 复审 李, 终审 赵."""
    set_up(home)
    return hire_reviewers(federation)


def set_up(home) -> None:
    set_up_groups(root_page=home)
    set_up_reviews(root_page=home)


def hire_reviewers(federation: Federation) -> list[Member]:
    names = ["王初审", "李复审", "赵终审"]
    return [hire(federation, StaffRoleType.REVIEWER, name) for name in names]


def hire(federation: Federation, role: str, name: str) -> Member:
    """A member of staff, in the groups that her role asks for."""
    member = make_staff(federation, role, name)
    sync_groups(now=timezone.now(), member_ids=[member.pk])
    return member


def submit(page: Page, by: Member) -> None:
    """Save a revision of `page` (specific) and submit it, as the page editor does."""
    page.save_revision(user=by)
    page.get_workflow().start(page, by)


def decide_next(page: Page, by: Member, *, is_approved: bool = True, reason: str = "") -> None:
    """Decide the step at which the page waits, having seen what is there."""
    state = current_state(page)
    decide(
        state_id=state.pk,
        by=by,
        is_approved=is_approved,
        reason=reason,
        seen=state.text,
        now=timezone.now(),
    )


def pass_reviews(page: Page, reviewers: list[Member]) -> None:
    """Approve all three steps of a submitted page."""
    for reviewer in reviewers:
        decide_next(page, reviewer)


def confirm_direct_publishing(client, page: Page) -> None:
    """A superuser's second step, after she has saved with 不经三审直接发布."""
    page = Page.objects.get(pk=page.pk)
    answer = as_seen(text_of(page)) | {"reason": "测试"}
    response = client.post(reverse("review_direct", args=[page.pk]), answer)
    assert response.status_code == 302
