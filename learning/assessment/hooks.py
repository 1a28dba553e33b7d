"""The page in the desk's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from federations.desk.menu import HOOK, DeskPage


@hooks.register(HOOK)
def register_assessment():
    return [
        DeskPage(
            label=_("考核"),
            icon="award",
            url_name="desk_assessment",
            section="desk_assessment",
            order=60,
        )
    ]
