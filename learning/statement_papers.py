"""An annual statement of credit hours as a paper for the press."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning.certificates.paper import StatementPaper
from learning.domain.ledger.hours import YEARLY_TARGET
from learning.queries_statement import CreditStatement
from learning.wording import hours_text


def statement_paper(statement: CreditStatement, *, unit: str, today: date) -> StatementPaper:
    return StatementPaper(
        title=_("%d 年学时证明") % statement.year,
        facts=[(_("姓名"), statement.member.name), (_("单位"), unit or _("（无任职）"))],
        columns=[
            (_("日期"), 0.18, "left"),
            (_("学习内容"), 0.64, "left"),
            (_("学时"), 0.18, "right"),
        ],
        rows=[
            [date_format(row.day, "n月j日"), _with_reason(row), hours_text(row.credit)]
            for row in statement.rows
        ],
        totals=[(_("全年学时"), _total_text(statement))],
        note=_("计算依据：%s。") % "；".join(_rule_text(rule) for rule in statement.rules)
        if statement.rules
        else "",
        issuer=_("广东省妇女联合会 · 执委学堂"),
        date_text=date_format(today, "Y年n月j日"),
        made_at=f"{today.isoformat()}T00:00:00+08:00",
    )


def _with_reason(row) -> str:
    return f"{row.text}（{row.reason}）" if row.reason else row.text


def _total_text(statement: CreditStatement) -> str:
    hours = hours_text(statement.credit)
    target = YEARLY_TARGET // 100
    if statement.has_reached_target:
        return _("%(hours)s（已达到全年 %(target)d 学时的目标）") % {
            "hours": hours,
            "target": target,
        }
    return hours


def _rule_text(rule) -> str:
    return _("%(what)s %(hours)s 学时（%(day)s起）") % {
        "what": rule.get_behaviour_display(),
        "hours": hours_text(rule.credit),
        "day": date_format(rule.starts_on, "Y年n月j日"),
    }
