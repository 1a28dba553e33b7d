"""What a member takes along of what she said about entries."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail import hooks

from knowledge_base.models import Feedback
from members.models import Member
from members.own_sheets import HOOK, Row, Sheet, stamp


@hooks.register(HOOK)
def feedback_sheets(member: Member) -> list[Sheet]:
    titles = (_("条目"), _("有用"), _("留言"), _("时间"))
    return [Sheet(_("条目反馈"), titles, _feedback(member))]


def _feedback(member: Member) -> Iterator[Row]:
    said = {True: _("是"), False: _("否")}
    for row in Feedback.objects.filter(member=member).select_related("page"):
        yield row.page.title, said[row.is_useful], row.words, stamp(row.given_at)
