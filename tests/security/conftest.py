"""What several rows of docs/security.md stand on."""

import pytest
from django.utils import timezone

from quizzes.domain.attempts import start_attempt
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

KEY = "只有钥匙里才有的话"


@pytest.fixture
def member(client, tree):
    """Signed in."""
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def quiz(academy):
    bank = make_bank()
    quiz = make_quiz_page(academy, time_limit=10)
    blank = make_question(bank, "blank", "妇女节是____。", (), (KEY,))
    fix_questions(quiz, [make_question(bank), make_question(bank), blank])
    return quiz


@pytest.fixture
def attempt(member, quiz):
    return start_attempt(member=member, quiz=quiz, now=timezone.now())
