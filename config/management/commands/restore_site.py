"""`make restore`: a backup into an empty place, proved by its manifest."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.backup.errors import BackupError
from config.backup.restoring import restore_backup


class Command(BaseCommand):
    help = "把一份备份恢复到空的数据库和空的上传文件夹，并逐表、逐个文件核对。"
    # There are no tables yet that a check could look into.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path, help="备份的文件夹")
        parser.add_argument(
            "--other-keys", action="store_true", help="密钥丢了也恢复；手机号将读不出来"
        )

    def handle(self, *args, backup, other_keys, **options):
        started = time.monotonic()
        try:
            manifest = restore_backup(
                connection=connection,
                media_root=Path(settings.MEDIA_ROOT),
                backup=backup,
                accepts_other_keys=other_keys,
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        minutes = (time.monotonic() - started) / 60
        self.stdout.write(f"恢复好了：{manifest.contents}，用时 {minutes:.1f} 分钟。")
        self.stdout.write("和备份逐表、逐个文件核对过，全部一致。")
        self.stdout.write("代码比备份新的，再运行 manage.py migrate；然后启动网站。")
