"""三审三校: who may decide which step, about which text, and what comes of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import WorkflowState

from cms.domain.reviews.deciding import decide
from cms.domain.reviews.errors import CHANGED_MEANWHILE, ReviewRefused
from cms.domain.reviews.people import find_obstacle
from cms.domain.reviews.rounds import current_state, restart_if_changed
from cms.models import RecordKind, ReviewRecord, ReviewStep
from cms.reviews import waiting_for
from federations.models import StaffRole, StaffRoleType
from members.models import Member, Notice
from tests.editors import decide_next, make_editor, pass_reviews, submit
from tests.factories import make_member

pytestmark = pytest.mark.django_db

STEPS = [ReviewStep.FIRST, ReviewStep.SECOND, ReviewStep.FINAL]
WROTE = "这一稿您写过、改过或送审过，要请别人来审。"
TWICE = "这一轮您已经审过一步了，三审要由三个人来做。"


def lead_to(page, step, reviewers):
    for reviewer in reviewers[: step - 1]:
        decide_next(page, reviewer)


def reload(page):
    return type(page).objects.get(pk=page.pk)


def fresh(member) -> Member:
    return Member.objects.get(pk=member.pk)


def refusal(page, by, **decision) -> str:
    with pytest.raises(ReviewRefused) as refused:
        decide_next(page, fresh(by), **decision)
    return str(refused.value)


def test_three_people_publish(desk):
    page = desk.draft()
    submit(page, desk.author)

    lives = []
    for reviewer in desk.reviewers:
        decide_next(page, reviewer)
        lives.append(reload(page).live)

    assert lives == [False, False, True]


def test_published_text_is_the_reviewed_one(desk):
    page = desk.draft(title="旧题")
    page.title = "新题"
    submit(page, desk.author)

    pass_reviews(page, desk.reviewers)

    assert (reload(page).title, reload(page).has_unpublished_changes) == ("新题", False)


@pytest.fixture
def candidates(desk, tree, home):
    """Who might decide about the town's page, by role and place."""

    def make(role, place):
        return make_editor(home, place, role)

    role = StaffRoleType
    return {
        "teammate, reviewer": make(role.REVIEWER, tree.town),
        "teammate, editor": make(role.EDITOR, tree.town),
        "teammate, examiner": make(role.EXAMINER, tree.town),
        "teammate, manager": make(role.MANAGER, tree.town),
        "superior, reviewer": make(role.REVIEWER, tree.county),
        "superior, editor": make(role.EDITOR, tree.county),
        "province, reviewer": make(role.REVIEWER, tree.province),
        "below, reviewer": make(role.REVIEWER, tree.village),
        "beside, reviewer": make(role.REVIEWER, tree.other_town),
        "superuser": make_member("管理员", is_staff=True, is_superuser=True),
    }


FIRST_MAY = {
    "teammate, reviewer",
    "teammate, editor",
    "superior, reviewer",
    "superior, editor",
    "province, reviewer",
    "superuser",
}
LATER_MAY = {"teammate, reviewer", "superior, reviewer", "province, reviewer", "superuser"}


@pytest.mark.parametrize(
    ("step", "may"), list(zip(STEPS, [FIRST_MAY, LATER_MAY, LATER_MAY], strict=True))
)
def test_who_may_decide(desk, candidates, step, may):
    page = desk.draft()
    submit(page, desk.author)
    lead_to(page, step, desk.reviewers)

    state = current_state(page)
    deciding = {who for who, one in candidates.items() if find_obstacle(state, one) is None}
    listed = {who for who, one in candidates.items() if state in waiting_for(one)}

    assert (deciding, listed) == (may, may)


@pytest.mark.parametrize("step", STEPS)
def test_stranger_decides_nothing(desk, candidates, step):
    page = desk.draft()
    submit(page, desk.author)
    lead_to(page, step, desk.reviewers)

    refusal(page, candidates["beside, reviewer"])

    assert current_state(page).step == step


@pytest.mark.parametrize("step", STEPS)
def test_author_never_decides(desk, home, tree, step):
    author = make_editor(home, tree.town, StaffRoleType.REVIEWER)
    page = desk.draft()
    submit(page, author)
    lead_to(page, step, desk.reviewers)

    assert refusal(page, author) == WROTE
    assert list(waiting_for(author)) == []


def test_superuser_who_wrote_it_does_not_decide(desk):
    boss = make_member("管理员", is_staff=True, is_superuser=True)
    page = desk.draft()
    submit(page, boss)

    assert refusal(page, boss) == WROTE


def test_who_wrote_an_earlier_draft_is_an_author(desk, home, tree):
    helper = make_editor(home, tree.town, StaffRoleType.REVIEWER)
    page = desk.draft()
    page.save_revision(user=helper)
    submit(page, desk.author)

    assert refusal(page, helper) == WROTE


def test_author_of_the_version_before_may_review_this_one(desk, home, tree):
    earlier = make_editor(home, tree.town, StaffRoleType.REVIEWER)
    page = desk.draft()
    submit(page, earlier)
    pass_reviews(page, desk.reviewers)
    page = reload(page)
    submit(page, desk.author)

    decide_next(page, earlier)

    assert current_state(page).step == ReviewStep.SECOND


def test_nobody_decides_twice_in_a_round(desk):
    page = desk.draft()
    submit(page, desk.author)
    decide_next(page, desk.reviewers[0])

    assert refusal(page, desk.reviewers[0]) == TWICE
    assert list(waiting_for(desk.reviewers[0])) == []


def test_superuser_does_not_decide_twice_either(desk):
    boss = make_member("管理员", is_staff=True, is_superuser=True)
    page = desk.draft()
    submit(page, desk.author)
    decide_next(page, boss)

    assert refusal(page, boss) == TWICE


def test_ended_role_decides_nothing(desk):
    page = desk.draft()
    submit(page, desk.author)
    desk.reviewers[0].staff_roles.update(ends_on="2025-12-31")

    said = refusal(page, desk.reviewers[0])

    assert said == "初审要由所属妇联或上级妇联的内容编辑或审核来做。"
    assert list(waiting_for(fresh(desk.reviewers[0]))) == []


def test_page_of_no_federation_is_the_provinces(desk, home, tree):
    page = desk.draft(federation=None)
    submit(page, desk.author)
    province = make_editor(home, tree.province, StaffRoleType.REVIEWER)

    refusal(page, desk.reviewers[0])
    decide_next(page, province)

    assert current_state(page).step == ReviewStep.SECOND


def test_refusal_needs_a_reason(desk):
    page = desk.draft()
    submit(page, desk.author)

    said = refusal(page, desk.reviewers[0], is_approved=False, reason="  ")

    assert said == "请写明要改什么，作者才好改。"
    assert current_state(page).step == ReviewStep.FIRST


def test_refusal_goes_back_to_the_author_with_the_reason(desk):
    page = desk.draft(title="好家风")
    submit(page, desk.author)

    decide_next(page, desk.reviewers[0], is_approved=False, reason="第二段日期不对")

    assert page.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    notice = Notice.objects.get()
    assert (notice.member, notice.text) == (desk.author, "《好家风》初审退回修改：第二段日期不对")


def test_author_who_has_moved_on_is_told_nothing(desk, tree):
    page = desk.draft()
    submit(page, desk.author)
    StaffRole.objects.filter(member=desk.author).update(federation=tree.other_town)

    decide_next(page, desk.reviewers[0], is_approved=False, reason="第二段日期不对")

    assert list(Notice.objects.all()) == []


def test_after_a_refusal_the_reviewers_may_change_places(desk):
    """The approval from before the refusal is about another text, under the same number."""
    page = desk.draft()
    submit(page, desk.author)
    first, second, third = desk.reviewers
    decide_next(page, first)
    decide_next(page, second, is_approved=False, reason="改")
    page.save_revision(user=desk.author, overwrite_revision=page.latest_revision)
    page.current_workflow_state.resume(desk.author)

    pass_reviews(page, [second, first, third])

    assert reload(page).live


def test_after_a_refusal_the_first_reviewer_reads_again(desk):
    page = desk.draft()
    submit(page, desk.author)
    decide_next(page, desk.reviewers[0])
    decide_next(page, desk.reviewers[1], is_approved=False, reason="改")
    page.save_revision(user=desk.author)

    page.current_workflow_state.resume(desk.author)

    assert current_state(page).step == ReviewStep.FIRST


def test_after_a_refusal_the_same_three_may_review(desk):
    page = desk.draft()
    submit(page, desk.author)
    decide_next(page, desk.reviewers[0])
    decide_next(page, desk.reviewers[1], is_approved=False, reason="改")
    page.save_revision(user=desk.author)
    page.current_workflow_state.resume(desk.author)

    pass_reviews(page, desk.reviewers)

    assert reload(page).live


@pytest.mark.parametrize("step", STEPS)
def test_edit_begins_at_the_first_review_again(desk, step):
    page = desk.draft()
    submit(page, desk.author)
    lead_to(page, step, desk.reviewers)
    page.save_revision(user=desk.author)

    restart_if_changed(page_id=page.pk, by=desk.author, now=timezone.now())

    state = current_state(page)
    assert (state.step, state.revision_id) == (ReviewStep.FIRST, page.latest_revision_id)


def test_edited_text_needs_all_three_again(desk):
    page = desk.draft()
    submit(page, desk.author)
    lead_to(page, ReviewStep.FINAL, desk.reviewers)
    page.save_revision(user=desk.author)
    restart_if_changed(page_id=page.pk, by=desk.author, now=timezone.now())

    decide_next(page, desk.reviewers[2])

    assert (reload(page).live, current_state(page).step) == (False, ReviewStep.SECOND)


def test_text_overwritten_in_place_is_another_text(desk):
    """Autosave keeps the revision's number."""
    page = desk.draft()
    submit(page, desk.author)
    lead_to(page, ReviewStep.FINAL, desk.reviewers)
    page.title = "偷换"
    page.save_revision(user=desk.author, overwrite_revision=page.latest_revision)

    said = refusal(page, desk.reviewers[2])

    assert said == str(CHANGED_MEANWHILE)
    assert (reload(page).live, current_state(page).step) == (False, ReviewStep.FIRST)


def test_text_that_the_reviewer_did_not_see_is_not_approved(desk):
    page = desk.draft()
    submit(page, desk.author)
    seen = current_state(page)
    page.save_revision(user=desk.author)
    restart_if_changed(page_id=page.pk, by=desk.author, now=timezone.now())

    with pytest.raises(ReviewRefused):
        decide(
            state_id=seen.pk,
            by=desk.reviewers[0],
            is_approved=True,
            reason="",
            seen=seen.text,
            now=timezone.now(),
        )

    assert current_state(page).step == ReviewStep.FIRST


def test_who_edits_during_the_review_is_an_author(desk):
    page = desk.draft()
    submit(page, desk.author)
    page.save_revision(user=desk.reviewers[2])
    restart_if_changed(page_id=page.pk, by=desk.reviewers[2], now=timezone.now())

    assert refusal(page, desk.reviewers[2]) == WROTE


def test_live_version_stays_until_the_next_has_passed(desk):
    page = desk.live(title="旧")
    page.title = "新"
    submit(page, desk.author)

    titles = [reload(page).title]
    for reviewer in desk.reviewers:
        decide_next(page, reviewer)
        titles.append(reload(page).title)

    assert titles == ["旧", "旧", "旧", "新"]


def test_approved_page_waits_for_its_hour(desk):
    page = desk.draft()
    page.go_live_at = timezone.now() + timezone.timedelta(days=1)
    submit(page, desk.author)

    pass_reviews(page, desk.reviewers)

    page = reload(page)
    assert (page.live, page.scheduled_revision) == (False, page.latest_revision)


def test_decisions_are_on_record(desk):
    page = desk.draft(title="好家风")
    submit(page, desk.author)
    decide_next(page, desk.reviewers[0], is_approved=False, reason="改")
    submit_again(page, desk.author)
    pass_reviews(page, desk.reviewers)

    rows = ReviewRecord.objects.order_by("pk").values_list("kind", "step", "person_name", "reason")

    kind = RecordKind
    assert list(rows) == [
        (kind.SUBMITTED, None, "林编辑", ""),
        (kind.RETURNED, 1, "王初审", "改"),
        (kind.SUBMITTED, None, "林编辑", ""),
        (kind.APPROVED, 1, "王初审", ""),
        (kind.APPROVED, 2, "李复审", ""),
        (kind.APPROVED, 3, "赵终审", ""),
    ]


def submit_again(page, by):
    page.save_revision(user=by)
    page.current_workflow_state.resume(by)


def test_round_that_has_no_three_approvals_publishes_nothing(desk):
    """Wagtail's own ways to the end of a workflow."""
    page = desk.draft()
    submit(page, desk.author)

    for _step in STEPS[:2]:
        page.current_workflow_task_state.approve(user=desk.reviewers[0])
    with pytest.raises(PermissionDenied):
        page.current_workflow_task_state.approve(user=desk.reviewers[0])

    assert not reload(page).live


@pytest.mark.parametrize("n", [1, 30])
def test_waiting_list_takes_one_query(desk, django_assert_num_queries, n):
    for _ in range(n):
        submit(desk.draft(), desk.author)
    reviewer = fresh(desk.reviewers[0])
    list(waiting_for(reviewer))

    with django_assert_num_queries(1):
        assert len(waiting_for(reviewer)) == n
