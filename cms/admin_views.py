"""The admin's frame: what the menu holds, and what is closed with it."""

from django.shortcuts import redirect

# Wagtail's own entries whose place is taken by the 内容 group.
REGROUPED = {"explorer", "images", "documents", "media"}
SUPERUSER_ONLY = {"reports", "help", "settings", "snippets"}
# The two help links lead to sites outside.
HELP_KEPT = {"keyboard-shortcuts-trigger"}


def tidy_main_menu(request, items):
    hidden = REGROUPED if request.user.is_superuser else REGROUPED | SUPERUSER_ONLY
    items[:] = [item for item in items if item.name not in hidden]


def tidy_help_menu(request, items):
    items[:] = [item for item in items if item.name in HELP_KEPT]


def for_superusers(view):
    """Wagtail's reports go by groups: they would show every federation's drafts and people."""

    def guarded(request, *args, **kwargs):
        if not request.user.is_superuser:
            return redirect("wagtailadmin_home")
        return view(request, *args, **kwargs)

    return guarded
