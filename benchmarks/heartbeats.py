"""Reports of watching and lesson pages over real HTTP: `python benchmarks/heartbeats.py [SECONDS]`.

Works on the empty PostgreSQL database that DATABASE_URL names and on the Redis of REDIS_URL, with
production settings and gunicorn with two workers on this machine. Every request is another member's
in turn; a report claims ten seconds of a film of half an hour, the next ones of hers.

Prints one line of JSON for each run: work, concurrency, requests/s, p50 and p95 (ms), CPU seconds
of web and database for a request, SQL statements of one, bytes, memory of the largest worker (MB),
errors, load average before it.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from threading import Lock

from attempts import load_seeding, prepare_environment, run_command
from serving import Server, Visitor, cpu_seconds, measure

ROOT = Path(__file__).resolve().parents[1]
MEMBERS = 2000
FILM_SECONDS = 1800
RUNS = [("heartbeat", 8), ("heartbeat", 32), ("page", 8), ("page", 32)]


class Watcher:
    """A member who watches on: each report is about the ten seconds after the last one."""

    def __init__(self, session: str):
        self.session, self.second = session, 0

    def next_report(self, lesson) -> dict:
        start = 10 * self.second
        self.second = (self.second + 10) % FILM_SECONDS
        position = start + 100
        intervals = [[start, position]]
        facts = {"lesson": lesson.pk, "version": lesson.version}
        return facts | {"intervals": intervals, "position": position}


def send_report(visitor: Visitor, watcher: Watcher, lesson) -> dict:
    spent = visitor.post_json(f"/lessons/{lesson.pk}/watch/", watcher.next_report(lesson))
    return {"attempt": spent, "saves": [spent], "html": 0}


def open_page(visitor: Visitor, lesson) -> dict:
    begun = time.perf_counter()
    body = visitor.get(lesson.address)
    spent = 1000 * (time.perf_counter() - begun)
    return {"attempt": spent, "saves": [spent], "html": len(body)}


def work_of(kind: str, visitor: Visitor, watcher: Watcher, lesson) -> dict:
    if kind == "page":
        return open_page(visitor, lesson)
    return send_report(visitor, watcher, lesson)


def count_statements(kind: str, watcher: Watcher, lesson) -> int:
    with load_seeding().StatementCounter() as counter:
        work_of(kind, counter.visitor(watcher.session), watcher, lesson)
    return counter.count


def main(seconds: float) -> None:
    port = random.randint(20_000, 30_000)
    with tempfile.TemporaryDirectory() as folder:
        prepare_environment(folder, port)
        run_command("migrate", "-v0")
        run_command("collectstatic", "--noinput", "-v0")
        seeding = load_seeding()
        lesson = seeding.make_film_lesson(FILM_SECONDS, port=port)
        watchers = [Watcher(session) for session in seeding.make_members(MEMBERS)]
        with Server(ROOT, port, log=Path(folder) / "journal") as server:
            for watcher in watchers:
                visitor = Visitor(port, watcher.session)
                open_page(visitor, lesson)
                send_report(visitor, watcher, lesson)
            turn, lock = cycle(watchers), Lock()

            def take_turn(kind: str) -> dict:
                with lock:
                    watcher = next(turn)
                return work_of(kind, Visitor(port, watcher.session), watcher, lesson)

            for kind, concurrency in RUNS:
                load = os.getloadavg()[0]
                statements = count_statements(kind, watchers[0], lesson)
                before = cpu_seconds(server.pids()), cpu_seconds(seeding.backend_pids())
                figures = measure(
                    lambda kind=kind: take_turn(kind), concurrency=concurrency, seconds=seconds
                )
                after = cpu_seconds(server.pids()), cpu_seconds(seeding.backend_pids())
                done = figures.pop("done")
                spent = after[0] - before[0], after[1] - before[1]
                line = {"work": kind, "concurrency": concurrency}
                line |= {name: figures[name] for name in ("per_s", "p50_ms", "p95_ms", "errors")}
                line |= {
                    "cpu_s": round(sum(spent) / done, 4),
                    "database_cpu_s": round(spent[1] / done, 4),
                    "statements": statements,
                    "html_bytes": figures["html_bytes"],
                    "memory_mb": server.memory_mb(),
                    "load": round(load, 2),
                }
                line |= {"error": figures["error"]} if "error" in figures else {}
                print(json.dumps(line), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 15)
