"""Running one step of a benchmark in a process of its own, and printing what it took."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

Steps = Mapping[str, Callable[[], None]]


def run_steps(script: str, steps: Steps, prepare: str, count: str = "100000") -> None:
    """Without an argument: migrate, then every step in a process; with one: that step alone.

    Works on the empty database that DATABASE_URL names; without it, on a SQLite file in a
    temporary folder. Prints one line of JSON per step: seconds of the work itself, without
    start-up, CPU seconds of its process (not the database's), its peak memory in MB, load average
    before it.
    """
    if len(sys.argv) > 2:
        _run_here(steps[sys.argv[2]], sys.argv[2])
        return
    count = sys.argv[1] if len(sys.argv) > 1 else count
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "VAR_DIR": folder, "PYTHONPATH": str(ROOT)}
        call = [sys.executable, "manage.py", "migrate", "-v0"]
        subprocess.run(call, cwd=ROOT, check=True, env=environment)  # noqa: S603 our own command
        for name in (prepare, *(each for each in steps if each != prepare)):
            call = [sys.executable, script, count, name]
            subprocess.run(call, cwd=ROOT, check=True, env=environment)  # noqa: S603


def _run_here(step: Callable[[], None], name: str) -> None:
    set_up()
    load, start = os.getloadavg()[0], time.perf_counter()
    cpu = time.process_time()
    facts = step() or {}
    line = {
        "work": name,
        "s": round(time.perf_counter() - start, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "load": round(load, 1),
        **facts,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def set_up() -> None:
    # Not this folder: its modules are imported as benchmarks.…
    sys.path[0] = str(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
    import django  # noqa: PLC0415 only a step needs it, and after the path is right

    django.setup()


def asked_count() -> int:
    """How many attempts are asked for."""
    return int(sys.argv[1])
