"""How long 10,000 questions take, in and out: `python benchmarks/interchange.py [COUNT]`.

Works on the empty database that DATABASE_URL names; without it, on a SQLite file in a temporary
folder. Each work runs in a process of its own and prints one line of JSON: work, count, seconds
and processor seconds (start-up included), peak memory in MB, load average before it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BANK = "性能题库"
KINDS = ("single", "multiple", "judge", "blank")


def make_questions(count: int, wording: str = ""):
    """Different questions of the commonest types, some 150 characters each."""
    from quizzes.interchange.entries import RawQuestion  # noqa: PLC0415 needs Django

    options = tuple(f"第{letter}种说法，比其他的说法更准确一些" for letter in "甲乙丙丁")
    fields = {
        "single": {"options": options, "answers": ("B",)},
        "multiple": {"options": options, "answers": ("ACD",)},
        "judge": {"options": ("对", "错"), "answers": ("对",)},
        "blank": {"answers": ("甲|||甲方",)},
    }
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        yield RawQuestion(
            sheet=BANK,
            row=number + 1,
            type=kind,
            stem=f"第 {number} 题：根据妇女权益保障法，下列关于____的说法，哪些是正确的？",
            explanation=f"见第 {number} 条。{wording}",
            difficulty=number % 5 + 1,
            knowledge_point=f"第{number % 20}章",
            tags=("普法",),
            **fields[kind],
        )


def work(name: str, key: str, folder: Path, count: int) -> None:
    """One piece of work, inside a process of its own."""
    import django  # noqa: PLC0415 the settings come from the environment

    django.setup()
    from quizzes.domain.exporting import export_entries  # noqa: PLC0415
    from quizzes.domain.importing import import_questions  # noqa: PLC0415
    from quizzes.interchange.registry import FORMATS  # noqa: PLC0415
    from quizzes.models import Question  # noqa: PLC0415

    form = FORMATS[key]
    path = folder / f"{name.split(maxsplit=1)[0]}{form.extensions[0]}"
    if name == "make":
        form.write(folder / f"new{form.extensions[0]}", make_questions(count), BANK)
        form.write(folder / f"changed{form.extensions[0]}", make_questions(count, "改过。"), BANK)
    elif name == "export":
        assert not form.write(path, export_entries(Question.objects.all()), BANK)
    else:
        report = import_questions(bank_name=BANK, entries=form.read(path), is_dry_run="dry" in name)
        assert not list(report.refused()), next(report.refused())


def run(name: str, key: str, folder: Path, count: int) -> None:
    load, start = os.getloadavg()[0], time.perf_counter()
    # -P: the scripts beside this one are no modules; one is called statistics.
    work_of = ["--work", name, key, str(folder), str(count)]
    command = [sys.executable, "-P", __file__, *work_of]
    child = subprocess.Popen(command, cwd=ROOT)  # noqa: S603 our own script
    _pid, status, usage = os.wait4(child.pid, 0)
    figures = {
        "work": f"{name} {key}",
        "count": count,
        "s": round(time.perf_counter() - start, 1),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_mb": usage.ru_maxrss // 1024,
        "load": round(load, 1),
        "ok": status == 0,
    }
    print(json.dumps(figures, ensure_ascii=False), flush=True)


def main(count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
    os.environ["PYTHONPATH"] = str(ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["VAR_DIR"] = name
        migrate = [sys.executable, "manage.py", "migrate", "-v0"]
        subprocess.run(migrate, cwd=ROOT, check=True)  # noqa: S603
        for key in ("excel", "gift", "moodle_xml", "qti"):
            run("make", key, folder, count)
        run("new dry run", "excel", folder, count)
        run("new", "excel", folder, count)
        run("new again", "excel", folder, count)
        run("changed", "excel", folder, count)
        for key in ("gift", "moodle_xml", "qti"):
            run("changed again", key, folder, count)
        for key in ("excel", "gift", "moodle_xml", "qti"):
            run("export", key, folder, count)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
