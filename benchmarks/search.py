"""Chinese search over 13,500 pages: `python benchmarks/search.py [COUNT]`.

Goals: indexing within 120 s, p95 of a search page 60 ms, on either database. `cold` forgets what
was found before each of the 30 queries, `warm` asks each once more; both are the whole view,
middleware and templates included, without a web server before it. `found` is the finding alone,
`cold_cpu_ms` a cold view's mean CPU time with the database's.
"""

import os
import sys
import time
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.measuring import asked_count, run_steps  # noqa: E402 after the path is right
from benchmarks.serving import cpu_seconds, share  # noqa: E402

LAWS = Path(__file__).resolve().parents[2] / "shared" / "data" / "laws"
REPEATS = 3
QUERIES = (
    "妇女 妇联 家庭 活动 执委 妇 人身安全保护令 反家庭暴力 妇女权益 妇女之家 两癌筛查 "
    "南粤女声 陈秀英 麦慕容 12338 HPV疫苗 ＡＰＰ 最美家庭 家庭教育 电信诈骗 广州市越秀区 "
    "韶关市乳源县 妇女的权益 预防性骚扰 法律援助 结对帮扶 反家暴法第23条 rsaqbhl fnqy 没有的词语"
)


def prepare() -> dict:
    from django.core.management import call_command  # noqa: PLC0415 Django must be set up first
    from wagtail.models import Page  # noqa: PLC0415

    from config.site_setup import set_up_site  # noqa: PLC0415
    from tests.library import load_articles  # noqa: PLC0415

    set_up_site()
    if LAWS.exists():
        call_command("import_knowledge", str(LAWS))
    load_articles(count=asked_count() - Page.objects.count())
    return {"pages": Page.objects.count()}


def index() -> dict:
    from django.core.management import call_command  # noqa: PLC0415
    from wagtail.search.models import IndexEntry  # noqa: PLC0415

    IndexEntry.objects.all().delete()
    call_command("update_index", verbosity=0)
    return {"documents": IndexEntry.objects.count()}


def search() -> dict:
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415
    from django.core.cache import cache  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from cms.search.finding import Wish, find  # noqa: PLC0415

    client, queries = Client(headers={"host": "localhost"}), QUERIES.split()
    visit = lambda query: client.get("/search/", {"q": query})  # noqa: E731
    visit("热身")
    visit("renao")
    times: dict[str, list[float]] = {"cold": [], "warm": [], "found": []}
    pids, cpu = [os.getpid(), *_database_pids()], 0.0
    for query in queries * REPEATS:
        cache.clear()
        times["found"].append(_time(lambda query=query: find(Wish(query), AnonymousUser())))
        cache.clear()
        begun = cpu_seconds(pids)
        times["cold"].append(_time(lambda query=query: visit(query)))
        cpu += cpu_seconds(pids) - begun
        times["warm"].append(_time(lambda query=query: visit(query)))
    return {
        f"{name}_p{percent}_ms": share(values, percent)
        for name, values in times.items()
        for percent in (50, 95)
    } | {"queries": len(queries), "cold_cpu_ms": round(1000 * cpu / len(times["cold"]), 1)}


def _database_pids() -> list[int]:
    """PostgreSQL's process for our connection, if it runs on this machine."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return [cursor.fetchone()[0]]


def _time(work) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


STEPS = {"prepare": prepare, "index": index, "search": search}

if __name__ == "__main__":
    run_steps(__file__, STEPS, "prepare", "13500")
