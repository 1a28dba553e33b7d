"""What a member takes along of her quizzes: results that she may see, 错题本, favourites, notes."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from federations.workbooks.writing import Row
from members.models import Member
from members.own_data import HOOK as FACTS_HOOK
from members.own_data import Fact
from members.own_sheets import Sheet, stamp
from quizzes.domain.statistics.workbook import result_names
from quizzes.models import (
    Attempt,
    AttemptState,
    Favourite,
    QuestionNote,
    QuestionReport,
    QuestionVersion,
    QuizOverride,
    QuizPage,
    ReviewCard,
)
from quizzes.queries import quizzes_showing_scores
from quizzes.question_types.markers import drop_markers
from quizzes.question_types.registry import get_type
from quizzes.wording import score_number

SLICE = 500


@hooks.register(FACTS_HOOK, order=30)
def quiz_facts(member: Member) -> list[Fact]:
    kept = [
        (_("答卷"), Attempt, "quizzes:index"),
        (_("错题"), ReviewCard, "quizzes:mistakes"),
        (_("笔记"), QuestionNote, "quizzes:notes"),
        (_("试题反馈"), QuestionReport, "quizzes:reports"),
    ]
    return [
        Fact(label, _("%d 条") % model.objects.filter(member=member).count(), reverse(url))
        for label, model, url in kept
    ]


@hooks.register("my_export_sheets")
def quiz_sheets(member: Member) -> list[Sheet]:
    """No keys: a question may stand in an exam that she is still to write."""
    return [
        Sheet(
            _("答卷"),
            (_("测验"), _("第几次"), _("开始"), _("交卷"), _("得分"), _("结果")),
            _attempts(member),
        ),
        Sheet(_("我写的回答"), (_("测验"), _("题目"), _("回答")), _typed_answers(member)),
        Sheet(_("个别规则"), (_("测验"), _("加时（分钟）"), _("可答次数")), _overrides(member)),
        Sheet(
            _("错题本"),
            (_("题目"), _("答错次数"), _("最近答错"), _("该复习"), _("已掌握")),
            _cards(member),
        ),
        Sheet(_("收藏的题"), (_("题目"), _("收藏时间")), _favourites(member)),
        Sheet(_("笔记"), (_("题目"), _("笔记"), _("时间")), _notes(member)),
        Sheet(
            _("试题反馈"),
            (_("题目"), _("哪里不对"), _("说明"), _("时间"), _("回复")),
            _reports(member),
        ),
    ]


def _attempts(member: Member) -> Iterator[Row]:
    attempts = Attempt.objects.filter(member=member, state=AttemptState.SUBMITTED)
    quizzes = QuizPage.objects.in_bulk(set(attempts.values_list("quiz_id", flat=True)))
    showing = quizzes_showing_scores(quizzes.values(), timezone.now())
    columns = ("quiz_id", "number", "started_at", "submitted_at", "score_bp", "has_passed")
    for row in attempts.order_by("pk").values_list(*columns, named=True).iterator(SLICE):
        is_shown = row.quiz_id in showing and row.score_bp is not None
        yield (
            quizzes[row.quiz_id].title,
            row.number,
            stamp(row.started_at),
            stamp(row.submitted_at),
            score_number(row.score_bp) if is_shown else "",
            result_names()[row.has_passed] if is_shown else "",
        )


def _typed_answers(member: Member) -> Iterator[Row]:
    """Her own words; what she chose would tell of keys that are still kept."""
    attempts = Attempt.objects.filter(member=member, state=AttemptState.SUBMITTED)
    for attempt in attempts.select_related("quiz").order_by("pk").iterator(SLICE):
        ids = [place["v"] for place in attempt.layout]
        versions = QuestionVersion.objects.in_bulk(ids)
        for index, pk in enumerate(ids):
            given = attempt.answers.get(f"q{index}", {}).get("r")
            if given and get_type(versions[pk].type).is_typed:
                yield attempt.quiz.title, drop_markers(versions[pk].stem), "；".join(given)


def _overrides(member: Member) -> Iterator[Row]:
    for row in QuizOverride.objects.filter(member=member).select_related("quiz"):
        yield row.quiz.title, row.extra_minutes, row.attempts_allowed


def _cards(member: Member) -> Iterator[Row]:
    cards = ReviewCard.objects.filter(member=member).select_related("question__current")
    for card in cards.order_by("pk").iterator(SLICE):
        yield (
            _stem(card.question),
            card.miss_count,
            stamp(card.missed_at),
            "" if card.retired_at else stamp(card.due_at),
            stamp(card.retired_at),
        )


def _favourites(member: Member) -> Iterator[Row]:
    kept = Favourite.objects.filter(member=member).select_related("question__current")
    for row in kept.order_by("-added_at", "-pk"):
        yield _stem(row.question), stamp(row.added_at)


def _notes(member: Member) -> Iterator[Row]:
    notes = QuestionNote.objects.filter(member=member).select_related("question__current")
    for note in notes.order_by("-updated_at", "-pk"):
        yield _stem(note.question), note.text, stamp(note.updated_at)


def _reports(member: Member) -> Iterator[Row]:
    reports = QuestionReport.objects.filter(member=member).select_related("version")
    for report in reports.order_by("-made_at", "-pk"):
        yield (
            drop_markers(report.version.stem),
            report.get_reason_display(),
            report.text,
            stamp(report.made_at),
            report.reply,
        )


def _stem(question) -> str:
    return drop_markers(question.current.stem) if question.current else ""
