"""A column of 13,000 articles, read and in the admin: `python benchmarks/columns.py [COUNT]`.

Every line is one address: queries, milliseconds of the whole view in the process by the clock, and
of its CPU time; the median of five visits after one that warms up. On SQLite the CPU time is the
database's too, and says more than the clock while others work on the machine.
"""

import json
import statistics
import sys
import time
from datetime import date
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.measuring import asked_count, run_steps  # noqa: E402 after the path is right

WARM_UP, VISITS = 1, 5
TOWNS = 30


def prepare() -> None:
    """All articles in one column; they belong to thirty federations in turn."""
    from django.core.management import call_command  # noqa: PLC0415 Django must be set up first

    from config.site_setup import set_up_site  # noqa: PLC0415
    from tests.library import load_articles  # noqa: PLC0415

    set_up_site()
    owners = make_people()
    gather(load_articles(count=asked_count()), owners)
    call_command("update_index", verbosity=0)
    analyse()


def make_people() -> list:
    from django.utils import timezone  # noqa: PLC0415

    from config.groups import sync_groups  # noqa: PLC0415
    from federations.domain.tree import add_federation  # noqa: PLC0415
    from federations.models import Appointment, Level, Position, StaffRole  # noqa: PLC0415
    from members.models import Member  # noqa: PLC0415

    province = add_federation(parent=None, name="广东省", level=Level.PROVINCE, code="44")
    city = add_federation(parent=province, name="梅州市", level=Level.CITY, code="4414")
    towns = [
        add_federation(parent=city, name=f"镇{n}", level=Level.TOWN, code=f"4414031{n:02d}")
        for n in range(TOWNS)
    ]
    member = Member.objects.create_user(name="陈秀英", phone="13800000001")
    Appointment.objects.create(
        member=member, federation=towns[0], position=Position.MEMBER, starts_on=date(2024, 1, 1)
    )
    editor = Member.objects.create_user(name="林编辑", phone="13800000002", is_staff=True)
    StaffRole.objects.create(
        member=editor, federation=city, role="editor", starts_on=date(2024, 1, 1)
    )
    sync_groups(now=timezone.now())
    return towns


def gather(columns: list, owners: list) -> None:
    """Into the first column, as if all had been written there."""
    from django.db.models import F  # noqa: PLC0415
    from wagtail.models import Page  # noqa: PLC0415

    from cms.models import ArticlePage  # noqa: PLC0415

    column = columns[0]
    articles = list(ArticlePage.objects.order_by("-first_published_at"))
    for number, article in enumerate(articles, 1):
        # Out of the way first: the new paths are others' old ones.
        article.path = f"X{Page._get_path(column.path, column.depth + 1, number)}"
        article.url_path = f"{column.url_path}{article.slug}/"
        article.latest_revision_created_at = article.first_published_at
    fields = ["path", "url_path", "latest_revision_created_at"]
    Page.objects.bulk_update(articles, fields, batch_size=200)
    for article in articles:
        article.path = article.path[1:]
    Page.objects.bulk_update(articles, ["path"], batch_size=200)
    for number, owner in enumerate(owners):
        ArticlePage.objects.annotate(turn=F("pk") % len(owners)).filter(turn=number).update(
            federation=owner
        )
    Page.objects.filter(pk__in=[each.pk for each in columns]).update(numchild=0)
    Page.objects.filter(pk=column.pk).update(numchild=len(articles))


def analyse() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def visit() -> dict:
    from django.test import Client, override_settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from cms.models import ColumnPage  # noqa: PLC0415
    from members.models import Member  # noqa: PLC0415

    column = ColumnPage.objects.filter(numchild__gt=0).first()
    last = -(-column.numchild // 20)
    public = {"column": column.url, "column, last page": f"{column.url}?p={last}"}
    public |= {"article": column.get_children().first().url, "home": "/"}
    explorer, chooser = (
        reverse(name, args=[column.pk])
        for name in ("wagtailadmin_explore", "wagtailadmin_choose_page_child")
    )
    admin = {
        "explorer": explorer,
        "explorer, page 200": f"{explorer}?p=200",
        "explorer, in the tree's order": f"{explorer}?ordering=ord",
        "explorer, by title": f"{explorer}?ordering=title",
        "explorer, by status": f"{explorer}?ordering=live",
        "explorer, search": f"{explorer}?q=妇女",
        "chooser": chooser,
        "chooser, page 500": f"{chooser}?p=500",
    }
    feed = {"feed": reverse("column_rss", args=[column.pk])}
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for who, phone, pages in (
            ("visitor", None, public | feed),
            ("member", "13800000001", public),
            ("editor", "13800000002", admin),
        ):
            client = Client()
            if phone:
                client.force_login(Member.objects.get(phone=phone))
            for name, url in pages.items():
                report(f"{who}: {name}", client, url)
    return {}


def report(name: str, client, url: str) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    for _ in range(WARM_UP):
        assert client.get(url).status_code == 200, url
    times, cpu = [], []
    for _ in range(VISITS):
        start, busy = time.perf_counter(), time.process_time()
        client.get(url)
        times.append(1000 * (time.perf_counter() - start))
        cpu.append(1000 * (time.process_time() - busy))
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    line = {
        "page": name,
        "queries": len(captured),
        "ms": round(statistics.median(times)),
        "cpu_ms": round(statistics.median(cpu)),
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    run_steps(__file__, {"prepare": prepare, "visit": visit}, "prepare", count="13000")
