"""Laws and knowledge entries from files: `manage.py import_knowledge DIR_OR_FILE`."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge_base.domain.filing import CategoryUnknown, category_of, find_category
from knowledge_base.domain.importing import ImportRefused, Outcome, import_entry
from knowledge_base.importing.collecting import Problem, collect
from knowledge_base.models import KnowledgeIndexPage


class Command(BaseCommand):
    help = (
        "导入法律（Markdown、JSONL）和知识条目（带文首信息的 Markdown），直接发布。可以重复运行。"
    )

    def add_arguments(self, parser):
        parser.add_argument("path", help="文件，或者装着 .md、.jsonl 的文件夹")
        parser.add_argument(
            "--category",
            default="",
            help="新条目归到哪个分类（名称或网址名）；不写时，看文件里写的，再不然归到“法律法规”",
        )
        parser.add_argument("--dry-run", action="store_true", help="只看会怎样，什么都不改")

    def handle(self, path, category, dry_run, **options):
        path = Path(path)
        if not path.exists():
            raise CommandError(_("没有这个文件或文件夹：%s") % path)
        index = KnowledgeIndexPage.objects.first()
        if index is None:
            raise CommandError(_("还没有知识库。请先运行 manage.py setup_site。"))
        found = collect(path)
        chosen = self.choose(category) if category else None
        counts = self.write(found, index, chosen, dry_run=dry_run)
        self.report(counts, found.problems, dry_run=dry_run)

    def choose(self, name: str):
        try:
            return find_category(name)
        except CategoryUnknown as unknown:
            raise CommandError(str(unknown)) from unknown

    def write(self, found, index, chosen, *, dry_run: bool) -> Counter:
        """Each entry in a transaction of its own: a run cut short is simply run again."""
        counts: Counter = Counter()
        now = timezone.now()
        for file, entry in found.entries.values():
            try:
                with transaction.atomic():
                    category = chosen or category_of(entry)
                    outcome = import_entry(entry=entry, index=index, category=category, now=now)
                    counts[outcome] += 1
                    transaction.set_rollback(dry_run)
            except (ImportRefused, CategoryUnknown) as refused:
                found.problems.append(Problem(file, 0, str(refused)))
        return counts

    def report(self, counts: Counter, problems: list[Problem], *, dry_run: bool) -> None:
        for problem in problems:
            self.stderr.write(str(problem))
        said = _("新增 %(added)d，更新 %(updated)d，不变 %(unchanged)d，未导入 %(refused)d。")
        facts = {outcome.value: counts[outcome] for outcome in Outcome}
        line = said % (facts | {"refused": len(problems)})
        self.stdout.write(_("试运行，没有改动：%s") % line if dry_run else line)
        if problems:
            raise CommandError(
                _("有 %d 处没有导入，原因见上。改好以后再运行一次就行。") % len(problems)
            )
