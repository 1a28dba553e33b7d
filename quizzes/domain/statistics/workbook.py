"""A quiz's results as a workbook: the attempts, and the figures of the last computation."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path

from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from federations.models import Appointment, Federation
from federations.workbooks.writing import INERT, Row, write_rows
from members.models import Member
from quizzes.domain.statistics.reading import Progress
from quizzes.domain.statistics.warning_texts import WARNINGS
from quizzes.models import Attempt, AttemptState, Question, QuizPage, QuizStatistics

SLICE = 2000
# What a row of the results needs; the attempts' JSON stays in the database.
COLUMNS = ("member_id", "number", "score_bp", "has_passed", "started_at", "submitted_at")


def write_results(*, path: Path, quiz: QuizPage, attempts: QuerySet, report: Progress) -> int:
    """Write the handed-in attempts of the QuerySet; returns how many. Phones are masked."""
    book = Workbook(path, INERT)
    written = write_rows(book, _("成绩"), result_titles(), _read_results(attempts, report))
    if statistics := QuizStatistics.objects.filter(quiz=quiz).first():
        write_rows(book, _("测验统计"), (_("项目"), _("数值")), _quiz_rows(statistics))
        write_rows(book, _("试题统计"), item_titles(), _item_rows(statistics))
    book.close()
    return written


def result_titles() -> tuple[str, ...]:
    return (
        _("姓名"),
        _("手机号"),
        _("计入单位"),
        _("第几次"),
        _("得分"),
        _("结果"),
        _("开始"),
        _("交卷"),
        _("用时（分钟）"),
    )


def _read_results(attempts: QuerySet, report: Progress) -> Iterator[Row]:
    handed_in = attempts.filter(state=AttemptState.SUBMITTED).order_by("pk")
    total, done, after = handed_in.count(), 0, 0
    rows = handed_in.values_list("pk", *COLUMNS, named=True)
    results, zone = result_names(), get_current_timezone()
    while batch := list(rows.filter(pk__gt=after)[:SLICE]):
        ids = {row.member_id for row in batch}
        members = Member.objects.only("name", "phone").in_bulk(ids)
        names = name_federations(ids)
        for row in batch:
            federation = names.get(row.member_id, "")
            yield _result_row(row, members[row.member_id], federation, results, zone)
        after, done = batch[-1].pk, done + len(batch)
        report(done, total)


def name_federations(member_ids: set[int]) -> dict[int, str]:
    """Where members are counted today, by member id; two queries."""
    counted = Appointment.objects.counted().in_force(localdate()).filter(member__in=member_ids)
    places = dict(counted.values_list("member_id", "federation_id"))
    # Thousands of members share a federation: each is named once.
    federations = Federation.objects.in_bulk(set(places.values()))
    titles = {pk: federation.title for pk, federation in federations.items()}
    return {member_id: titles[pk] for member_id, pk in places.items()}


def _result_row(row, member: Member, federation: str, results: dict, zone: tzinfo) -> Row:
    spent = (row.submitted_at - row.started_at).total_seconds() / 60
    return (
        member.name,
        member.masked_phone,
        federation,
        row.number,
        None if row.score_bp is None else row.score_bp / 100,
        results[row.has_passed],
        _stamp_in(zone, row.started_at),
        _stamp_in(zone, row.submitted_at),
        round(spent, 1),
    )


def result_names() -> dict[bool | None, str]:
    """By `has_passed`: None while a person has to mark."""
    return {None: _("待阅卷"), True: _("及格"), False: _("不及格")}


def name_result(attempt: Attempt) -> str:
    return result_names()[attempt.has_passed]


def stamp(moment: datetime) -> str:
    return _stamp_in(get_current_timezone(), moment)


def _stamp_in(zone: tzinfo, moment: datetime) -> str:
    """2026-03-08 09:30"""
    return moment.astimezone(zone).isoformat(" ", "minutes")[:16]


def quiz_labels() -> dict[str, str]:
    """The figures of a quiz in the order in which they are shown."""
    return {
        "mean": _("平均分"),
        "median": _("中位数"),
        "deviation": _("标准差"),
        "skewness": _("偏度"),
        "kurtosis": _("峰度"),
        "consistency": _("内部一致性系数（%）"),
        "error_ratio": _("误差比（%）"),
        "standard_error": _("标准误"),
    }


def item_labels() -> dict[str, str]:
    return {
        "asked": _("作答人次"),
        "facility": _("得分率（%）"),
        "deviation": _("标准差"),
        "discrimination": _("区分度（%）"),
        "efficiency": _("区分效率（%）"),
        "guess": _("乱猜得分率（%）"),
        "intended_weight": _("设定权重（%）"),
        "effective_weight": _("实际权重（%）"),
    }


def _quiz_rows(statistics: QuizStatistics) -> Iterator[Row]:
    yield _("统计时间"), stamp(statistics.computed_at)
    yield _("答卷数"), statistics.attempt_count
    for name, label in quiz_labels().items():
        yield label, statistics.figures["quiz"][name]


def item_titles() -> tuple[str, ...]:
    return (_("题号"), _("题干"), *item_labels().values(), _("提醒"))


def _item_rows(statistics: QuizStatistics) -> Iterator[Row]:
    items = statistics.figures["items"]
    questions = Question.objects.select_related("current", "proposed")
    stems = questions.in_bulk([item["question"] for item in items])
    for item in items:
        yield (
            item["question"],
            str(stems.get(item["question"], "")),
            *(item[name] for name in item_labels()),
            "、".join(str(WARNINGS[each][0]) for each in item["warnings"]),
        )
