"""How the figures are made, in the words that stand below a board and in its exports."""

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learning.models import Plan, PlanKind

DUE = (_("应参"), _("统计时在任、计入本单位的执委人数；一个人只在一个单位计一次。"))
PASSED = (
    _("及格率"),
    _("要考的测验全部及格的人 ÷ 参与的人。任务里有必考的测验就看必考的，没有就看全部测验。"),
)
EXCELLENT = (_("优秀率"), _("及格，并且各份测验最好成绩平均 90 分以上的人 ÷ 参与的人。"))
SCORE = (
    _("平均分"),
    _("先算每个人各份测验最好成绩的平均，再对有成绩的人求平均，满分 100；不足 3 人不显示。"),
)
COMMON = (
    (_("本级"), _("只算这个妇联自己的执委队伍。")),
    (_("全域"), _("本级和下面各级合在一起。")),
    (_("同级比较"), _("把同一级的单位放在一起比；东莞、中山的镇街直接归市，和各镇街一起排。")),
    (
        _("名次"),
        _("数值相同名次相同，后面的名次跳过去；应参不足 10 人的单位单独列出，不排名。"),
    ),
    (
        _("进步最大"),
        _("按比上期提高多少来排。上期是前一个时段，或者这个任务复制自的那个任务；没有上期的不排。"),
    ),
    (_("取整"), _("比率和平均分留一位小数，学时留两位，四舍五入；排名用的就是显示的数。")),
)

TASK = (
    DUE,
    (_("参与率"), _("至少交过一次卷的人 ÷ 应参。没有测验的任务，至少学完一项算参与。")),
    (_("完成率"), _("学完全部必修内容的人 ÷ 应参。任务开始前学完的也算。")),
    PASSED,
    EXCELLENT,
    SCORE,
    (_("人均学时"), _("学任务里的内容得到的学时合计 ÷ 应参。")),
    (_("目标"), _("任务定的完成率；还差几人，是按全域的应参算的。")),
    *COMMON,
    (_("冻结"), _("任务截止时名单和成绩一起冻结，之后不再变动。")),
)
QUIZ = (
    DUE,
    (_("参与率"), _("这份测验至少交过一次卷的人 ÷ 应参。")),
    (_("完成率"), _("交了卷就算完成，和参与率相同；考得怎样看及格率。")),
    (_("及格率"), _("这份测验及格的人 ÷ 参与的人；可以多次作答的，有一次及格就算。")),
    (_("优秀率"), _("及格，并且最好成绩 90 分以上的人 ÷ 参与的人。")),
    SCORE,
    (_("人均学时"), _("这份测验得到的学时合计 ÷ 应参。")),
    *COMMON,
    (_("冻结"), _("测验关闭时名单和成绩一起冻结；一直开放的测验不冻结。")),
)
PERIOD = (
    (_("应参"), _("时段最后一天（还没结束的，今天）在任、计入本单位的执委人数。")),
    (_("参与率"), _("时段里学完过一项内容，或者第一次交过卷的人 ÷ 应参。")),
    (
        _("达标率"),
        _("时段里学时达到目标的人 ÷ 应参。目标按全年的学时分到季、月、周。"),
    ),
    (_("及格率"), _("时段里第一次作答的测验，到时段结束全部及格的人 ÷ 参与的人。")),
    (_("优秀率"), _("及格，并且这些测验最好成绩平均 90 分以上的人 ÷ 参与的人。")),
    (
        _("平均分"),
        _("时段里第一次作答的测验，每个人最好成绩的平均，再对有成绩的人求平均；不足 3 人不显示。"),
    ),
    (_("人均学时"), _("时段里得到的全部学时 ÷ 应参。更正退回的学时要减掉。")),
    *COMMON,
    (_("冻结"), _("时段结束时名单和成绩一起冻结，之后不再变动。")),
)
DEFINITIONS = {PlanKind.TASK: TASK, PlanKind.QUIZ: QUIZ, PlanKind.PERIOD: PERIOD}


def definitions_for(plan: Plan) -> tuple[dict[str, str], ...]:
    """({term, text}, …), all that the board of this plan shows."""
    return _definitions(PlanKind(plan.kind), get_language())


@cache
def _definitions(kind: PlanKind, language: str) -> tuple[dict[str, str], ...]:
    # Two dozen sentences, twice on every board: looking each up anew took a tenth of the page.
    return tuple({"term": str(term), "text": str(text)} for term, text in DEFINITIONS[kind])


def define(plan: Plan, term: str) -> str:
    """One of them."""
    return next(text for name, text in DEFINITIONS[PlanKind(plan.kind)] if name == term)
