"""How long the three imports take: `python benchmarks/imports.py [QUESTIONS.xlsx]`.

Works on the empty database that DATABASE_URL names; without it, on a SQLite file in a temporary
folder. Prints one line of JSON per command: work, seconds (whole command, start-up included), peak
memory in MB, load average before it.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[1]
ROSTER_ROWS = 10_000
TITLES = ("姓名", "手机号", "妇联编码或全称路径", "职务", "届次", "任期起", "任期止", "计入单位")


def run(work: str, *arguments: str) -> None:
    load, start = os.getloadavg()[0], time.perf_counter()
    subprocess.run(  # noqa: S603 our own commands
        [sys.executable, "manage.py", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(json.dumps({"work": work, "s": round(seconds, 1), "peak_mb": peak, "load": load}))


def write_roster(path: Path) -> None:
    """A roster as a county sends it: everyone at one of the first villages of the tree."""
    source = ROOT / "federations" / "data" / "guangdong_divisions.csv"
    rows = [line.split(",") for line in source.read_text(encoding="utf-8").splitlines()[1:]]
    villages = [row[0] for row in rows if row[2] == "5"][: ROSTER_ROWS // 10]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(TITLES)
    for number in range(ROSTER_ROWS):
        village, phone = villages[number % len(villages)], 13_500_000_000 + number
        sheet.append((f"执委{number}", phone, village, "执委", "第十三届", "2024-01-01", "", "是"))
    book.save(path)


def main(questions: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        roster = Path(folder) / "roster.xlsx"
        write_roster(roster)
        run("migrate", "migrate", "-v0")
        run("import_federations", "import_federations")
        run("import_federations again", "import_federations")
        run("import_roster 10,000", "import_roster", str(roster), "--apply")
        if questions:
            run("import_questions", "import_questions", questions, "--bank", "竞赛题库")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
