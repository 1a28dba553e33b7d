"""manage.py import_federations [FILE]: the federation tree from a CSV file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from federations.domain.divisions import (
    SHIPPED_FILE,
    ImportResult,
    TreeFileError,
    import_federations,
)

PROBLEMS_SHOWN = 50


class Command(BaseCommand):
    help = (
        "导入妇联组织树（CSV：code,parent_code,level,name,kind）；"
        "不带文件名时导入随项目提供的广东五级区划。"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED_FILE, help="CSV 文件")

    def handle(self, *, file: Path, **options):
        # None: no bar when the output is not a terminal.
        with tqdm(desc=_("导入妇联"), unit="个", disable=None) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                result = import_federations(path=file, progress=show)
            except TreeFileError as error:
                bar.leave = False
                raise CommandError(describe_problems(error)) from error
        self.stdout.write(describe_result(result))


def describe_problems(error: TreeFileError) -> str:
    lines = [str(problem) for problem in error.problems[:PROBLEMS_SHOWN]]
    if (hidden := len(error.problems) - PROBLEMS_SHOWN) > 0:
        lines.append(_("另有 %(count)d 处") % {"count": hidden})
    lines.append(_("没有导入任何内容，请改正后重新运行。"))
    return "\n".join(lines)


def describe_result(result: ImportResult) -> str:
    if result.has_changes:
        text = _(
            "新增 %(created)d 个，更新 %(updated)d 个，移动 %(moved)d 个，未变 %(unchanged)d 个。"
        )
        text %= {
            "created": result.created,
            "updated": result.updated,
            "moved": result.moved,
            "unchanged": result.unchanged,
        }
    else:
        text = _("没有变化：%(count)d 个妇联已是最新") % {"count": result.unchanged}
    if result.absent:
        text += "\n" + _("数据库中另有 %(count)d 个妇联不在文件里，保持不动。") % {
            "count": result.absent
        }
    return text
