from quizzes.views.answering import answer, answers
from quizzes.views.handing_in import confirm, submit
from quizzes.views.kept import favourites, notes, reports
from quizzes.views.lesson_checks import lesson_check
from quizzes.views.listing import index
from quizzes.views.media import media
from quizzes.views.mistake_review import review, review_answer, review_judge, review_next
from quizzes.views.mistakes import mistakes
from quizzes.views.opening import question, resume, start
from quizzes.views.results import result, reviewed
from quizzes.views.tools import mark_favourite, save_note, send_report

__all__ = [
    "answer",
    "answers",
    "confirm",
    "favourites",
    "index",
    "lesson_check",
    "mark_favourite",
    "media",
    "mistakes",
    "notes",
    "question",
    "reports",
    "result",
    "resume",
    "review",
    "review_answer",
    "review_judge",
    "review_next",
    "reviewed",
    "save_note",
    "send_report",
    "start",
    "submit",
]
