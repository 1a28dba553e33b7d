from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.domain.standings import rebuild_standings
from learning.models import Plan


class Command(BaseCommand):
    help = "从学习记录重新统计各级完成情况；--check 只比对，不改动。"

    def add_arguments(self, parser):
        parser.add_argument("--plan", type=int, help="只处理这个学习任务、测验或时段（编号）")
        parser.add_argument("--check", action="store_true", help="只比对，有差异时退出码为 1")

    def handle(self, *args, plan, check, **options):
        plans = Plan.boards.filter(pk=plan) if plan else Plan.boards.all()
        if plan and not plans.exists():
            raise CommandError(f"没有编号为 {plan} 的学习任务、测验或时段。")
        differences = sum(self.handle_plan(each, check) for each in plans)
        self.stdout.write(f"合计 {differences} 处差异")
        if check and differences:
            raise CommandError("完成情况和学习记录不一致，请去掉 --check 再运行一次。")

    def handle_plan(self, plan, check) -> int:
        if plan.is_frozen:
            self.stdout.write(f"{plan.title}：已冻结，不再重算")
            return 0
        result = rebuild_standings(plan_id=plan.pk, now=timezone.now(), check=check)
        waiting = f"，{result.pending} 个单位等待更新" if result.pending else ""
        verb = "差异" if check else "更新"
        self.stdout.write(
            f"{plan.title}：{result.cells} 个单位，{verb} {len(result.differences)} 处{waiting}"
        )
        return len(result.differences)
