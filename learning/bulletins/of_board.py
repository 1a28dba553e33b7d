"""A leaderboard as a bulletin: the same rows and figures as its page shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federations.models import Federation
from learning.boards import SORTS, VIEWS, Board, Row, Sort
from learning.boards.definitions import definitions_for
from learning.boards.subjects import offers_scores
from learning.boards.wording import LEVELS, window_text
from learning.bulletins.bulletin import Bulletin, Cell, Chart, Column, Kind
from learning.bulletins.leading import lead_of
from learning.domain.standings.figures import Figures
from learning.models import Plan, PlanKind
from learning.rules.figures import MIN_RANKED_DUE

# As many bars at the top, and as many at the end.
CHART_UNITS = 10
# Decimals and sign of a measure (learning.boards.sorts): its figures, and how much they changed.
KINDS = {
    (1, "%"): (Kind.RATE, Kind.RATE_CHANGE),
    (1, ""): (Kind.TENTHS, Kind.TENTHS_CHANGE),
    (2, ""): (Kind.HUNDREDTHS, Kind.HUNDREDTHS_CHANGE),
}
# What a column of counts is, where it is not a count of people.
PART_KINDS = {"credit": Kind.HUNDREDTHS}
# The mean is made of people with a score, not of the sum of their scores.
COUNTED = {"score_bp": "scored"}
TITLES = {
    PlanKind.TASK: gettext_lazy("关于“%s”完成情况的通报"),
    PlanKind.QUIZ: gettext_lazy("关于“%s”测验情况的通报"),
    PlanKind.PERIOD: gettext_lazy("关于%s学习情况的通报"),
}


def bulletin_of(board: Board, *, now: datetime) -> Bulletin:
    """`board.plan` comes with `has_quiz` (learning.boards.subjects.offers_scores)."""
    return _Telling(board, now).bulletin()


@dataclass(frozen=True)
class _Telling:
    board: Board
    now: datetime

    def bulletin(self) -> Bulletin:
        board, plan = self.board, self.board.plan
        day = localtime(self.now).date()
        return Bulletin(
            masthead=_("学习情况通报"),
            issuer=board.federation.title,
            date_text=date_format(day, "Y年n月j日"),
            title=TITLES[PlanKind(plan.kind)] % plan.title,
            subtitle=self._subtitle(),
            as_of=as_of_text(plan, self.now),
            lead=lead_of(board, self.sorts),
            columns=[column for column, _values in self._columns()],
            total=self._total(),
            rows=[self._cells(row) for row in board.rows],
            small_title=_("应参不足 %d 人的单位（不排名）") % MIN_RANKED_DUE,
            small_rows=[self._cells(row) for row in board.small_rows],
            chart=self._chart(),
            definitions=[(each["term"], each["text"]) for each in definitions_for(plan)],
            notes=list(self._notes()),
            made_at=localtime(self.now).isoformat(timespec="seconds"),
        )

    @cached_property
    def sorts(self) -> list[Sort]:
        """The figures that this board offers, the one that ranks first."""
        scored = offers_scores(self.board.plan)
        return [sort for sort in SORTS.values() if scored or not sort.needs_quiz]

    def _subtitle(self) -> str:
        board = self.board
        ranked = _("按进步大小排名") if board.by == "gain" else _("按%s排名")
        name = board.sort.name_for(board.plan)
        parts = [
            window_text(board.plan),
            f"{board.federation.name}（{VIEWS[board.view]}）",
            str(LEVELS[board.level]) if board.level else _("下一级单位"),
            ranked if board.by == "gain" else ranked % name,
        ]
        return " · ".join(parts)

    def _columns(self) -> Iterator[tuple[Column, object]]:
        """Each column with what gives its cell of a row."""
        plan = self.board.plan
        yield Column(_("名次"), Kind.RANK, 0.85, 6), lambda row: row.rank
        yield Column(_("单位"), Kind.TEXT, 3.4, 24), lambda row: row.federation.name
        if self.board.level is not None:
            yield Column(_("所在"), Kind.TEXT, 2, 24), lambda row: self.above(row.federation)
        yield Column(_("应参"), Kind.COUNT, 1, 10), lambda row: row.counts.due
        for sort in self.sorts:
            yield from _sort_columns(sort, plan)
        if plan.previous_id:
            yield from self._previous_columns()

    def _previous_columns(self):
        sort = self.board.sort
        kind, change_kind = KINDS[sort.measure.decimals, sort.measure.sign]
        name = sort.name_for(self.board.plan)
        yield Column(_("上期%s") % name, kind, 0, 11), lambda row: row.before
        label = _("比上期\n(%s)") % CHANGE_UNITS[change_kind]
        yield Column(label, change_kind, 1.5, 12), lambda row: row.change

    def _cells(self, row: Row) -> list[Cell]:
        return [value(row) for value in self._values]

    @cached_property
    def _values(self) -> list:
        return [value for _column, value in self._columns()]

    def _total(self) -> list[Cell]:
        """The place's own line, as the head of its page has it."""
        board = self.board
        counts = Figures.read(board.standing, board.view)
        before = Figures.read(board.previous_standing, board.view)
        was = board.sort.of(before) if board.previous_standing is not None else None
        own = Row(board.federation, None, board.sort.of(counts), counts, was)
        cells = self._cells(own)
        cells[1] = f"{board.federation.name}（{VIEWS[board.view]}）"
        return cells

    def above(self, unit: Federation) -> str:
        """梅州市梅县区: what lies between the board's place and a unit of a whole level."""
        step, start = unit.steplen, len(self.board.plan.federation.path)
        ends = range(start + step, len(unit.path), step)
        return "".join(self._names.get(unit.path[:end], "") for end in ends)

    @cached_property
    def _names(self) -> dict[str, str]:
        board = self.board
        higher = Federation.objects.below(board.plan.federation).filter(level__lt=board.level)
        return dict(higher.values_list("path", "name"))

    def _chart(self) -> Chart | None:
        board, sort = self.board, self.board.sort
        bars = [(row.federation.name, row.tenths) for row in board.rows if row.tenths is not None]
        # Ranked by progress, bars of the figure would stand in no order.
        if not bars or board.by == "gain":
            return None
        name = sort.name_for(board.plan)
        kind = KINDS[sort.measure.decimals, sort.measure.sign][0]
        mean = sort.of(Figures.read(board.standing, board.view))
        shared = {"kind": kind, "mean": mean, "mean_label": str(VIEWS[board.view])}
        if len(bars) <= 2 * CHART_UNITS:
            return Chart(title=_("各单位%s") % name, first=bars, **shared)
        return Chart(
            title=_("%(name)s前 %(n)d 位和后 %(n)d 位") % {"name": name, "n": CHART_UNITS},
            first=bars[:CHART_UNITS],
            last=bars[-CHART_UNITS:],
            first_label=_("前 %d 位") % CHART_UNITS,
            last_label=_("后 %d 位") % CHART_UNITS,
            **shared,
        )

    def _notes(self) -> Iterator[str]:
        board = self.board
        if board.small_rows:
            yield _("应参不足 %d 人的单位人数少、起伏大，单独列出，不排名次。") % MIN_RANKED_DUE
        if board.empty_count:
            yield _("另有 %d 个单位还没有应参人员，没有列出。") % board.empty_count


CHANGE_UNITS = {
    Kind.RATE_CHANGE: gettext_lazy("百分点"),
    Kind.TENTHS_CHANGE: gettext_lazy("分"),
    Kind.HUNDREDTHS_CHANGE: gettext_lazy("学时"),
}
# What only the workbook has room for.
IN_WORKBOOK = {"passed", "excellent", "score_bp", "credit"}


def _sort_columns(sort: Sort, plan: Plan):
    part = COUNTED.get(sort.part, sort.part)
    label = sort.whole_label if sort.part in COUNTED else sort.part_name_for(plan)
    kind = PART_KINDS.get(part, Kind.COUNT)
    weight = 0 if sort.part in IN_WORKBOOK else 1
    yield (
        Column(
            _("%s\n合计") % label if kind != Kind.COUNT else _("%s\n人数") % label, kind, weight
        ),
        lambda row: getattr(row.counts, part),
    )
    figure = str(sort.name_for(plan))
    shown = f"{figure[:2]}\n{figure[2:]}" if len(figure) > 3 else figure
    kind = KINDS[sort.measure.decimals, sort.measure.sign][0]
    yield Column(shown, kind, 1.1), lambda row: sort.of(row.counts)


def as_of_text(plan: Plan, now: datetime) -> str:
    """Whether the figures hold for good, or until the next member learns."""
    if plan.is_frozen:
        moment = _moment(plan.cutoff_at or plan.frozen_at)
        return _("已冻结 · 数据截至%s，之后不再变动") % moment
    if plan.has_closed(now):
        return _("数据截至%s · 已截止，正在汇总，还没有冻结") % _moment(now)
    return _("数据截至%s · 还没有截止，之后会变动") % _moment(now)


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "Y年n月j日 H:i")
