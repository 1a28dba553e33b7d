"""The door of the members' section: asked before any page below it is shown."""

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import render
from wagtail import hooks

from cms.access import may_open


@hooks.register("before_serve_page")
def guard_academy(page, request, serve_args, serve_kwargs):
    """Anonymous visitors sign in first; signed-in people without an appointment are told why."""
    if may_open(request.user, page):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return render(request, "pages/cms/members_only.html", status=403)
