"""Views that belong to the whole house."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A stale form: say what to do. `reason` is for developers and stays in the log."""
    return render(request, "403_csrf.html", status=403)
