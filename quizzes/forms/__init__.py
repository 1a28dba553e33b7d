from .banks import QuestionBankForm
from .questions import QuestionForm
from .quizzes import QuizPageForm, limit_choices
from .wording import authored_initial, type_choices

__all__ = [
    "QuestionBankForm",
    "QuestionForm",
    "QuizPageForm",
    "authored_initial",
    "limit_choices",
    "type_choices",
]
