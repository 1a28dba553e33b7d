"""A member's own certificates: the list, each one, its PDF and the picture to share."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.certificate_papers import PRESS, PaperMaker, verify_url
from learning.certificates.paper import CertificatePaper
from learning.certificates.press import PaperFailed, PressBusy
from learning.models import Certificate
from learning.rules.certificate_numbers import NotANumber, read_number
from members.domain.limits import Limit, LimitReached

# A page with the picture and a download or two; the press prints one after another.
FILES = Limit("certificate-files", amount=30, seconds=10 * 60)
BUSY = _("现在下载的人多，请过一会儿再试。")
TOO_MANY = _("下载得太频繁了，请过十分钟再试。")
FAILED = _("文件没有做出来，请再试一次；还不行请联系你的妇联。")
STATUSES = {LimitReached: 429, PressBusy: 503, PaperFailed: 500}


def own_certificates(member):
    """Those she shows to others: what was replaced by a newer one is left out."""
    rows = Certificate.objects.filter(member=member, replaced_at=None)
    return rows.select_related("edition")


@require_safe
@never_cache
@login_required
def certificate_list(request):
    context = {"certificates": list(own_certificates(request.user)), "tab": "me"}
    return render(request, "pages/learning/certificates/list.html", context)


@require_safe
@never_cache
@login_required
def certificate(request, number):
    return show(request, find_own(request, number), "certificate")


@require_safe
@never_cache
@login_required
def share(request, number):
    """The picture with how to send it on."""
    found = find_own(request, number)
    return show(request, found, "share") if found.is_valid else to_page(found)


@require_safe
@never_cache
@login_required
def pdf(request, number):
    return send_file(request, number, PRESS.print_certificate, as_attachment=True)


@require_safe
@never_cache
@login_required
def picture(request, number):
    return send_file(request, number, PRESS.print_picture, as_attachment=False)


def find_own(request, number: str) -> Certificate:
    """Another person's certificate does not exist."""
    try:
        number = read_number(number)
    except NotANumber as error:
        raise Http404 from error
    rows = Certificate.objects.filter(member=request.user).select_related("edition")
    return get_object_or_404(rows, number=number)


def show(request, found: Certificate, page: str, *, problem: str = "", status: int = 200):
    context = {
        "certificate": found,
        "verify_url": verify_url(found.number),
        "problem": problem,
        "tab": "me",
    }
    return render(request, f"pages/learning/certificates/{page}.html", context, status=status)


def to_page(found: Certificate):
    return redirect("certificates:certificate", found.shown_number)


def send_file(
    request, number: str, print_file: Callable[[CertificatePaper], bytes], *, as_attachment: bool
):
    """The file; or the certificate's page with what is wrong."""
    found = find_own(request, number)
    if not found.is_valid:
        return to_page(found)
    try:
        FILES.take(f"{request.user.pk}", now=timezone.now())
        file = print_file(PaperMaker().certificate(found))
    except (LimitReached, PressBusy, PaperFailed) as error:
        problem, status = problem_text(error), STATUSES[type(error)]
        return show(request, found, "certificate", problem=problem, status=status)
    return file_response(file, f"{found.name}-{found.shown_number}", as_attachment=as_attachment)


def problem_text(error: Exception) -> str:
    """What to tell her when a file could not be made."""
    return str({LimitReached: TOO_MANY, PressBusy: BUSY, PaperFailed: FAILED}[type(error)])


KINDS = {b"%PDF": ("application/pdf", "pdf"), b"\x89PNG": ("image/png", "png")}


def file_response(file: bytes, name: str, *, as_attachment: bool) -> HttpResponse:
    content_type, suffix = KINDS.get(file[:4], ("image/jpeg", "jpg"))
    response = HttpResponse(file, content_type=content_type)
    disposition = content_disposition_header(as_attachment, f"{name}.{suffix}")
    response["Content-Disposition"] = disposition
    return response


def certificates_context(member) -> dict:
    """For her own page: how many she has, and the newest."""
    valid = own_certificates(member).filter(revoked_at=None)
    newest = valid.first()
    return {"certificate_count": valid.count() if newest else 0, "newest_certificate": newest}
