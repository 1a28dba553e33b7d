"""`make backup`: database and media into a folder of their own, while the site runs."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from config.backup.errors import BackupError
from config.backup.keys import KEYS
from config.backup.making import keep_newest, make_backup
from config.backup.manifest import read_manifest


class Command(BaseCommand):
    help = "备份数据库和上传的文件；网站运行时也可以做。密钥不在备份里。"

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=settings.VAR_DIR / "backups")
        parser.add_argument("--keep", type=int, help="只留最新的几份，更早的删掉")

    def handle(self, *args, to, keep, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep 至少是 1。")
        started = time.monotonic()
        try:
            backup = make_backup(
                connection=connection,
                media_root=Path(settings.MEDIA_ROOT),
                to=to,
                now=timezone.now(),
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        self._report(backup, minutes=(time.monotonic() - started) / 60)
        for gone in keep_newest(to, number=keep) if keep else []:
            self.stdout.write(f"删掉了旧的备份 {gone.name}")

    def _report(self, backup: Path, *, minutes: float) -> None:
        manifest = read_manifest(backup)
        megabytes = sum(path.stat().st_size for path in backup.rglob("*") if path.is_file()) / 1e6
        self.stdout.write(f"备份好了：{backup}，{megabytes:.1f} MB，用时 {minutes:.1f} 分钟。")
        self.stdout.write(f"里面有 {manifest.contents}。")
        self.stdout.write(
            f"密钥不在里面，请另外保管：{'、'.join(KEYS)}"
            f"（单机运行是 {settings.VAR_DIR} 下的 *_key 文件）。"
            "没有 PERSONAL_DATA_KEYS，恢复后手机号读不出来。"
        )
