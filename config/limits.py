"""How often one person may do what costs the house much, or could flood it.

The key is the name of a view, so that Wagtail's own are in the table as well; whatever else raises
LimitReached and answers nothing itself is answered alike (config.limiting).

Signing in has limits of its own (members.domain), and so have passwords of quizzes, readers' votes
and papers. Nothing here is near what one person's hand can do: whoever takes a quiz on a bad line
sends its answers again and again, and must never wait for us.
"""

from dataclasses import dataclass

from members.domain.limits import Limit

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Rule:
    """For a member by herself, for visitors by the address of their network, which a whole village
    may share."""

    member: Limit
    visitors: Limit
    methods: frozenset[str] = UNSAFE


def rule(name: str, *, member: int, visitors: int, seconds: int, methods=UNSAFE) -> Rule:
    return Rule(Limit(name, member, seconds), Limit(f"{name}-visitors", visitors, seconds), methods)


READING = frozenset({"GET"})
# Ten a second for ten seconds on end: a queue of a lost line that is sent at once has fewer.
ANSWERS = rule("answers", member=600, visitors=6000, seconds=60)
WATCHING = rule("watching", member=600, visitors=6000, seconds=60)
BEGINNINGS = rule("beginnings", member=60, visitors=600, seconds=60)
# By WeChat; a village comes in from one address at once.
ENTRIES = rule("entries", member=60, visitors=1200, seconds=60, methods=READING)
SEARCH = rule("search", member=60, visitors=1200, seconds=60, methods=READING)
SUGGESTIONS = rule("suggestions", member=300, visitors=6000, seconds=60, methods=READING)
# Each is a job of minutes, or a file of many rows.
JOBS = rule("jobs", member=60, visitors=60, seconds=10 * 60)
WORDS = rule("words", member=60, visitors=600, seconds=10 * 60)
# A whole telephone number, shown for a reason; each is in the audit trail besides.
PHONES = rule("phones", member=100, visitors=60, seconds=10 * 60)
# 200 MB in pieces of 1 MB, several recordings one after another.
CHUNKS = rule("chunks", member=1200, visitors=60, seconds=60)
FILES = rule("files", member=200, visitors=60, seconds=10 * 60)

VIEWS = {
    **dict.fromkeys(
        (
            *("quizzes:answer", "quizzes:answers", "quizzes:submit", "quizzes:review_answer"),
            *("quizzes:review_judge", "quizzes:lesson_check"),
        ),
        ANSWERS,
    ),
    **dict.fromkeys(("courses:watch", "courses:watch_batch", "courses:read"), WATCHING),
    "quizzes:start": BEGINNINGS,
    **dict.fromkeys(("wechat_sign_in", "wechat_callback", "wechat_enter"), ENTRIES),
    "search": SEARCH,
    "search_suggestions": SUGGESTIONS,
    **dict.fromkeys(
        (
            *("desk_board_export", "desk_people_export", "desk_assessment_export"),
            *("desk_assessment_recompute", "desk_import", "desk_reminders", "hours_export"),
            *("plan_export", "plan_remind", "question_export", "quiz_results_export"),
            *("quiz_statistics_compute", "correction_try", "correction_apply", "correction_export"),
            *("point_rule_simulation", "certificate_batch", "import_upload", "link_check"),
            *("media_encode", "word_import", "review_words_import", "my_data"),
        ),
        JOBS,
    ),
    **dict.fromkeys(
        (
            *("quizzes:send_report", "quizzes:save_note", "members:reminders"),
            *("claim", "corrections"),
        ),
        WORDS,
    ),
    "desk_roster_phone": PHONES,
    "media_upload": CHUNKS,
    **dict.fromkeys(
        (
            *("media_upload_begin", "wagtailimages:add", "wagtailimages:add_multiple"),
            *("wagtaildocs:add", "wagtaildocs:add_multiple", "wagtailmedia:add"),
            *("wagtailimages_chooser:create", "wagtaildocs_chooser:create"),
        ),
        FILES,
    ),
}
