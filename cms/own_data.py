"""How a member is erased from what Wagtail keeps, and how long editors' things are kept."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.domain.erasing import erase_from_admin
from members.domain.erasure import HOOK as ERASE_HOOK
from members.retention import HOOK as RULES_HOOK
from members.retention import Rule

hooks.register(ERASE_HOOK, erase_from_admin, order=-10)


@hooks.register(RULES_HOOK, order=20)
def rules() -> list[Rule]:
    return [
        Rule(
            "search_misses",
            _("没搜到结果的词（不记是谁搜的，像电话和证件号的不记）"),
            _("半年没人再搜就删除"),
            _("给编辑补内容作参考"),
        ),
        Rule(
            "revisions",
            _("文章的旧版本"),
            _("半年；在线的、送审过的留着"),
            _("编辑改错了能找回"),
        ),
    ]
