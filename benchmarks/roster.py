"""The whole province's roster, imported: `python benchmarks/roster.py [ROWS] [.csv|.xlsx]`.

Works on the empty database that DATABASE_URL names. Prints one line of JSON per step: seconds of
the whole command, its CPU seconds (not the database's), peak memory in MB, the load before it, and
the checksum of who serves where. The steps: import in one go; import it again; then, from an empty
roster, an import that is killed (-9) on its way, and the same file again. Both sums must be equal.
"""

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
SEED, ROWS = 20261128, 450_000
TITLES = ("姓名", "手机号", "妇联编码或全称路径", "职务", "届次", "任期起", "任期止", "计入单位")
SURNAMES = "陈李黄张梁林刘吴罗杨何叶曾谢邓郭钟赖朱周王冯谭廖温江古丘饶莫麦伍"
GIVEN = "秀丽玉桂惠美春秋雪小晓燕彩月银少淑婉慧洁丹伟志建国文静佩碧翠爱海芬敏莹琼芳萍婷瑜"
# One row in nine gives a member of another place a second, uncounted appointment.
SECOND_EVERY = 9
POSITIONS = ("主席", "副主席", "常委", "执委", "执委", "执委", "执委", "执委")
ROWS_PER_SHEET = 200_000
# Part of the rows that must be members before the kill; a small file has none before its end,
# so it is killed after a part of the time that it took.
KILLED_AT, KILLED_AFTER = 1 / 3, 0.8
SUM = """
SELECT m.phone, m.name, f.code, a.position, a.term, a.starts_on, a.ends_on, a.is_counted
FROM federations_appointment a JOIN members_member m ON m.id = a.member_id
JOIN federations_federation f ON f.id = a.federation_id ORDER BY 1, 3, 4, 6
"""


def roster_rows(count: int) -> Iterator[tuple[str, ...]]:
    """Fake people, the same every time; phones that nobody has (199…, in order)."""
    random = Random(SEED)
    source = ROOT / "federations" / "data" / "guangdong_divisions.csv"
    with source.open(encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    people: list[tuple[str, str]] = []
    held: set[tuple[str, str]] = set()
    for number in range(count):
        code, term = codes[number % len(codes)], ("第十三届", "2024-01-01", "")
        if number % SECOND_EVERY == SECOND_EVERY - 1:
            name, phone = random.choice(people)
            # Nobody serves twice at one federation: that would be an overlap.
            while (phone, code) in held:
                name, phone = random.choice(people)
            held.add((phone, code))
            yield (
                name,
                phone,
                code,
                "特邀代表",
                "第十三届",
                f"2024-02-{number % 28 + 1:02}",
                "",
                "否",
            )
            continue
        name = random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=random.choice((1, 2, 2))))
        phone = str(19_900_000_000 + number)
        people.append((name, phone))
        held.add((phone, code))
        yield name, phone, code, POSITIONS[number % len(POSITIONS)], *term, "是"


def write_csv(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(TITLES)
        writer.writerows(roster_rows(count))


def write_xlsx(path: Path, count: int) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415 the .csv needs none

    with Workbook(path, {"constant_memory": True}) as book:
        for number, row in enumerate(roster_rows(count)):
            if number % ROWS_PER_SHEET == 0:
                sheet = book.add_worksheet()
                sheet.write_row(0, 0, TITLES)
            sheet.write_row(number % ROWS_PER_SHEET + 1, 0, row)


WRITERS = {".csv": write_csv, ".xlsx": write_xlsx}


def run(work: str, path: Path, *, killed_at: int = 0, killed_after: float = 0) -> float:
    """Returns the seconds."""
    load, start = os.getloadavg()[0], time.perf_counter()
    call = [sys.executable, "manage.py", "import_roster", str(path), "--apply"]
    child = subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    if killed_at:
        while time.perf_counter() - start < killed_after and count_members() < killed_at:
            time.sleep(0.2)
        child.send_signal(signal.SIGKILL)
    said = child.stdout.read().splitlines()
    _pid, _status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    line = {
        "work": work,
        "s": round(seconds, 1),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_mb": usage.ru_maxrss // 1024,
        "load": round(load, 1),
        "members": count_members(),
        "sum": checksum(),
        "said": said[:1],
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return seconds


def connect():
    import psycopg  # noqa: PLC0415 only for PostgreSQL, which this measures

    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def count_members() -> int:
    with connect() as database:
        return database.execute("SELECT count(*) FROM members_member").fetchone()[0]


def checksum() -> str:
    digest = hashlib.sha256()
    with connect() as database, database.transaction(), database.cursor("sum") as rows:
        rows.itersize = 20_000
        for row in rows.execute(SUM):
            digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


def empty() -> None:
    with connect() as database:
        database.execute("TRUNCATE members_member, federations_rosterchange CASCADE")


def main(count: int, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("VAR_DIR", folder)
        path = Path(folder) / f"roster{ending}"
        WRITERS[ending](path, count)
        prepare = [sys.executable, "manage.py"]
        subprocess.run([*prepare, "migrate", "-v0"], cwd=ROOT, check=True)  # noqa: S603
        subprocess.run([*prepare, "import_federations"], cwd=ROOT, check=True)  # noqa: S603
        empty()
        seconds = run("import", path)
        run("again", path)
        empty()
        run("killed", path, killed_at=int(count * KILLED_AT), killed_after=seconds * KILLED_AFTER)
        run("after the kill", path)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else ROWS,
        sys.argv[2] if len(sys.argv) > 2 else ".csv",
    )
