"""What the academy does with personal data, what members agree to, and agreeing to it."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.consenting import ConsentMixin, keep_tick, open_gate
from members.documents import DOCUMENTS, current_token
from members.domain.consents import has_agreed
from members.models import ConsentWay
from members.redirects import is_own_address
from members.retention import all_rules


@require_safe
def document(request, name):
    """The version in force; `?version=` shows an older one."""
    found = DOCUMENTS[name]
    version = request.GET.get("version")
    edition = found.find(version) if version else found.current
    if edition is None:
        raise Http404
    context = {
        "document": found,
        "edition": edition,
        "others": DOCUMENTS.values(),
        "operator": settings.PRIVACY_OPERATOR,
        "contact": settings.PRIVACY_CONTACT,
        "rules": all_rules(),
    }
    return render(request, "pages/privacy/document.html", context)


class AgreeForm(ConsentMixin):
    """Signed in already: what the device remembers is not her own consent."""

    is_agreed_here = False

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)


@never_cache
@login_required
def agree(request):
    """Asked once after sign-in, or in a running session when there is a new version."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    target = target if is_own_address(request, target) else ""
    form = AgreeForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        keep_tick(request, ConsentWay.PAGE)
        open_gate(request, request.user, now=timezone.now())
        return redirect(target or "me")
    if request.method != "POST" and has_agreed(request.user):
        # She agreed in another window or on another device: this session learns of it.
        open_gate(request, request.user, now=timezone.now())
        return redirect(target or "me")
    context = {
        "form": form,
        "next_url": target,
        "token": current_token(),
        "documents": DOCUMENTS.values(),
        "is_first": not request.user.consents.exists(),
    }
    return render(request, "pages/privacy/agree.html", context)
