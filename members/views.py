"""The member's own settings."""

from django.http import HttpResponseRedirect
from django.views.decorators.http import require_POST

from members.models import TextSize
from members.redirects import is_own_address
from members.text_size import COOKIE, COOKIE_AGE


@require_POST
def text_size(request):
    """Remember the text size on this device and, for a member, for her next one."""
    size = request.POST.get("size", "")
    if size not in TextSize.values:
        size = TextSize.STANDARD
    if request.user.is_authenticated and request.user.text_size != size:
        request.user.text_size = size
        request.user.save(update_fields=["text_size"])
    response = HttpResponseRedirect(safe_next(request))
    response.set_cookie(
        COOKIE, size, max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure()
    )
    return response


def safe_next(request) -> str:
    """Where to go back to: only an address of this site."""
    target = request.POST.get("next", "/")
    return target if is_own_address(request, target) else "/"
