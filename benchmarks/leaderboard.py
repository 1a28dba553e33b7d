"""Boards, lists of people, folds and rebuilds at Guangdong's size.

Works on a PostgreSQL database that `manage.py seed_scale` has filled, on the Redis of REDIS_URL,
with production settings and gunicorn with two workers on this machine:

    createdb scale_400k
    export DATABASE_URL=postgres://postgres@127.0.0.1:5432/scale_400k REDIS_URL=redis://…/3
    python manage.py migrate -v0
    /usr/bin/time -v python manage.py seed_scale --yes-fake-data            # 400,000 members
    python benchmarks/leaderboard.py 10            # seconds for each page, then every step
    python benchmarks/leaderboard.py 10 boards     # one step: boards people storage rebuild
                                                   # events fold explain
    # growth: in databases of their own, boards and people and rebuild again
    python manage.py seed_scale --yes-fake-data --members 100000 --appointments 112500 \
        --progress 5000000
    python manage.py seed_scale --yes-fake-data --members 1000000 --appointments 1125000 \
        --progress 50000000

Prints lines of JSON: what was measured, p50 and p95 in ms over HTTP (connections kept open), SQL
statements, the load average before it. `events` and `fold` add records and marks, so they come
last; the figures then no longer are those of the seed. `explain` prints the plans of the queries.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from attempts import ROOT, load_seeding, prepare_environment, run_command
from serving import Server, Visitor, share

BOARD, PEOPLE = "/board/", "/desk/people/"
LEVELS = {1: "province", 2: "city", 3: "county", 4: "town"}
CONCURRENCIES = (1, 4)


def load(name: str):
    """A module of ours that needs Django's settings: chosen first, imported then."""
    load_seeding()
    from importlib import import_module  # noqa: PLC0415 beside its only use

    return import_module(name)


def say(work: str, **facts) -> None:
    line = {"work": work} | facts | {"load": round(os.getloadavg()[0], 1)}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def board_pages(scene) -> dict[str, list[str]]:
    """Addresses by kind: the units below one of each level, and whole levels."""
    pages = {}
    for level, name in LEVELS.items():
        pages[f"board, below a {name}"] = [
            f"{BOARD}?{urlencode({'plan': scene.plan_id, 'federation': pk})}"
            for pk in scene.federations(level)
        ]
    for level in (2, 3, 4, 5):
        query = {"plan": scene.plan_id, "federation": scene.top_id, "level": level}
        pages[f"board, all of level {level}"] = [
            f"{BOARD}?{urlencode(query | {'p': number})}" for number in range(1, 5)
        ]
    return pages


def people_pages(scene) -> dict[str, list[str]]:
    query = {"plan": scene.plan_id, "view": "own", "figure": "unfinished"}
    return {
        "people, a village's unfinished": [
            f"{PEOPLE}?{urlencode(query | {'federation': pk})}" for pk in scene.federations(5)
        ]
    }


def measure_pages(pages: dict[str, list[str]], session: str, seconds: float) -> None:
    port = random.randint(20_000, 30_000)
    counts = {name: count_statements(urls, session) for name, urls in pages.items()}
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(ROOT, port, log=Path(folder) / "journal") as server,
    ):
        for name, urls in pages.items():
            for url in urls[:4] * 4:
                Visitor(port, session).get(url)
            for concurrency in CONCURRENCIES:
                facts = measure_page(port, session, urls, concurrency, seconds)
                say(name, **facts, statements=counts[name], memory_mb=server.memory_mb())


def measure_page(port: int, session: str, urls: list[str], concurrency: int, seconds: float):
    """The slowest of so many threads decide; each asks for one random page after the other."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 beside its only use

    spent, until = [], time.perf_counter() + seconds

    def ask(seed: int) -> None:
        visitor, chance = Visitor(port, session), random.Random(seed)
        while time.perf_counter() < until:
            url, begun = chance.choice(urls), time.perf_counter()
            visitor.get(url)
            spent.append(1000 * (time.perf_counter() - begun))

    with ThreadPoolExecutor(concurrency) as pool:
        list(pool.map(ask, range(concurrency)))
    return {
        "concurrency": concurrency,
        "per_s": round(len(spent) / seconds, 1),
        "p50_ms": share(spent, 50),
        "p95_ms": share(spent, 95),
    }


def count_statements(urls: list[str], session: str) -> int:
    """SQL of the page when it was seen before, transactions' own words left out."""
    load_seeding().StatementCounter().visitor(session).get(urls[0])
    with load_seeding().StatementCounter() as counter:
        counter.visitor(session).get(urls[0])
    return counter.count


def boards(scene, seconds: float) -> None:
    measure_pages(board_pages(scene), scene.member_session(), seconds)


def people(scene, seconds: float) -> None:
    measure_pages(people_pages(scene), scene.staff_session(), seconds)


def storage(scene, seconds: float) -> None:
    say("storage", **scene.storage())


def rebuild(scene, seconds: float) -> None:
    for facts in scene.rebuild():
        say("rebuild", **facts)


def events(scene, seconds: float) -> None:
    facts = load("scale_events").run(rate=200, seconds=60)
    say("events", **facts)


def fold(scene, seconds: float) -> None:
    say("fold", **scene.fold(1_000_000))


def explain(scene, seconds: float) -> None:
    for name, text in load("scale_explain").plans_of(scene):
        print(f"\n## {name}\n{text}", flush=True)


STEPS = {step.__name__: step for step in (boards, people, storage, rebuild, events, fold, explain)}


def main(seconds: float, names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepare_environment(folder, 0)
        run_command("collectstatic", "--noinput", "-v0")
        scene = load("scale_scene").Scene()
        for name in names or list(STEPS):
            STEPS[name](scene, seconds)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10, sys.argv[2:])
