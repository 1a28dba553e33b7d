"""The press is another process: it may die, and its papers may be bad."""

import os
import signal

import pytest

from learning.certificates.paper import CertificatePaper
from learning.certificates.press import PaperFailed, Press
from tests.learning.certificates.test_printing import PAPER, statement


@pytest.fixture
def press():
    with Press() as press:
        yield press


def test_press_prints_pdf_picture_and_statement(press):
    assert press.print_certificate(PAPER).startswith(b"%PDF")
    assert press.print_picture(PAPER).startswith(b"\x89PNG")
    assert press.print_statement(statement(3)).startswith(b"%PDF")
    assert press.find_missing("陈𪚥") == "𪚥"


def test_press_that_was_killed_is_started_again(press):
    press.print_certificate(PAPER)
    os.kill(press._process.pid, signal.SIGKILL)

    assert press.print_certificate(PAPER).startswith(b"%PDF")


def test_bad_paper_fails_alone(press):
    bad = CertificatePaper(**PAPER.to_json() | {"seal": "bm90IGFuIGltYWdl"})
    with pytest.raises(PaperFailed):
        press.print_certificate(bad)

    assert press.print_certificate(PAPER).startswith(b"%PDF")


def test_press_that_nobody_asks_ends():
    press = Press(most_idle=0.05)
    press.print_certificate(PAPER)
    process = press._process

    assert process.wait(timeout=10) is not None
