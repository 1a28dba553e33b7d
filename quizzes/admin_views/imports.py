"""导入试题: upload, see what would happen, import as a background job."""

from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federations.domain.jobs import ask_for_job, run_at_once
from federations.editing import own_federation
from federations.job_pages import find_job
from federations.models import Job, JobState
from quizzes.admin_views.desk import DeskView
from quizzes.desk.import_report import changes, count_lines, say_nothing_changes
from quizzes.forms.desk import ImportForm
from quizzes.interchange.entries import UnreadableFile
from quizzes.interchange.registry import find_format
from quizzes.jobs.imports import check_import

# A file that is tried while the page waits.
SMALL_FILE_BYTES, SMALL_FILE_ROWS = 1024**2, 500
ROWS_PER_PAGE = 30
TITLE = gettext_lazy("导入试题")


class UploadView(DeskView):
    page_title = TITLE
    header_icon = "upload"
    template_name = "admin_quizzes/imports/upload.html"

    def get(self, request):
        asked = {"bank": request.GET.get("bank")}
        return self.show(form=ImportForm(user=request.user, initial=asked))

    def post(self, request):
        form = ImportForm(request.POST, request.FILES, user=request.user)
        if not form.is_valid():
            return self.show(form=form)
        try:
            is_small = is_small_file(form.cleaned_data["file"])
        except UnreadableFile as error:
            form.add_error("file", str(error))
            return self.show(form=form)
        return redirect("job", start_check(request.user, form.cleaned_data, is_small).pk)


def is_small_file(upload) -> bool:
    """Whether trying it takes a moment only. Raises UnreadableFile."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"upload{Path(upload.name).suffix}"
        file.write_bytes(upload.read())
        upload.seek(0)
        format = find_format(upload.name, file)
        if upload.size > SMALL_FILE_BYTES:
            return False
        first = islice(format.read(file), SMALL_FILE_ROWS + 1)
        return sum(1 for _entry in first) <= SMALL_FILE_ROWS


def start_check(user, cleaned, is_small: bool) -> Job:
    bank, place = cleaned["bank"], own_federation(user)
    asked = {
        "kind": "question_import_check",
        "title": _("检查：%s") % cleaned["file"].name,
        "owner": user,
        "upload": cleaned["file"],
        "params": {
            "bank": bank.pk if bank else None,
            "new_bank": "" if bank else cleaned["new_bank"],
            "needs_review": cleaned["needs_review"],
            "federation": place.pk if place else None,
            "file_name": cleaned["file"].name,
        },
    }
    if is_small:
        return run_at_once(handlers={asked["kind"]: check_import}, **asked)
    return ask_for_job(**asked)


def find_check(request, pk: int) -> Job:
    job = find_job(request, pk)
    if job.kind != "question_import_check" or job.state != JobState.DONE:
        raise Http404
    return job


SECTIONS = {
    "problem": gettext_lazy("有问题，不导入"),
    "duplicate": gettext_lazy("重复，不导入"),
    "note": gettext_lazy("提示"),
}


class CheckView(DeskView):
    """What the file would do; and, once it was imported, that it was."""

    page_title = gettext_lazy("检查结果")
    header_icon = "upload"
    template_name = "admin_quizzes/imports/check.html"
    parents = (("import_upload", TITLE),)

    def get(self, request, pk):
        job = find_check(request, pk)
        counts = job.result["counts"]
        return self.show(
            job=job,
            lines=count_lines(counts),
            changes=changes(counts),
            idle=say_nothing_changes(counts),
            imported=imports_of(job).first(),
            sections=[self.section(job, key) for key in SECTIONS if job.result[key]],
        )

    def section(self, job: Job, key: str) -> dict:
        """Each list turns its own pages."""
        page = Paginator(job.result[key], ROWS_PER_PAGE).get_page(self.request.GET.get(key))
        return {"key": key, "heading": SECTIONS[key], "page": page}

    def post(self, request, pk):
        check = find_check(request, pk)
        if check.owner_id != request.user.pk:
            raise Http404
        return redirect("job", start_import(check).pk)


def imports_of(check: Job):
    """Jobs that import the checked file, or did; one that failed may be tried again."""
    jobs = Job.objects.filter(kind="question_import", owner=check.owner, params__check=check.pk)
    return jobs.exclude(state=JobState.FAILED)


@transaction.atomic
def start_import(check: Job) -> Job:
    """The job that imports the file; pressed twice, the same one."""
    check = Job.objects.select_for_update(of=("self",)).select_related("owner").get(pk=check.pk)
    if running := imports_of(check).first():
        return running
    return ask_for_job(
        kind="question_import",
        title=_("导入：%s") % check.params["file_name"],
        owner=check.owner,
        params={"check": check.pk},
    )


urlpatterns = [
    path("", UploadView.as_view(), name="import_upload"),
    path("<int:pk>/", CheckView.as_view(), name="import_check"),
]
