"""manage.py note_names: make the keys by which members are found, where they are missing."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from federations.domain.names import note_missing_names


class Command(BaseCommand):
    help = "补上按拼音找人用的索引。平时不用执行：录入时就有，每天夜里还会补一次。"

    def handle(self, **options):
        self.stdout.write(_("补了 %d 个姓名。") % note_missing_names())
