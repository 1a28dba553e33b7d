"""A form of staff whose session had been left alone: offered again when she is back.

Unlike `kept_posts` for members' taps it does not go through by itself: she sees what it was for,
and sends it once more.
"""

from django.http import QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from members.encryption import seal, unseal

SESSION_KEY = "kept_form"
# Characters; a page in the editor has some ten thousand.
MAX_LENGTH = 400_000
DROP = "drop-kept-form"


def keep_form(request, view, *, member=None) -> None:
    """Keep a post that comes too late; without `member` only what replaces one that was kept.

    Sealed, as it may hold people's names and phones; without passwords.
    """
    kept = request.session.get(SESSION_KEY)
    is_again = member is None and kept is not None and kept["path"] == request.path
    # Those views keep it by themselves.
    if request.method != "POST" or getattr(view, "keeps_posts", False):
        return
    if not is_again and member is None:
        return
    body = request.POST.copy()
    for name in [each for each in body if each == "csrfmiddlewaretoken" or "password" in each]:
        del body[name]
    encoded = body.urlencode()
    if encoded and len(encoded) <= MAX_LENGTH:
        owner = kept["member"] if is_again else member.pk
        request.session[SESSION_KEY] = {
            "path": request.path,
            "body": seal(encoded),
            "member": owner,
        }


def offer_kept_form(request):
    """The page that offers it, when she comes back to where it was sent; None otherwise."""
    kept = request.session.get(SESSION_KEY)
    if kept is None or kept["path"] != request.path:
        return None
    is_hers = kept["member"] == request.user.pk
    if not is_hers or request.method != "GET" or DROP in request.GET:
        del request.session[SESSION_KEY]
        return None
    fields = [
        (name, value)
        for name, values in QueryDict(unseal(kept["body"])).lists()
        for value in values
    ]
    context = {"fields": fields, "path": request.path, "drop": f"{request.path}?{DROP}=1"}
    response = render(request, "account/kept_form.html", context)
    add_never_cache_headers(response)
    return response
