"""Which board a member of staff wants as a file: from a form, through a job, to the board."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from federations.domain.jobs import shorten_name
from federations.models import Level
from federations.seats import seats_of
from learning.boards import BY, SORTS, VIEWS, Board
from learning.boards.reading import find_way
from learning.boards.subjects import boards_for, has_quiz, offers_scores
from learning.boards.wording import LEVELS
from members.converters import read_number

FORMATS = ("xlsx", "pdf")


@dataclass(frozen=True)
class BoardChoice:
    """Ids and keys only: they become the parameters of a job. `federation` None: the plan's top."""

    plan: int
    federation: int | None = None
    view: str = "subtree"
    sort: str = "completed"
    level: int | None = None
    by: str = "value"
    format: str = "xlsx"

    @classmethod
    def read(cls, data) -> "BoardChoice | None":
        """From a form's data; None where plan, place or format are none."""
        plan, place = read_number(data.get("plan", "")), data.get("federation", "")
        if plan is None or data.get("format") not in FORMATS:
            return None
        if place and read_number(place) is None:
            return None
        level = read_number(data.get("level", ""))
        view, sort, by = data.get("view"), data.get("sort"), data.get("by")
        return cls(
            plan=plan,
            federation=read_number(place) if place else None,
            view=view if view in VIEWS else "subtree",
            sort=sort if sort in SORTS else "completed",
            level=level if level in Level else None,
            by=by if by in BY else "value",
            format=data["format"],
        )

    def to_params(self) -> dict:
        return asdict(self)

    def open_for(self, member) -> Board | None:
        """The board as she sees it on the screen; None where it is not hers to see."""
        plans = boards_for(seats_of(member)).annotate(has_quiz=has_quiz())
        plan = plans.filter(pk=self.plan).first()
        way = find_way(plan, self.federation) if plan else None
        if not way:
            return None
        sort = SORTS[self.sort]
        return Board(
            plan=plan,
            federation=way[-1].federation,
            view=self.view,
            sort=SORTS["completed"] if sort.needs_quiz and not offers_scores(plan) else sort,
            level=self.level if self.level and self.level > plan.federation.level else None,
            by=self.by if plan.previous_id else "value",
            way=way,
        )


def job_title(board: Board, format_: str) -> str:
    """Units and plans only; no name of a person can be in it."""
    what = _("通报") if format_ == "pdf" else _("排行")
    return f"{what}：{board.plan.title} · {board.federation.name}"


def file_name(board: Board, format_: str, day: str) -> str:
    what = _("通报") if format_ == "pdf" else _("排行")
    parts = [what, board.plan.title, board.federation.name]
    if board.level:
        parts.append(str(LEVELS[board.level]))
    parts += [str(VIEWS[board.view]), str(board.sort.name_for(board.plan)), day]
    safe = "".join("_" if each in '\\/:*?"<>|' or each < " " else each for each in "-".join(parts))
    return shorten_name(f"{safe}.{format_}")
