"""The encoder in a process of its own: what breaks it, or eats its memory, breaks nothing else."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from courses.encoding.sources import Fault, UnusableSource
from courses.encoding.transcoding import Progress, Renditions

ROOT = Path(__file__).resolve().parents[2]
# How often the parent gives a sign of life while the child says nothing, and how long it waits.
PULSE, SILENCE = 20, 600


class EncoderDied(RuntimeError):
    """It ended, or hung, without saying why."""


def transcode_apart(source: Path, folder: Path, progress: Progress) -> Renditions:
    """`transcode` in a child process. Raises UnusableSource and EncoderDied."""
    command = [sys.executable, "-m", "courses.encoding", str(source), str(folder)]
    child = subprocess.Popen(  # noqa: S603 our own module, paths of our own
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    try:
        for line in _lines(child, progress):
            if "fault" in line:
                raise UnusableSource(Fault(line["fault"]))
            if "made" in line:
                return Renditions(**line["made"])
            progress(line["done"], line["total"])
        raise EncoderDied(f"exit code {child.wait()}")
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def _lines(child: subprocess.Popen, progress: Progress) -> Iterator[dict]:
    """What the child says; between its words the last progress again, as a sign of life."""
    heard: SimpleQueue[str | None] = SimpleQueue()
    Thread(target=_listen, args=[child, heard], daemon=True).start()
    last, spoken_at = {"done": 0.0, "total": 0.0}, monotonic()
    while True:
        try:
            text = heard.get(timeout=PULSE)
        except Empty:
            if monotonic() - spoken_at > SILENCE:
                raise EncoderDied("silent") from None
            progress(last["done"], last["total"])
            continue
        if text is None:
            return
        line, spoken_at = json.loads(text), monotonic()
        last = line if "done" in line else last
        yield line


def _listen(child: subprocess.Popen, heard: SimpleQueue) -> None:
    for text in child.stdout:
        heard.put(text)
    heard.put(None)
