"""What two accounts of one person have answered becomes one record.

Called inside `merge_accounts`, attempts first, the recount after learning has joined the progress.
"""

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from federations.domain.merging import move_rows
from quizzes.domain.attempts.recounting import recount
from quizzes.domain.mistakes.rules import CARD_FIELDS, last_event
from quizzes.models import (
    Attempt,
    AttemptState,
    Favourite,
    QuestionNote,
    QuestionReport,
    QuizOverride,
    QuizPage,
    ReviewCard,
)


def find_open_attempts(kept: int, gone: int) -> str:
    """Two open attempts at one quiz cannot become one."""
    own = Attempt.objects.filter(member=kept, state=AttemptState.OPEN).values("quiz")
    both = Attempt.objects.filter(member=gone, state=AttemptState.OPEN, quiz__in=own)
    quiz = QuizPage.objects.filter(pk__in=both.values("quiz")).first()
    message = _("两个账号都在答《%s》，还没有交卷。请等一份交卷以后再合并。")
    return message % quiz.title if quiz else ""


def merge_attempts(kept: int, gone: int, now: datetime) -> None:
    """Numbers go on after hers. Of two daily attempts of one day the moved one loses its day."""
    rows = Attempt.objects.select_for_update(no_key=True).filter(member__in=[kept, gone])
    list(rows.order_by("pk").values_list("pk", flat=True))
    own = Attempt.objects.filter(member=kept)
    last = dict(own.order_by().values_list("quiz").annotate(last=Max("number")))
    days = set(
        own.exclude(day=None).exclude(state=AttemptState.VOIDED).values_list("quiz_id", "day")
    )
    moving = Attempt.objects.filter(member=gone).order_by("quiz", "number")
    for pk, quiz, day in moving.values_list("pk", "quiz_id", "day"):
        last[quiz] = last.get(quiz, 0) + 1
        Attempt.objects.filter(pk=pk).update(
            member=kept, number=last[quiz], day=None if (quiz, day) in days else day
        )
    _join_cards(kept, gone)
    move_rows(Favourite.objects, kept=kept, gone=gone, beside=["question"])
    _join_notes(kept, gone)
    open_reports = QuestionReport.objects.filter(replied_at=None)
    move_rows(open_reports, kept=kept, gone=gone, beside=["version"])
    move_rows(QuestionReport.objects.exclude(replied_at=None), kept=kept, gone=gone)
    move_rows(QuizOverride.objects, kept=kept, gone=gone, beside=["quiz"])


def recount_merged(kept: int, gone: int, now: datetime) -> None:
    """Which score counts, the quiz's own rule says over all attempts together."""
    quizzes = QuizPage.objects.filter(attempts__member=kept).distinct()
    for quiz in quizzes.order_by("pk"):
        recount(member_id=kept, quiz=quiz, now=now)


def _join_cards(kept: int, gone: int) -> None:
    """Of two cards the one that knows the latest answer stays; misses are added up."""
    cards = ReviewCard.objects.select_for_update(no_key=True).filter(member__in=[kept, gone])
    by_question: dict[int, dict[int, ReviewCard]] = {}
    for card in cards.order_by("member_id", "question_id"):
        by_question.setdefault(card.question_id, {})[card.member_id] = card
    for pair in by_question.values():
        if len(pair) < 2:
            continue
        own, other = pair[kept], pair[gone]
        misses = own.miss_count + other.miss_count
        if last_event(other) > last_event(own):
            for name in CARD_FIELDS:
                setattr(own, name, getattr(other, name))
        own.miss_count = misses
        own.save(update_fields=CARD_FIELDS)
        other.delete()
    move_rows(ReviewCard.objects, kept=kept, gone=gone)


def _join_notes(kept: int, gone: int) -> None:
    """Where she has written on both, one note says both, as far as a note holds it."""
    longest = QuestionNote._meta.get_field("text").max_length
    own = {each.question_id: each for each in QuestionNote.objects.filter(member=kept)}
    for other in QuestionNote.objects.filter(member=gone, question__in=own):
        note = own[other.question_id]
        if other.text not in note.text:
            note.text = f"{note.text}\n{other.text}"[:longest]
            note.updated_at = max(note.updated_at, other.updated_at)
            note.save(update_fields=["text", "updated_at"])
        other.delete()
    move_rows(QuestionNote.objects, kept=kept, gone=gone)
