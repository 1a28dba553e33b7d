"""下载我的全部信息: asked for here, made in the background, fetched here by herself alone."""

from pathlib import PurePosixPath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from federations.domain.jobs import KEPT, ask_for_job
from federations.models import Job, JobState
from learning.jobs.my_data import MY_DATA
from members.domain.audit import record
from members.domain.limits import Limit, LimitReached
from members.models import Action

# All of her data each time.
ARCHIVES = Limit("my-data", amount=3, seconds=60 * 60)
SHOWN = 10


@never_cache
@login_required
def my_data(request):
    own = Job.objects.filter(owner=request.user, kind=MY_DATA)
    if request.method == "POST":
        _ask(request, own)
        return redirect("my_data")
    context = {"jobs": own[:SHOWN], "days": KEPT.days, "tab": "me"}
    return render(request, "pages/privacy/my_data.html", context)


def _ask(request, own) -> None:
    if own.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).exists():
        messages.info(request, _("已经在准备了，请稍等。"))
        return
    try:
        ARCHIVES.take(f"{request.user.pk}", now=timezone.now())
    except LimitReached:
        messages.error(request, _("下载得太频繁了，请过一小时再试。"))
        return
    ask_for_job(kind=MY_DATA, title=_("下载我的全部信息"), owner=request.user)
    messages.success(request, _("正在准备，一般一两分钟。好了会给您发消息，也可以刷新这一页看。"))


@require_safe
@never_cache
@login_required
def my_data_file(request, pk):
    """Not even a superuser fetches somebody else's."""
    job = get_object_or_404(Job, pk=pk, owner=request.user, kind=MY_DATA, state=JobState.DONE)
    if not job.output or not job.output.storage.exists(job.output.name):
        raise Http404
    with transaction.atomic():
        record(action=Action.DATA_DOWNLOADED, by=request.user, subject=request.user)
    name = PurePosixPath(job.output.name).name.removeprefix(f"{job.pk}-")
    return FileResponse(job.output.open("rb"), as_attachment=True, filename=name)
