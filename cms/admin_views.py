"""The admin's frame: what the menu holds."""

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
