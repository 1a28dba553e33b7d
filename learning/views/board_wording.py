"""Lines about one of many boards, for lists and links."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning.boards.wording import window_text
from learning.models import Plan, PlanKind

# What is said where there is no board of the kind, and whether to go on with the quizzes.
NOTHING_YET = {
    PlanKind.TASK: {
        "text": _("现在没有学习任务，等上级妇联发布后就能看到排行。"),
        "to_quizzes": False,
    },
    PlanKind.QUIZ: {
        "text": _("还没有人交过测验的卷子，有人交卷后就能看到排行。"),
        "to_quizzes": True,
    },
    PlanKind.PERIOD: {
        "text": _("各时段的排行还在准备，过一会儿再来看。"),
        "to_quizzes": False,
    },
}


def subject_facts(plan: Plan) -> dict:
    return {
        "title": plan.title,
        "url": f"{reverse('learning:board')}?plan={plan.pk}",
        "window_text": window_text(plan),
        "place": plan.federation.name,
        "is_frozen": plan.is_frozen,
    }
