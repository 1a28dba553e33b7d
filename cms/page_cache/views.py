"""Which views make pages that are the same for all visitors."""

from functools import wraps

from django.http import HttpRequest, HttpResponse


def kept_for_visitors(view):
    """What `view` shows to visitors depends on the address, the cookies in PAGE_CACHE_COOKIES and
    the headers HX-Request and Save-Data alone. After a change one request makes it, others wait."""

    @wraps(view)
    def show(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        slot = getattr(request, "page_slot", None)
        if slot is None:
            return view(request, *args, **kwargs)
        request.is_for_all = True
        if not slot.is_claimed and (entry := slot.made_by_another()):
            return entry.to_response()
        return view(request, *args, **kwargs)

    return show
