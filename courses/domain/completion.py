"""A course is finished when everything that it requires is: told by the members' progress."""

from collections import defaultdict
from datetime import datetime
from itertools import islice

from django.core.cache import cache

from courses.models import CoursePage
from courses.outlines import Outline, outline_of, outlines_of
from learning.domain.outcomes import mark_outcomes
from learning.domain.progress import complete_page, start_pages
from learning.models import Progress
from members.models import Member

BATCH = 5000


def finish_courses(*, member_ids: list[int], now: datetime) -> int:
    """Finish every live course whose required pages these members have; how many are new.

    The moment is that of the last required page, not that of the look. What is finished stays
    finished when the editor adds to the course later.
    """
    outlines = outlines_of(CoursePage.objects.live())
    pages = {item.page_id for outline in outlines.values() for item in outline.items}
    reached = _read_progress(member_ids, pages | outlines.keys())
    members = Member.objects.in_bulk(member_ids)
    start_pages(
        (member_id, outline.course_id, begun)
        for member_id, rows in reached.items()
        for outline in _unfinished(outlines, rows)
        if (begun := _begun_at(outline, rows))
    )
    finished = 0
    for member_id, rows in reached.items():
        for outline in _unfinished(outlines, rows):
            moment = _finished_at(outline, rows)
            if moment is not None:
                member = members[member_id]
                finished += complete_page(member=member, page_id=outline.course_id, now=moment)
    return finished


def look_again(*, course_id: int, now: datetime) -> int:
    """The course asks for something else now: whoever is in the middle of it may have it all.

    Returns how many were marked; nobody where it asks for the same as at the last look.
    """
    course = CoursePage.objects.live().filter(pk=course_id).first()
    if course is None or not _asks_for_something_else(course):
        return 0
    begun = Progress.objects.filter(page=course_id, completed_at=None).order_by("pk")
    member_ids = begun.values_list("member_id", flat=True).iterator(chunk_size=BATCH)
    marked = 0
    while batch := list(islice(member_ids, BATCH)):
        mark_outcomes(member_ids=batch, now=now)
        marked += len(batch)
    return marked


def _asks_for_something_else(course: CoursePage) -> bool:
    required = sorted(item.page_id for item in outline_of(course).required)
    asked, key = [course.needs_pass, *required], f"course-asks:{course.pk}"
    if cache.get(key) == asked:
        return False
    cache.set(key, asked, None)
    return True


def _read_progress(member_ids: list[int], page_ids: set[int]) -> dict[int, dict[int, Progress]]:
    """By member and page; in one query, however many courses there are."""
    rows: dict[int, dict[int, Progress]] = defaultdict(dict)
    for row in Progress.objects.filter(member__in=member_ids):
        if row.page_id in page_ids:
            rows[row.member_id][row.page_id] = row
    return rows


def _unfinished(outlines: dict[int, Outline], rows: dict[int, Progress]) -> list[Outline]:
    finished = {page_id for page_id, row in rows.items() if row.completed_at}
    return [outline for outline in outlines.values() if outline.course_id not in finished]


def _begun_at(outline: Outline, rows: dict[int, Progress]) -> datetime | None:
    """When she took up its first part; None where that is noted, or has not happened."""
    if outline.course_id in rows:
        return None
    begun = [rows[item.page_id].started_at for item in outline.items if item.page_id in rows]
    return min(begun, default=None)


def _finished_at(outline: Outline, rows: dict[int, Progress]) -> datetime | None:
    """When the last required page was finished; None while one is missing, or none is required."""
    moments = [outline.moment(item, rows) for item in outline.required]
    return max(moments) if moments and all(moments) else None
