"""What was typed into a form whose sender had to sign in first: taken up again afterwards."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

SESSION_KEY = "kept_post"
# Of a larger form only the way back is kept.
MAX_LENGTH = 8000


def post_after_sign_in(fallback: str) -> Callable:
    """For a view that takes a form of a signed-in member.

    A post whose session has ended is kept in the new one while she signs in, and then goes through
    as if it came now; it passed the check against forgery when it was sent. Whose form it is the
    view checks itself. Any other visit by address leads to the page named `fallback`.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def take(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method == "POST" and request.user.is_authenticated:
                return view(request, *args, **kwargs)
            if request.method == "POST":
                return _keep(request)
            kept = request.session.pop(SESSION_KEY, None)
            if not kept or kept["path"] != request.path or not request.user.is_authenticated:
                return redirect(fallback)
            request.POST = QueryDict(kept["body"])
            return view(request, *args, **kwargs)

        # members.kept_forms leaves it to this.
        take.keeps_posts = True
        return take

    return decorate


def _keep(request: HttpRequest) -> HttpResponse:
    body = request.POST.copy()
    body.pop("csrfmiddlewaretoken", None)
    encoded = body.urlencode()
    if len(encoded) <= MAX_LENGTH:
        request.session[SESSION_KEY] = {"path": request.path, "body": encoded}
    return redirect_to_login(request.path)
