"""Prove that the audit trail is whole."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.domain.audit import seal_entries
from members.domain.audit_check import Fault, Head, check_trail

SAID = {
    "changed": "记录 {} 的内容被改过。",
    "gap": "第 {} 号记录不见了。",
    "link": "第 {} 号记录和它前面的对不上：前面有记录被改、被删或被插入。",
    "unlinked": "记录 {} 超过 15 分钟没有编入链条：后台任务没有运行，或有人拦下了它。",
    "cut": "第 {} 号之前的记录不是按期清理掉的。",
    "missing_head": "上次核对到的第 {} 号记录已经不在了，或者换了内容。",
}


class Command(BaseCommand):
    help = "核对审计记录：有没有被改、被删、被插入。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            metavar="序号:链值",
            help="上次核对时打印的链头；给出它，就能发现末尾被截掉的记录。",
        )

    def handle(self, *args, **options):
        seal_entries()
        report = check_trail(now=timezone.now(), expected=read_head(options["head"]))
        for fault in report.faults:
            self.stderr.write(say(fault))
        head = f"{report.head.sequence}:{report.head.chain}"
        if report.faults:
            raise CommandError(f"审计记录有问题，见上。核对了 {report.checked} 条。")
        if options["verbosity"]:
            self.stdout.write(
                f"审计记录完整，共 {report.checked} 条。请抄下链头，下次核对时用：{head}"
            )


def read_head(text: str | None) -> Head | None:
    if not text:
        return None
    sequence, _, chain = text.partition(":")
    if not (sequence.isascii() and sequence.isdecimal() and len(chain) == 64):
        raise CommandError("链头应当是“序号:链值”，即上次核对时打印的那一串。")
    return Head(int(sequence), chain)


def say(fault: Fault) -> str:
    return SAID[fault.kind].format(fault.place)
