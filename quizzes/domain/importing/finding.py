"""What the bank, and its neighbours, already have of a file."""

from collections.abc import Iterable

from quizzes.models import Question, QuestionBank

from .writing import batches


def find_filed(bank: QuestionBank | None, fingerprints: Iterable[str]) -> dict[str, Question]:
    """The bank's questions by fingerprint, with their versions and tags."""
    if bank is None:
        return {}
    filed = {}
    for wanted in batches(fingerprints):
        questions = Question.objects.filter(bank=bank, fingerprint__in=wanted)
        for question in questions.select_related("current", "proposed").prefetch_related("tags"):
            # One object for all: the locked one.
            question.bank = bank
            filed[question.fingerprint] = question
    return filed


def find_elsewhere(bank: QuestionBank | None, fingerprints: Iterable[str]) -> dict[str, str]:
    """Names of other banks that have the question, by fingerprint: those of the same federation,
    for their names are no secret to whoever may file here."""
    federation = bank.federation_id if bank else None
    others = QuestionBank.objects.filter(federation=federation)
    if bank:
        others = others.exclude(pk=bank.pk)
    names = dict(others.values_list("pk", "name"))
    if not names:
        return {}
    found = {}
    for wanted in batches(fingerprints):
        same = Question.objects.filter(bank__in=names, fingerprint__in=wanted)
        for fingerprint, bank_id in same.values_list("fingerprint", "bank").order_by("-bank"):
            found[fingerprint] = names[bank_id]
    return found
