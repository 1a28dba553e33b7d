"""Who may decide: by the role, and never about her own text or twice in a round."""

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.models import Correction, RecordKind, ReviewRecord, ReviewStep, ReviewTaskState
from federations.editing import (
    ANSWERING_ROLES,
    EDITING_ROLES,
    REVIEWING_ROLES,
    answers_for,
    within_held,
)
from federations.models import Federation, StaffRole, StaffRoleType
from members.models import Member

ROLES = {
    ReviewStep.FIRST: (StaffRoleType.EDITOR, StaffRoleType.REVIEWER),
    ReviewStep.SECOND: REVIEWING_ROLES,
    ReviewStep.FINAL: REVIEWING_ROLES,
}


# Records of a text that became public as a whole: the next version begins after it.
PASSED = Q(kind=RecordKind.DIRECT) | Q(kind=RecordKind.APPROVED, step=ReviewStep.FINAL)


def is_in_reach(user, federation: Federation | None, step: int) -> bool:
    """Whether her role, not yet her part in the text, lets her decide this step."""
    return answers_for(user, federation, roles=ROLES[ReviewStep(step)])


def may_correct(user, federation: Federation | None) -> bool:
    return answers_for(user, federation, roles=REVIEWING_ROLES)


def may_take_down(user, federation: Federation | None) -> bool:
    return answers_for(user, federation, roles=ANSWERING_ROLES)


def find_obstacle(state: ReviewTaskState, by: Member) -> str | None:
    """Why this person cannot decide, in Chinese; None when she can."""
    if not is_in_reach(by, state.page.specific.federation, state.step):
        return _("%(step)s要由所属妇联或上级妇联的%(role)s来做。") % {
            "step": state.step_label,
            "role": _("内容编辑或审核") if state.step == ReviewStep.FIRST else _("审核"),
        }
    rows = ReviewTaskState.objects.filter(pk=state.pk)
    if rows.filter(_wrote(by) | _submitted(by)).exists():
        return _("这一稿您写过、改过或送审过，要请别人来审。")
    if rows.filter(_decided(by)).exists():
        return _("这一轮您已经审过一步了，三审要由三个人来做。")
    return None


def open_to(user) -> Q:
    """A filter of ReviewTaskState: what `find_obstacle` finds nothing against."""
    reach = Q(pk__in=[])
    for step, roles in ROLES.items():
        reach |= Q(step=step) & within_held(user, "federation__path", roles=roles)
    return reach & ~_wrote(user) & ~_submitted(user) & ~_decided(user)


def _wrote(user) -> Exists:
    hers = Revision.page_revisions.filter(
        object_id=Cast(OuterRef("page_id"), CharField()),
        pk__gt=OuterRef("since_revision"),
        user=user,
    )
    return Exists(hers)


def _submitted(user) -> Q:
    """This round, or one about the same version that was begun anew since; or sent it off after
    somebody else had submitted it."""
    rounds = ReviewTaskState.objects.filter(
        page_id=OuterRef("page_id"),
        revision_id__gt=OuterRef("since_revision"),
        workflow_state__requested_by=user,
    )
    sent = ReviewRecord.objects.filter(
        page_id=OuterRef("page_id"),
        revision_id__gt=OuterRef("since_revision"),
        kind=RecordKind.SUBMITTED,
        person_id=user.pk,
    )
    return Exists(rounds) | Exists(sent)


def _decided(user) -> Exists:
    approved = ReviewTaskState.objects.filter(
        workflow_state_id=OuterRef("workflow_state_id"),
        revision_id=OuterRef("revision_id"),
        text_saved_at=OuterRef("text_saved_at"),
        status=TaskState.STATUS_APPROVED,
        finished_by=user,
    )
    return Exists(approved)


def reviewed_until(page: Page) -> int:
    """The revision after which the text that is reviewed now begins; 0 when none was before.

    An urgent correction ends no version: it is itself still to be reviewed.
    """
    correction = Correction.objects.filter(page=page, settled_at=None).order_by("pk").first()
    if correction:
        return correction.since_revision
    passed = ReviewRecord.objects.filter(PASSED, page_id=page.pk)
    last = passed.values_list("revision_id", flat=True).first() or 0
    return max(last, page.live_revision_id or 0)


def is_settled(page: Page, revision: Revision) -> bool:
    """Whether this version is public, is to be, or was: its text, its author and its reviewers are
    those of the record, so another text needs another version."""
    is_scheduled = revision.approved_go_live_at is not None
    is_live = revision.pk == page.live_revision_id
    return is_scheduled or is_live or revision.pk <= reviewed_until(page)


def superior_reviewers(
    federation: Federation | None, *, on, other_than: Member
) -> QuerySet[Member]:
    """The reviewers of the nearest federation above that has any; the province has itself."""
    above = federation.paths_down_to_here[:-1] if federation else []
    held = StaffRole.objects.in_force(on).filter(role__in=REVIEWING_ROLES, member__is_active=True)
    held = held.exclude(member=other_than)
    for path in [*reversed(above)] or _root_paths():
        there = held.filter(federation__path=path)
        if there.exists():
            return Member.objects.filter(pk__in=there.values("member"))
    return Member.objects.none()


def editors_among(member_ids: set[int], federation: Federation | None, *, on) -> QuerySet[Member]:
    """Those of them who still edit for `federation`: nobody else is told of its texts."""
    paths = federation.paths_down_to_here if federation else _root_paths()
    held = StaffRole.objects.in_force(on).filter(role__in=EDITING_ROLES, federation__path__in=paths)
    members = Member.objects.filter(is_active=True, pk__in=member_ids)
    return members.filter(Q(is_superuser=True) | Q(pk__in=held.values("member")))


def _root_paths() -> list[str]:
    return [root.path for root in Federation.get_root_nodes()]


def authors_of(round_: WorkflowState) -> set[int]:
    """Who is told that the text was sent back: who submitted it, and whoever wrote in it."""
    state = ReviewTaskState.objects.filter(workflow_state=round_).order_by("-pk").first()
    revisions = Revision.page_revisions.filter(
        object_id=str(state.page_id), pk__gt=state.since_revision, user__isnull=False
    )
    submitter = {round_.requested_by_id} - {None}
    return submitter | set(revisions.values_list("user_id", flat=True))
