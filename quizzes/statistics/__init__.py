"""Pure statistics of quizzes: standard library only, values in and figures out, never Django.

Formulas are those of Moodle's calculator (quiz statistics report: question/engine statistics
calculator and mod/quiz/report/statistics/classes/calculator.php, described on
docs.moodle.org/dev/Quiz_statistics_calculations); the top and bottom 27 % and the point-biserial
correlation are those of Canvas. What is not defined is None, never 0.
"""

from .answers import AnswerCount, count_answers
from .items import ItemFigures, weigh_items
from .sample import Answer, ItemSample, Sample
from .warnings import Warned, find_warnings
from .whole import QuizFigures, sum_up

__all__ = [
    "Answer",
    "AnswerCount",
    "ItemFigures",
    "ItemSample",
    "QuizFigures",
    "Sample",
    "Warned",
    "count_answers",
    "find_warnings",
    "sum_up",
    "weigh_items",
]
