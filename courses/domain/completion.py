"""A course is finished when everything that it requires is: told by the members' progress."""

from collections import defaultdict
from datetime import datetime

from courses.models import CoursePage
from courses.outlines import Outline, outlines_of
from learning.domain.progress import complete_page
from learning.models import Progress
from members.models import Member


def finish_courses(*, member_ids: list[int], now: datetime) -> int:
    """Finish every live course whose required pages these members have; how many are new.

    The moment is that of the last required page, not that of the look. What is finished stays
    finished when the editor adds to the course later.
    """
    outlines = outlines_of(CoursePage.objects.live())
    pages = {item.page_id for outline in outlines.values() for item in outline.required}
    reached = _read_progress(member_ids, pages | outlines.keys())
    members = Member.objects.in_bulk(member_ids)
    finished = 0
    for member_id, rows in reached.items():
        for outline in _unfinished(outlines, rows):
            moment = _finished_at(outline, rows)
            if moment is not None:
                member = members[member_id]
                finished += complete_page(member=member, page_id=outline.course_id, now=moment)
    return finished


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


def _finished_at(outline: Outline, rows: dict[int, Progress]) -> datetime | None:
    """When the last required page was finished; None while one is missing, or none is required."""
    moments = [outline.moment(item, rows) for item in outline.required]
    return max(moments) if moments and all(moments) else None
