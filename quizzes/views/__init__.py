from quizzes.views.answering import answer, confirm, question, resume, start, submit
from quizzes.views.listing import index
from quizzes.views.results import result

__all__ = ["answer", "confirm", "index", "question", "result", "resume", "start", "submit"]
