"""Five cards in a row: what is asked, and how far she is. Kept in her session as plain JSON."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from random import Random

from quizzes.domain.mistakes.asking import Verdict, lay_out
from quizzes.models import ReviewCard

RUN_LENGTH = 5


@dataclass
class Step:
    """`response` and `verdict` are there once she has answered."""

    card_id: int
    version_id: int
    layout: list[str]
    # What the card said when the run began, ISO 8601; empty: never reviewed.
    reviewed_at: str = ""
    response: list[str] | None = None
    verdict: str = ""

    @property
    def last_reviewed_at(self) -> datetime | None:
        return datetime.fromisoformat(self.reviewed_at) if self.reviewed_at else None

    @property
    def is_settled(self) -> bool:
        return self.verdict in (Verdict.RIGHT, Verdict.WRONG)


@dataclass
class Run:
    """`place` counts from 0; past the last step the run is over."""

    steps: list[Step]
    place: int = 0
    point: str = ""

    @property
    def current(self) -> Step | None:
        return self.steps[self.place] if self.place < len(self.steps) else None

    def to_data(self) -> dict:
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict) -> "Run":
        return cls(**{**data, "steps": [Step(**each) for each in data["steps"]]})


def plan_run(cards: Iterable[ReviewCard], *, point: str, rng: Random) -> Run:
    """Ask `cards`, at most RUN_LENGTH of them, each by its question's current version."""
    return Run(steps=[_plan_step(card, rng) for card in list(cards)[:RUN_LENGTH]], point=point)


def _plan_step(card: ReviewCard, rng: Random) -> Step:
    version = card.question.current
    reviewed_at = card.reviewed_at.isoformat() if card.reviewed_at else ""
    return Step(card.pk, version.pk, lay_out(version, rng=rng), reviewed_at)
