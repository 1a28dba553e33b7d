"""A period as a bulletin (通报): what is seen at a place, for a workbook and for paper."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from learning.assessment.domain.record import describe_indicator, label_of
from learning.assessment.measures import all_measures
from learning.assessment.queries import Sight
from learning.assessment.telling import left_out_text, points_text
from learning.assessment.windows import window_title
from learning.bulletins.bulletin import Bulletin, Cell, Chart, Column, Kind
from learning.models import AssessmentEventKind, AssessmentResult
from learning.rules.assessment import Indicator
from learning.rules.figures import MIN_RANKED_DUE

# So many units have a bar at either end.
BARS = 10


def bulletin_of(sight: Sight, *, now: datetime) -> Bulletin:
    """The place that looks is its issuer: a superior's name is not told below."""
    results = list(sight.results)
    before = sight.before([each.federation_id for each in results])
    ranked = [each for each in results if each.rank is not None]
    others = [each for each in results if each.rank is None]
    title = window_title(sight.scheme.span, sight.period.first_day)
    return Bulletin(
        masthead=_("工作考核通报"),
        issuer=sight.place.title,
        date_text=date_format(localtime(now), "Y年n月j日"),
        title=_("关于“%(scheme)s”%(period)s结果的通报")
        % {"scheme": sight.scheme.title, "period": title},
        subtitle=_("考核%(level)s，满分 100 分") % {"level": sight.scheme.get_level_display()},
        as_of=as_of_text(sight),
        lead=_lead(sight, ranked, title),
        columns=_columns(sight),
        rows=[_cells(each, sight, before) for each in ranked],
        table_title=_("各单位得分"),
        small_title=_("不排名的单位（应参不足 %d 人或没有数据）") % MIN_RANKED_DUE,
        small_rows=[_cells(each, sight, before) for each in others],
        chart=_chart(ranked),
        definitions=[(str(label_of(each)), _define(each)) for each in sight.period.parts],
        notes=_notes(sight),
        made_at=localtime(now).isoformat(timespec="seconds"),
    )


def as_of_text(sight: Sight) -> str:
    period = sight.period
    if period.frozen_at:
        return _("已定稿，数据截至 %s") % date_format(period.last_day, "Y年n月j日")
    if period.computed_at is None:
        return _("还没有计算")
    return _("进行中，数据截至 %s") % date_format(localtime(period.computed_at), "Y年n月j日 H:i")


def _lead(sight: Sight, ranked: list[AssessmentResult], title: str) -> list[str]:
    told = {"period": title, "count": len(ranked), "smallest": MIN_RANKED_DUE}
    lead = [
        _("%(period)s共有 %(count)d 个单位参加排名；应参不足 %(smallest)d 人的单位单独列出。")
        % told
    ]
    best = [each for each in ranked if each.rank == 1]
    if best:
        names = "、".join(each.name for each in best[:5])
        told = {"names": names, "total": points_text(best[0].total)}
        lead.append(_("得分最高的是%(names)s，%(total)s 分。") % told)
    return lead


def _columns(sight: Sight) -> list[Column]:
    """On paper rank, unit, total, change; what every indicator came to stands in the workbook."""
    columns = [
        Column(_("名次"), Kind.RANK, 1, 8),
        Column(_("单位"), Kind.TEXT, 4, 26),
        Column(_("应参"), Kind.COUNT, 1.4),
        Column(_("总分"), Kind.HUNDREDTHS, 1.5),
        Column(_("比上期"), Kind.HUNDREDTHS_CHANGE, 1.5),
    ]
    known = all_measures()
    for each in sight.period.parts:
        label = label_of(each)
        kind = known[each.measure].unit.kind if each.measure in known else Kind.COUNT
        columns.append(Column(str(label), kind, 0, 13))
        columns.append(Column(_("%s得分") % label, Kind.HUNDREDTHS, 0, 15))
    return columns


def _cells(
    result: AssessmentResult, sight: Sight, before: dict[int, AssessmentResult]
) -> list[Cell]:
    cells: list[Cell] = [
        result.rank,
        result.name,
        result.due,
        result.total,
        _change(result, before.get(result.federation_id)),
    ]
    for each, points in zip(sight.period.parts, result.points, strict=True):
        cells += [result.values.get(each.measure), points]
    return cells


def _change(result: AssessmentResult, before: AssessmentResult | None) -> int | None:
    if before is None or before.total is None or result.total is None:
        return None
    return result.total - before.total


def _chart(ranked: list[AssessmentResult]) -> Chart | None:
    if len(ranked) < 2:
        return None
    bars = [(each.name, each.total) for each in ranked]
    if len(bars) <= 2 * BARS:
        return Chart(title=_("各单位总分"), kind=Kind.HUNDREDTHS, first=bars)
    return Chart(
        title=_("总分靠前和靠后的单位"),
        kind=Kind.HUNDREDTHS,
        first=bars[:BARS],
        last=bars[-BARS:],
        first_label=_("前 %d 名") % BARS,
        last_label=_("后 %d 名") % BARS,
    )


def _define(indicator: Indicator) -> str:
    measure = all_measures().get(indicator.measure)
    explanation = str(measure.explanation) if measure else ""
    return f"{explanation}{describe_indicator(indicator)}。"


def _notes(sight: Sight) -> list[str]:
    rule = _(
        "每项得分 = 数值 ÷ 目标 × 权重，达到目标得满分，保留两位小数；"
        "没有数据可以考核的项不计，其余折算成 100 分；同分同名次。"
    )
    notes = [rule]
    if sight.previous is not None and not sight.is_comparable:
        notes.append(_("上一期的指标或权重和这一期不同，升降只供参考。"))
    if left_out := left_out_text(sight):
        notes.append(left_out)
    noted = sight.period.events.filter(kind=AssessmentEventKind.NOTED)
    notes += [
        _("更正说明（%(day)s）：%(text)s")
        % {"day": date_format(localtime(each.at), "Y年n月j日"), "text": each.reason}
        for each in noted
    ]
    return notes
