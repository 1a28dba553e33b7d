"""manage.py seed_scale: an empty database at Guangdong's size, with invented people."""

import logging
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.scale.plans import SPECS
from config.scale.seeding import Sizes, is_empty, seed_scale
from config.scale.words import is_postgresql

# SQLite has one writer and no parallel index build: more would take hours.
SQLITE_MEMBERS, SQLITE_PROGRESS = 5_000, 250_000


class Command(BaseCommand):
    help = "在空数据库里造一套全省规模的数据（虚构的执委和学习记录），用来测速度。"

    def add_arguments(self, parser):
        parser.add_argument("--members", type=int, default=400_000, help="执委人数")
        parser.add_argument("--appointments", type=int, default=450_000, help="任职条数")
        parser.add_argument("--plans", type=int, default=12, help="学习任务个数")
        parser.add_argument("--progress", type=int, default=20_000_000, help="学习记录条数")
        parser.add_argument("--seed", type=int, default=1, help="同一天、同一个数造出同样的数据")
        parser.add_argument(
            "--no-boards", dest="boards", action="store_false", help="不统计测验和时段的排行"
        )
        parser.add_argument(
            "--yes-fake-data", action="store_true", help="确认要在正式设置下造虚构的人"
        )

    def handle(self, **options):
        sizes = Sizes(**{name: options[name] for name in Sizes.__annotations__})
        if problem := find_problem(sizes, is_confirmed=options["yes_fake_data"]):
            raise CommandError(problem)
        # A log line for each page would bury the progress.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        begun = time.perf_counter()
        seed_scale(sizes=sizes, say=self._say)
        self._say(_("完成，共 %(seconds)d 秒。") % {"seconds": time.perf_counter() - begun})

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def find_problem(sizes: Sizes, *, is_confirmed: bool) -> str:
    """Why this database or these numbers will not do; empty when they will."""
    if not settings.DEBUG and not is_confirmed:
        return _("这会造出几十万虚构的执委。确实要在这个数据库里造，请加上 --yes-fake-data。")
    if min(sizes.members, sizes.progress) < 1 or not 1 <= sizes.plans <= len(SPECS):
        text = _("人数和记录数要大于 0，任务个数为 1 到 %(count)d。")
        return text % {"count": len(SPECS)}
    if not sizes.members <= sizes.appointments <= 2 * sizes.members:
        return _("任职条数不能少于执委人数，也不能多于它的两倍：每人一条计入的，最多再加一条。")
    if not is_postgresql() and (sizes.members > SQLITE_MEMBERS or sizes.progress > SQLITE_PROGRESS):
        text = _(
            "SQLite 一次只能有一个写入，造不了这么多。请换 PostgreSQL，"
            "或者不超过 %(members)d 人、%(progress)d 条学习记录。"
        )
        return text % {"members": SQLITE_MEMBERS, "progress": SQLITE_PROGRESS}
    if not is_empty():
        return _("数据库里已经有数据，没有改动。请换一个空数据库再运行。")
    return ""
