"""Who may hear a question's recording: the members it was put to, and the editors of its bank.

It may be the question itself: a listening task must not be heard before the quiz. Who may write
its marker into a question, and so hear it as an editor, says `quizzes.domain.media`.
"""

import json
from itertools import islice

from django.db.models import F
from django.utils import timezone
from wagtail.models import Page
from wagtailmedia.models import get_media_model

from cms.access import visible_to
from quizzes.domain.attempts import review_parts
from quizzes.domain.attempts.in_hand import questions_in_hand
from quizzes.domain.media import edited_versions, versions_showing
from quizzes.models import Attempt, Favourite, QuestionVersion, ReviewCard, ReviewPart
from quizzes.question_types.markers import AUDIO, write_marker

# Attempts looked through at once; the latest come first, and mostly the very first has it.
BATCH = 40


def find_recording(user, media_id: int):
    """The audio file, if this user may hear it; else None."""
    recording = get_media_model().objects.filter(pk=media_id, type="audio").first()
    return recording if recording and may_hear(user, media_id) else None


def may_hear(user, media_id: int) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    marker = write_marker(AUDIO, media_id)
    versions = versions_showing(marker)
    return (
        _was_asked(user, versions, marker)
        or _keeps(user, versions, marker)
        or _stands_below_a_lesson(user, versions, marker)
        or edited_versions(user, versions).exists()
    )


def _was_asked(member, versions, marker: str) -> bool:
    """Whether an attempt of hers asked it, or explains it to her by now."""
    layouts = Attempt.objects.filter(member=member).order_by("-started_at")
    rows = layouts.values_list("pk", "layout").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        asked = {place["v"] for _pk, layout in batch for place in layout}
        found = list(versions.filter(pk__in=asked))
        if any(_asks(version, marker) for version in found):
            return True
        held = questions_in_hand(member.pk) if found else ()
        explained = {version.pk for version in found if version.question_id not in held}
        holding = [pk for pk, layout in batch if explained & {place["v"] for place in layout}]
        if holding and _explains_by_now(holding):
            return True
    return False


def _asks(version: QuestionVersion, marker: str) -> bool:
    """Otherwise only the explanation has it."""
    return marker in version.stem or marker in json.dumps(version.data, ensure_ascii=False)


def _explains_by_now(attempt_ids: list[int]) -> bool:
    attempts = Attempt.objects.filter(pk__in=attempt_ids).select_related("quiz")
    now = timezone.now()
    return any(
        ReviewPart.EXPLANATIONS in review_parts(attempt=attempt, now=now)
        for attempt in attempts.defer("layout", "answers", "marks")
    )


def _keeps(member, versions, marker: str) -> bool:
    """Whether it is in what she reviews: there a question has its current wording. Among her
    favourites stands no explanation, and a card has none while its question is in her exam.
    """
    current = versions.filter(question__current=F("pk"))
    favourites = Favourite.objects.filter(member=member).values("question")
    if any(_asks(version, marker) for version in current.filter(question__in=favourites)):
        return True
    cards = ReviewCard.objects.filter(member=member).values("question")
    carded = current.filter(question__in=cards)
    return carded.exclude(question__in=questions_in_hand(member.pk)).exists()


def _stands_below_a_lesson(member, versions, marker: str) -> bool:
    """Whether a lesson that she may open asks it; the explanation she hears in her 错题本."""
    current = versions.filter(question__current=F("pk"), question__lesson_checks__isnull=False)
    asking = [version.question_id for version in current.distinct() if _asks(version, marker)]
    lessons = Page.objects.filter(lessonpage__checks__question__in=asking)
    return bool(asking) and visible_to(member, lessons).exists()
