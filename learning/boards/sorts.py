"""The figures of a board: a new one is one line in SORTS.

Every figure is a whole number of small parts (a tenth of a per cent or of a point, a hundredth of a
学时), rounded once: what is ranked is what is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.domain.standings.figures import Figures
from learning.models import Plan, PlanKind
from learning.rules.figures import mean_tenths, per_mille
from learning.rules.ranking import per_head


@dataclass(frozen=True)
class Measure:
    """How two counts become a figure, and how it reads. `full`: the end of the bar, if any."""

    figure: Callable[[int, int], int | None]
    decimals: int
    sign: str
    difference: Any
    full: int | None = None
    note: Any = ""

    def text(self, value: int | None) -> str:
        if value is None:
            return "—"
        return self._number(value) + self.sign

    def change_text(self, value: int | None) -> str:
        """↑ 3.2 个百分点, ↓ 1 分, 持平; a dash where there is nothing to compare."""
        return self.change_teller()(value)

    def change_teller(self) -> Callable[[int | None], str]:
        """`change_text` for one unit after the other: the words are looked up once."""
        same, difference = _("持平"), str(self.difference)

        def tell(value: int | None) -> str:
            if value is None:
                return "—"
            if value == 0:
                return same
            return f"{'↑' if value > 0 else '↓'} {self._number(abs(value))} {difference}"

        return tell

    def _number(self, value: int) -> str:
        number = f"{value / 10**self.decimals:.{self.decimals}f}"
        return number.rstrip("0").rstrip(".")


RATE = Measure(per_mille, 1, "%", gettext_lazy("个百分点"), full=1000, note=gettext_lazy("（%）"))
SCORE = Measure(mean_tenths, 1, "", gettext_lazy("分"), full=1000)
CREDIT = Measure(per_head, 2, "", gettext_lazy("学时"))


@dataclass(frozen=True)
class Sort:
    """One figure: the count that it is made of, and the one that it is a share of.

    `part_label` and `whole_label` name the two, as on the row of a phone: 完成 11 / 应参 15.
    """

    key: str
    label: Any
    part: str
    whole: str
    measure: Measure
    part_label: Any
    whole_label: Any
    needs_quiz: bool = False
    # Where a kind of plan calls it otherwise: (figure, part).
    renamed: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    # Whom the desk's list of people shows behind it.
    people: str = ""

    def __hash__(self):
        return hash(self.key)

    def name_for(self, plan: Plan):
        return self.renamed.get(plan.kind, (self.label, None))[0]

    def part_name_for(self, plan: Plan):
        return self.renamed.get(plan.kind, (None, self.part_label))[1]

    def of(self, counts: Figures) -> int | None:
        """The figure in its measure's small parts."""
        return self.measure.figure(getattr(counts, self.part), getattr(counts, self.whole))

    def text(self, value: int | None) -> str:
        return self.measure.text(value)

    def change_text(self, value: int | None) -> str:
        return self.measure.change_text(value)

    @property
    def unit(self):
        return self.measure.note

    def rounded(self, value: int | None) -> str:
        """The figure for places too small for more: rates and scores without their decimal."""
        if value is None:
            return "—"
        if self.measure.decimals > 1:
            return self.text(value)
        return str((value + 5) // 10)


REACHED = {PlanKind.PERIOD.value: (gettext_lazy("达标率"), gettext_lazy("达标"))}
DUE, JOINED = gettext_lazy("应参"), gettext_lazy("参与")

SORTS = {
    sort.key: sort
    for sort in (
        Sort(
            key="completed",
            label=gettext_lazy("完成率"),
            part="completed",
            whole="due",
            measure=RATE,
            part_label=gettext_lazy("完成"),
            whole_label=DUE,
            renamed=REACHED,
            people="completed",
        ),
        Sort(
            key="joined",
            label=gettext_lazy("参与率"),
            part="joined",
            whole="due",
            measure=RATE,
            part_label=JOINED,
            whole_label=DUE,
            people="joined",
        ),
        Sort(
            key="passed",
            label=gettext_lazy("及格率"),
            part="passed",
            whole="joined",
            measure=RATE,
            part_label=gettext_lazy("及格"),
            whole_label=JOINED,
            needs_quiz=True,
            people="passed",
        ),
        Sort(
            key="excellent",
            label=gettext_lazy("优秀率"),
            part="excellent",
            whole="joined",
            measure=RATE,
            part_label=gettext_lazy("优秀"),
            whole_label=JOINED,
            needs_quiz=True,
            people="excellent",
        ),
        Sort(
            key="score",
            label=gettext_lazy("平均分"),
            part="score_bp",
            whole="scored",
            measure=SCORE,
            part_label=gettext_lazy("得分合计"),
            whole_label=gettext_lazy("有成绩"),
            needs_quiz=True,
            people="scored",
        ),
        Sort(
            key="credit",
            label=gettext_lazy("人均学时"),
            part="credit",
            whole="due",
            measure=CREDIT,
            part_label=gettext_lazy("学时"),
            whole_label=DUE,
            people="due",
        ),
    )
}
