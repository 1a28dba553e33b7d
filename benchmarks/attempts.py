"""Whole attempts over real HTTP: `python benchmarks/attempts.py [SECONDS]`.

Works on the empty PostgreSQL database that DATABASE_URL names and on the Redis of REDIS_URL, with
production settings and gunicorn with two workers on this machine. An attempt has 20
questions: quiz page → start → page of 20 questions → answers → hand in → result; the answers in one
request ("page"), or one request for each tap ("taps"). Every attempt is another member's.

Prints one line of JSON for each run: work, concurrency, attempts/s, p50 and p95 of a whole attempt
and of a save (ms), CPU seconds of web and database for an attempt, SQL statements, stored bytes
(rows and indexes, packed), bytes of HTML over the wire, memory of the largest worker (MB), errors,
load average before it.
"""

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from serving import Server, Visitor, cpu_seconds, measure

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = 20
MEMBERS = 12_000
RUNS = [("page", 1), ("page", 8), ("page", 32), ("taps", 1), ("taps", 8), ("taps", 32)]
STEM = "邻居阿芳深夜跑来说丈夫打她，作为村妇联执委，你第 {} 步应该怎么做才最稳妥？"
OPTIONS = (
    "劝她忍一忍，家丑不外扬",
    "先确认她和孩子是否安全，有危险立即拨打 110",
    "马上去她家找男方理论",
    "等村委会开会时再讨论",
)


def prepare_environment(folder: str, port: int) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": secrets.token_hex(32),
        "PERSONAL_DATA_KEYS": secrets.token_hex(32),
        "AUDIT_KEY": secrets.token_hex(32),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SECURE_SSL_REDIRECT": "0",
        "SMS_SENDER": "members.sms.ConsoleSender",
        "VAR_DIR": folder,
    }
    sys.path.insert(0, str(ROOT))


def run_command(*arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 ours


def build_site(port: int):
    """The quiz and its members; returns (quiz page's id and address, the members' cookies)."""
    seeding = load_seeding()
    quiz = seeding.make_quiz(STEM, OPTIONS, QUESTIONS, port=port)
    return quiz, seeding.make_members(MEMBERS)


def load_seeding():
    """Django's settings must be chosen before anything of it is imported."""
    return import_module("seeding")


def take_attempt(visitor: Visitor, quiz, way: str) -> dict:
    """One attempt; returns milliseconds by step, the slowest answer under "save"."""
    spent, html = {}, 0
    begun = time.perf_counter()
    html += len(visitor.get(quiz.address))
    place = visitor.post_form(f"/quizzes/{quiz.pk}/start/")
    html += len(visitor.get(place))
    answers = [
        {"index": n, "response": [random.choice("abcd")], "seq": round(time.time() * 1000)}
        for n in range(1, QUESTIONS + 1)
    ]
    saves = []
    if way == "page":
        saves.append(visitor.post_json(f"{place}answers/", {"answers": answers}))
    else:
        saves += [visitor.post_json(f"{place}answer/", answer) for answer in answers]
    result = visitor.post_form(f"{place}submit/")
    html += len(visitor.get(result))
    spent["attempt"] = 1000 * (time.perf_counter() - begun)
    return spent | {"saves": saves, "html": html}


def count_statements(quiz, cookies, way: str) -> int:
    """SQL of one attempt, transactions' own words left out, counted in this process."""
    with load_seeding().StatementCounter() as counter:
        take_attempt(counter.visitor(cookies), quiz, way)
    return counter.count


def main(seconds: float) -> None:
    port = random.randint(20_000, 30_000)
    with tempfile.TemporaryDirectory() as folder:
        prepare_environment(folder, port)
        run_command("migrate", "-v0")
        run_command("collectstatic", "--noinput", "-v0")
        quiz, members = build_site(port)
        seeding = load_seeding()
        statements = {way: count_statements(quiz, next(members), way) for way in ("page", "taps")}
        with Server(ROOT, port, log=Path(folder) / "journal") as server:
            for _ in range(200):
                take_attempt(Visitor(port, next(members)), quiz, "page")
            for way, concurrency in RUNS:
                load = os.getloadavg()[0]
                stored_before = seeding.packed_bytes()
                before = cpu_seconds(server.pids()), cpu_seconds(seeding.backend_pids())
                figures = measure(
                    lambda way=way: take_attempt(Visitor(port, next(members)), quiz, way),
                    concurrency=concurrency,
                    seconds=seconds,
                )
                # Connections stay open, so those that have joined began at zero.
                after = cpu_seconds(server.pids()), cpu_seconds(seeding.backend_pids())
                spent = after[0] - before[0], after[1] - before[1]
                done = figures.pop("done")
                stored = seeding.packed_bytes() - stored_before
                line = {"work": f"attempt, {way}", "concurrency": concurrency} | figures
                line |= {
                    "cpu_s": round(sum(spent) / done, 4),
                    "database_cpu_s": round(spent[1] / done, 4),
                    "statements": statements[way],
                    "stored_bytes": round(stored / done),
                    "memory_mb": server.memory_mb(),
                    "load": round(load, 2),
                }
                print(json.dumps(line), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 15)
