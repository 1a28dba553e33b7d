"""Article pages over real HTTP: `python benchmarks/pages.py [SECONDS]`.

Works on the empty PostgreSQL database that DATABASE_URL names and on the Redis of REDIS_URL, with
production settings and gunicorn with two workers on this machine. "warm": a visitor's page from the
cache; "unchanged": the same, asked for with its ETag; "cold": each request asks for a page that is
not kept yet; "member": signed in, every request another member's in turn.

Prints one line of JSON for each run: work, concurrency, requests/s, p50 and p95 (ms), CPU seconds
of web and database for a request, SQL statements of one, bytes, memory of the largest worker (MB),
errors, load average before it.
"""

import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from itertools import count, cycle
from pathlib import Path
from threading import Lock

from attempts import load_seeding, prepare_environment, run_command
from serving import Server, Visitor, cpu_seconds, measure

ROOT = Path(__file__).resolve().parents[1]
MEMBERS = 500
RUNS = [(kind, n) for kind in ("warm", "unchanged", "cold", "member") for n in (8, 32)]
ETAG = re.compile(r"(?im)^etag: *(\S+)")


class Readers:
    """Asks for the article in one of the four ways."""

    def __init__(self, port: int, address: str, sessions: list[str]):
        self._port, self._address = port, address
        self._sessions, self._numbers, self._lock = cycle(sessions), count(2), Lock()
        self._etag = ""

    def learn_etag(self) -> None:
        _status, head, _body = Visitor(self._port, None).ask("GET", self._address)
        self._etag = ETAG.search(head)[1]

    def read(self, kind: str, visitor: Visitor | None = None) -> dict:
        with self._lock:
            session = next(self._sessions) if kind == "member" else None
            number = next(self._numbers)
        visitor = visitor or Visitor(self._port, session)
        # The article shows the same on every "page"; for the cache each is another.
        address = f"{self._address}?p={number}" if kind == "cold" else self._address
        if kind == "unchanged":
            visitor.add_header("If-None-Match", self._etag)
        begun = time.perf_counter()
        status, _head, body = visitor.ask("GET", address)
        assert status == (304 if kind == "unchanged" else 200), status
        spent = 1000 * (time.perf_counter() - begun)
        return {"attempt": spent, "saves": [spent], "html": len(body)}


def count_statements(kind: str, readers: Readers, session: str) -> int:
    """In this process, for whom it is another host: so a first one makes the page."""
    counting = load_seeding().StatementCounter()
    visitor = counting.visitor(session if kind == "member" else None)
    way = "warm" if kind == "unchanged" else kind
    readers.read(way, visitor)
    with counting as counter:
        readers.read(way, visitor)
    return counter.count


def main(seconds: float) -> None:
    port = random.randint(20_000, 30_000)
    with tempfile.TemporaryDirectory() as folder:
        prepare_environment(folder, port)
        run_command("migrate", "-v0")
        run_command("collectstatic", "--noinput", "-v0")
        seeding = load_seeding()
        address = seeding.make_article(port=port)
        sessions = list(seeding.make_members(MEMBERS))
        readers = Readers(port, address, sessions)
        with Server(ROOT, port, log=Path(folder) / "journal") as server:
            for kind, concurrency in RUNS:
                load = os.getloadavg()[0]
                for _ in range(50):
                    readers.read("member" if kind == "member" else "warm")
                readers.learn_etag()
                before = cpu_seconds(server.pids()), cpu_seconds(seeding.backend_pids())
                figures = measure(
                    lambda kind=kind: readers.read(kind), concurrency=concurrency, seconds=seconds
                )
                after = cpu_seconds(server.pids()), cpu_seconds(seeding.backend_pids())
                done = figures.pop("done")
                spent = after[0] - before[0], after[1] - before[1]
                line = {"work": kind, "concurrency": concurrency}
                line |= {name: figures[name] for name in ("per_s", "p50_ms", "p95_ms", "errors")}
                line |= {
                    "cpu_s": round(sum(spent) / done, 5),
                    "database_cpu_s": round(spent[1] / done, 5),
                    "statements": count_statements(kind, readers, sessions[0]),
                    "html_bytes": figures["html_bytes"],
                    "memory_mb": server.memory_mb(),
                    "load": round(load, 2),
                }
                line |= {"error": figures["error"]} if "error" in figures else {}
                print(json.dumps(line), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10)
