"""导入名册: upload, see what would happen, import as a background job."""

from django import forms
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from federations.desk.access import MANAGERS, desk_view
from federations.domain.jobs import ask_for_job, run_at_once
from federations.domain.roster.matching import FederationFinder
from federations.domain.roster.streaming import ENDINGS
from federations.domain.roster.template_book import template_book
from federations.job_pages import find_job
from federations.jobs.roster import (
    CHECK,
    IMPORT,
    check_roster,
    count_lines,
    managed_paths,
    say_known,
)
from federations.models import Job, JobState

LARGEST_FILE = 100 * 1024**2
# Below, a file is tried while the page waits: some 500 rows.
SMALL_FILE_BYTES = 40 * 1024


class RosterForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("花名册文件"),
        max_length=200,
        help_text=gettext_lazy("可以是 .xlsx、.xls、.csv，不超过 100 MB。"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "required": gettext_lazy("请选择要上传的文件。"),
            "empty": gettext_lazy("这个文件是空的，请换一个。"),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ENDINGS):
            raise forms.ValidationError(_("只能导入 .xlsx、.xls、.csv 文件，请另存后再上传。"))
        if file.size > LARGEST_FILE:
            message = _("文件有 %(size)s，超过了 100 MB；请把它分成几份，一份一份导入。")
            raise forms.ValidationError(message % {"size": filesizeformat(file.size)})
        return file


@desk_view(MANAGERS)
def upload(request):
    is_sent = request.method == "POST"
    form = RosterForm(request.POST, request.FILES) if is_sent else RosterForm()
    if is_sent and form.is_valid():
        return redirect("desk_job", start_check(request.desk, form.cleaned_data["file"]).pk)
    facts = {
        "form": form,
        "tops": [top.title for top in request.desk.tops],
        "template_url": request.desk.address("desk_import_template"),
    }
    return render(request, "pages/desk/import/upload.html", facts)


@require_safe
@desk_view(MANAGERS)
def template(request):
    """The empty roster to fill in; its example names the place where she stands."""
    within, place = managed_paths(request.user), request.desk.place
    finder = FederationFinder(within)
    file = template_book(finder.title(finder.by_path[place.path]))
    return FileResponse(file, as_attachment=True, filename=_("花名册模板.xlsx"))


def start_check(desk, file) -> Job:
    asked = {
        "kind": CHECK,
        "title": _("检查名册：%s") % desk.place.title,
        "owner": desk.member,
        "upload": file,
        "params": {"federation": desk.place.pk},
    }
    if file.size <= SMALL_FILE_BYTES:
        return run_at_once(handlers={CHECK: check_roster}, **asked)
    return ask_for_job(**asked)


@desk_view(MANAGERS)
def check(request, pk):
    """What the file would do; and, once it was imported, that it was."""
    found = find_check(request, pk)
    if request.method == "POST":
        return start_from(request, found)
    counts = found.result["counts"]
    facts = {
        "job": found,
        "counts": counts,
        "lines": count_lines(counts),
        "changes": counts["created"] + counts["updated"],
        "known": say_known(counts),
        "imported": imports_of(found).first(),
        "more_problems": counts["bad"] - len(found.result["problems"]),
        "upload_url": request.desk.address("desk_import"),
    }
    return render(request, "pages/desk/import/check.html", facts)


def find_check(request, pk: int) -> Job:
    job = find_job(request, pk)
    if job.kind != CHECK or job.state != JobState.DONE:
        raise Http404
    return job


def start_from(request, found: Job):
    """Whoever looks on may not import in another's name."""
    if found.owner_id != request.user.pk:
        raise Http404
    skip_bad = request.POST.get("skip_bad") == "yes"
    if found.result["counts"]["bad"] and not skip_bad:
        return redirect(f"{request.desk.address('desk_import_check', found.pk)}#import")
    return redirect("desk_job", start_import(found, skip_bad=skip_bad).pk)


def imports_of(found: Job):
    """Jobs that import the checked file, or did; one that failed may be tried again."""
    jobs = Job.objects.filter(kind=IMPORT, owner=found.owner_id, params__check=found.pk)
    return jobs.exclude(state=JobState.FAILED)


@transaction.atomic
def start_import(found: Job, *, skip_bad: bool) -> Job:
    """The job that imports the file; pressed twice, the same one."""
    found = Job.objects.select_for_update(of=("self",)).select_related("owner").get(pk=found.pk)
    if running := imports_of(found).first():
        return running
    return ask_for_job(
        kind=IMPORT,
        title=found.title.replace(_("检查名册"), _("导入名册"), 1),
        owner=found.owner,
        params={"check": found.pk, "skip_bad": skip_bad},
    )
