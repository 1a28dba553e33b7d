from django.core.management.base import BaseCommand
from django.utils import timezone

from learning.domain.standings import fold_standings


class Command(BaseCommand):
    help = "把新的学习记录并入各级完成情况（平时由定时任务运行）。"

    def handle(self, *args, **options):
        folded = fold_standings(now=timezone.now())
        self.stdout.write(f"已处理 {folded} 条变动")
