"""Attempts as staff see them: the list, and what happened to one."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from federations.models import Appointment
from quizzes.models import Attempt, AttemptEvent, AttemptEventKind, ManualMark
from quizzes.wording import moment_text, score_text

HEAVY = ("layout", "answers", "marks")


def list_attempts(rows: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """With what a list shows, in the same number of queries however many there are."""
    counted = Appointment.objects.counted().in_force(timezone.localdate())
    federations = Prefetch(
        "member__appointments", counted.select_related("federation"), to_attr="counted_now"
    )
    return rows.select_related("member", "quiz").prefetch_related(federations).defer(*HEAVY)


def name_federation(attempt: Attempt) -> str:
    return "、".join(each.federation.title for each in attempt.member.counted_now)


def name_state(attempt: Attempt) -> str:
    return _("待阅卷") if attempt.needs_marking else attempt.get_state_display()


def name_score(attempt: Attempt) -> str:
    return "" if attempt.score_bp is None else score_text(attempt.score_bp)


def name_result(attempt: Attempt) -> str:
    return {True: _("及格"), False: _("不及格"), None: ""}[attempt.has_passed]


@dataclass(frozen=True)
class LogLine:
    at: datetime
    what: str
    who: str
    reason: str = ""
    detail: str = ""
    # Of what happened in one moment: the start is first, and a mark comes before its result.
    rank: int = 2


def attempt_log(attempt: Attempt) -> list[LogLine]:
    """Everything that is known to have happened, the oldest first."""
    events = list(attempt.events.select_related("by"))
    lines = [_event_line(each, attempt) for each in events]
    lines += _missing_lines(attempt, {each.kind for each in events})
    lines += [_mark_line(each) for each in marks_to_show(attempt)]
    return sorted(lines, key=lambda line: (line.at, line.rank))


def marks_to_show(attempt: Attempt) -> QuerySet[ManualMark]:
    """None while it is being marked: a second marker must not meet the first one's mark here."""
    if attempt.needs_marking:
        return ManualMark.objects.none()
    return attempt.manual_marks.select_related("marker").order_by("marked_at")


def saves(attempt: Attempt) -> list[dict]:
    """When each question was last saved; None where it never was. Sequence numbers are
    milliseconds on the server's clock."""
    rows = []
    for index in range(attempt.question_count):
        sequence = attempt.answers.get(f"q{index}", {}).get("s")
        at = datetime.fromtimestamp(sequence / 1000, UTC) if sequence else None
        rows.append({"number": index + 1, "at": at})
    return rows


def _event_line(event: AttemptEvent, attempt: Attempt) -> LogLine:
    return LogLine(
        at=event.at,
        what=_name_event(event),
        who=event.by.name if event.by else _name_actor(event.kind, attempt),
        reason=event.reason,
        detail=_describe_change(event.data),
    )


def _name_event(event: AttemptEvent) -> str:
    if "deadline" in event.data:
        return _("加时")
    kind = AttemptEventKind(event.kind)
    names = {AttemptEventKind.STARTED: _("开始答题"), AttemptEventKind.MARKED: _("阅卷后出成绩")}
    return names.get(kind, kind.label)


def _name_actor(kind: str, attempt: Attempt) -> str:
    own = (AttemptEventKind.STARTED, AttemptEventKind.SUBMITTED)
    return attempt.member.name if kind in own else _("系统")


def _missing_lines(attempt: Attempt, kinds: set[str]) -> list[LogLine]:
    """Start and end stand on the attempt itself."""
    lines = []
    if AttemptEventKind.STARTED not in kinds:
        lines.append(LogLine(attempt.started_at, _("开始答题"), attempt.member.name, rank=0))
    is_late = attempt.is_auto_submitted
    kind = AttemptEventKind.AUTO_SUBMITTED if is_late else AttemptEventKind.SUBMITTED
    if attempt.submitted_at and kind not in kinds:
        who = _name_actor(kind, attempt)
        lines.append(LogLine(attempt.submitted_at, kind.label, who))
    return lines


def _mark_line(mark: ManualMark) -> LogLine:
    facts = {"place": mark.place + 1, "percent": mark.percent}
    detail = _("第 %(place)d 题，得分 %(percent)d%%") % facts
    what = _("定分") if mark.is_final else _("评分")
    return LogLine(mark.marked_at, what, mark.marker.name, mark.comment, detail, rank=1)


def _describe_change(data: dict) -> str:
    """截止由 … 改为 …; 成绩由 60 分（不及格）改为 80 分（及格）; 原成绩 60 分（不及格），已取消"""
    if deadline := _pair(data, "deadline"):
        before, after = (_name_moment(each) if each else _("不限时") for each in deadline)
        return _("截止由 %(before)s 改为 %(after)s") % {"before": before, "after": after}
    scores, passed = _pair(data, "score_bp"), _pair(data, "has_passed") or (None, None)
    if not scores:
        return ""
    before, after = (_name_outcome(*each) for each in zip(scores, passed, strict=True))
    if before and after:
        return _("成绩由 %(before)s改为 %(after)s") % {"before": before, "after": after}
    if before:
        return _("原成绩 %s，已取消") % before
    return _("成绩 %s") % after if after else ""


def _pair(data: dict, name: str) -> tuple | None:
    """[before, after] of an event's data."""
    pair = data.get(name)
    return tuple(pair) if isinstance(pair, list) and len(pair) == 2 else None


def _name_outcome(score_bp: int | None, has_passed: bool | None) -> str:
    """60 分（不及格）; empty while there is no score."""
    if score_bp is None:
        return ""
    words = {True: _("（及格）"), False: _("（不及格）"), None: ""}
    return score_text(score_bp) + words[has_passed]


def _name_moment(written: str) -> str:
    return moment_text(datetime.fromisoformat(written))
