"""Background jobs about content: the kind of a job, and what does it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.domain.links import check_page
from cms.kinds import looked_after_by
from federations.domain.jobs import Handler, JobRefused, Report, ask_for_job
from federations.models import Job
from members.models import Member

LINK_CHECK = "link_check"


def ask_for_link_check(*, page, owner: Member) -> Job:
    title = _("检查链接：%(page)s") % {"page": page.get_admin_display_title()}
    return ask_for_job(kind=LINK_CHECK, title=title, owner=owner, params={"page": page.pk})


def check_links(job: Job, report: Report) -> dict[str, Any]:
    # Asked again now: the page may have been taken down or given away since.
    page = looked_after_by(job.owner).live().filter(pk=job.params["page"]).first()
    if page is None:
        raise JobRefused(_("这个页面已经不在网上，或者不归您管理，没有检查。"))
    count, broken = check_page(page=page, report=report)
    notes = [_("外部网址要隔天两次都打不开，才会列为失效链接。")] if count else []
    return {
        "lines": [[_("链接"), count], [_("失效"), broken]],
        "notes": notes,
        "links": [[_("失效链接"), reverse("desk_list", args=["broken-links"])]],
    }


HANDLERS: dict[str, Handler] = {LINK_CHECK: check_links}
