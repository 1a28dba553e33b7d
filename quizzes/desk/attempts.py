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


def attempt_log(attempt: Attempt) -> list[LogLine]:
    """Everything that is known to have happened, the oldest first."""
    events = list(attempt.events.select_related("by"))
    lines = [_event_line(each, attempt) for each in events]
    lines += _missing_lines(attempt, {each.kind for each in events})
    lines += [_mark_line(each) for each in marks_to_show(attempt)]
    return sorted(lines, key=lambda line: line.at)


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
        what=_("加时") if "deadline" in event.data else event.get_kind_display(),
        who=event.by.name if event.by else _name_actor(event.kind, attempt),
        reason=event.reason,
        detail=_describe_change(event.data),
    )


def _name_actor(kind: str, attempt: Attempt) -> str:
    own = (AttemptEventKind.STARTED, AttemptEventKind.SUBMITTED)
    return attempt.member.name if kind in own else _("系统")


def _missing_lines(attempt: Attempt, kinds: set[str]) -> list[LogLine]:
    """Start and end stand on the attempt itself."""
    lines = []
    if AttemptEventKind.STARTED not in kinds:
        label = AttemptEventKind.STARTED.label
        lines.append(LogLine(attempt.started_at, label, attempt.member.name))
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
    return LogLine(mark.marked_at, what, mark.marker.name, mark.comment, detail)


def _describe_change(data: dict) -> str:
    """60 分 → 80 分，不及格 → 及格"""
    changes = []
    if deadline := data.get("deadline"):
        changes.append(_("截止 %s") % _arrow(deadline, _name_moment))
    if score := data.get("score_bp"):
        changes.append(_arrow(score, score_text))
    if passed := data.get("has_passed"):
        changes.append(_arrow(passed, lambda value: _("及格") if value else _("不及格")))
    return "，".join(changes)


def _name_moment(written: str) -> str:
    return moment_text(datetime.fromisoformat(written))


def _arrow(pair, show) -> str:
    if not isinstance(pair, list) or len(pair) != 2:
        return ""
    return " → ".join("—" if value is None else str(show(value)) for value in pair)
