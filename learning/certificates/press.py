"""Printing in a process of its own, so that a web worker never holds the fonts and their tools.

They take about 110 MB, and a web worker may have 180 in all. The process starts with the first
paper, prints one after another, and ends when nothing was printed for a while.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Lock, Timer

from learning.bulletins.bulletin import Bulletin
from learning.certificates.paper import CertificatePaper, StatementPaper

ROOT = Path(__file__).resolve().parents[2]
# Seconds: somebody waits for her certificate; a sign of life; and how long nobody asks.
MOST_WAITING, MOST_PRINTING, MOST_IDLE = 15, 30, 90


class PressBusy(Exception):
    """Too many wait for the press; a moment later it is free."""


class PaperFailed(Exception):
    """This one cannot be printed; others can."""


class Press:
    def __init__(
        self,
        extra_fonts: Sequence[str] = (),
        *,
        most_idle: float = MOST_IDLE,
        most_printing: float = MOST_PRINTING,
    ):
        self.extra_fonts = list(extra_fonts)
        self.most_idle = most_idle
        self.most_printing = most_printing
        self._lock = Lock()
        self._process: subprocess.Popen | None = None
        self._idle: Timer | None = None

    def print_certificate(self, paper: CertificatePaper) -> bytes:
        """A PDF. All of these raise PressBusy or PaperFailed."""
        return self._ask("certificate", paper.to_json())

    def print_picture(self, paper: CertificatePaper) -> bytes:
        """A PNG, or a JPEG where the paper has images; 1080 pixels wide."""
        return self._ask("picture", paper.to_json())

    def print_statement(self, paper: StatementPaper) -> bytes:
        """A PDF."""
        return self._ask("statement", paper.to_json())

    def print_bulletin(self, bulletin: Bulletin) -> bytes:
        """A PDF."""
        return self._ask("bulletin", bulletin.to_json())

    def find_missing(self, text: str) -> str:
        """Characters that no font has: they are printed as 〓."""
        return self._ask("missing", {"text": text}).decode()

    def close(self) -> None:
        with self._lock:
            self._stop()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def _ask(self, kind: str, paper: dict) -> bytes:
        if not self._lock.acquire(timeout=MOST_WAITING):
            raise PressBusy
        try:
            return self._print(json.dumps({"kind": kind, "paper": paper}).encode() + b"\n")
        finally:
            self._lock.release()

    def _print(self, request: bytes) -> bytes:
        """Once more with a new process when the old one is gone (killed, or out of memory)."""
        self._forget_idle()
        try:
            return self._try_twice(request)
        finally:
            if self._process is not None:
                self._idle = Timer(self.most_idle, self.close)
                self._idle.daemon = True
                self._idle.start()

    def _try_twice(self, request: bytes) -> bytes:
        try:
            return self._exchange(request)
        except (OSError, EOFError):
            self._stop()
        try:
            return self._exchange(request)
        except (OSError, EOFError) as error:
            self._stop()
            raise PaperFailed from error

    def _exchange(self, request: bytes) -> bytes:
        process = self._running()
        # A paper that hangs takes its process down, not the thread that waits for it.
        guard = Timer(self.most_printing, process.kill)
        guard.daemon = True
        guard.start()
        try:
            process.stdin.write(request)
            process.stdin.flush()
            head = process.stdout.readline()
            if not head.endswith(b"\n"):
                raise EOFError
            if head.startswith(b"error"):
                raise PaperFailed(head.decode().strip())
            length = int(head)
            file = process.stdout.read(length)
        finally:
            guard.cancel()
        if len(file) != length:
            raise EOFError
        return file

    def _running(self) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "learning.certificates.press_child"]
            self._process = subprocess.Popen(  # noqa: S603 our own script
                command + self.extra_fonts,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _stop(self) -> None:
        self._forget_idle()
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                try:
                    pipe.close()
                except OSError:  # what was still to be written has nobody to read it
                    continue
            self._process.kill()
            self._process.wait()
            self._process = None

    def _forget_idle(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
