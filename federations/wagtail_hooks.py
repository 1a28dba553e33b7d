from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.permissions import register_permission_policy

from federations import own_data  # noqa: F401 registers hooks
from federations.admin_views import choosers, viewsets
from federations.desk.access import MANAGERS
from federations.desk.menu import HOOK, DeskPage
from federations.domain.claims import forget_claims, remove_old_claims
from federations.models import Appointment, Federation, Job, StaffRole
from members.retention import HOOK as RETENTION_HOOK
from members.retention import Rule

# Before any view asks: a model's first question would otherwise fix the fallback policy.
register_permission_policy(Federation, viewsets.FEDERATION_POLICY, exact_class=True)
register_permission_policy(Appointment, viewsets.APPOINTMENT_POLICY, exact_class=True)
register_permission_policy(StaffRole, viewsets.STAFF_ROLE_POLICY, exact_class=True)

PEOPLE = (
    viewsets.FederationViewSet(),
    viewsets.AppointmentViewSet(),
    viewsets.AccountViewSet(),
    viewsets.StaffRoleViewSet(),
)

# Before the members' own, which take away by what a claim of hers is found.
hooks.register("erase_member", forget_claims, order=-1)


@hooks.register(RETENTION_HOOK)
def register_retention() -> list[Rule]:
    return [
        Rule(
            "claims",
            _("认领申请"),
            _("处理后一年"),
            _("答复申请人，说明是谁核对的"),
            remove_old_claims,
        )
    ]


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [*PEOPLE, choosers.federation_chooser, choosers.member_chooser]


@hooks.register("register_admin_menu_item")
def register_people_menu():
    items = [each.get_menu_item(order=each.menu_order) for each in PEOPLE]
    return SubmenuMenuItem(
        _("妇联与成员"), Menu(items=items), name="people", icon_name="group", order=400
    )


@hooks.register("register_admin_urls")
def register_job_urls():
    return [path("jobs/", include("federations.admin_views.jobs"))]


class JobsMenuItem(MenuItem):
    """For whoever has asked for a job."""

    def is_shown(self, request):
        return Job.objects.filter(owner=request.user).exists()


@hooks.register("register_admin_menu_item")
def register_job_menu():
    return JobsMenuItem(
        _("我的任务"), reverse("job_list"), name="jobs", icon_name="tasks", order=450
    )


@hooks.register(HOOK)
def register_desk_pages():
    return [
        DeskPage(_("名册"), "users", "desk_roster", section="desk_roster", order=200),
        DeskPage(_("认领"), "hand", "desk_claims", "desk_claim", 250, roles=MANAGERS),
        DeskPage(
            _("导入名册"), "doc", "desk_import", section="desk_import", order=300, roles=MANAGERS
        ),
        DeskPage(
            _("更正申请"),
            "pen",
            "desk_corrections",
            section="desk_correction",
            order=400,
            roles=MANAGERS,
        ),
        DeskPage(_("我的任务"), "clock", "desk_jobs", section="desk_job", order=900),
    ]


@hooks.register("construct_homepage_summary_items")
def add_member_count(request, items):
    items.append(viewsets.MemberCount(request))
