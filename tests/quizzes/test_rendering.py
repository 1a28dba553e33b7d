"""What is kept of rendered questions."""

import pytest

from quizzes import rendering
from quizzes.rendering import Shelf, render_asked, render_review
from tests.quizzes.bank import make_bank, make_question


@pytest.mark.parametrize(("length", "is_kept"), [(200, True), (201, False)])
@pytest.mark.parametrize("name", ["_asked", "_reviewed"])
def test_long_answer_is_not_kept(monkeypatch, db, name, length, is_kept):
    shelf = Shelf(10)
    monkeypatch.setattr(rendering, name, shelf)
    version = make_question(make_bank(), "blank", "妇女节是____。", (), ("三月八日",)).current
    values = ["记" * length]

    render_asked(version, [], values)
    render_review(version, [], values, shows_answers=True, shows_correctness=True)

    assert bool(shelf._things) == is_kept
