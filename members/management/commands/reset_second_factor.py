"""From the server's own console: the second factor of those whom nobody at 账号与权限 may reset."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from members.domain.second_factor import reset_second_factor
from members.models import Member


class Command(BaseCommand):
    help = "Take away a member's second factor and end her sessions; written to the audit trail."

    def add_arguments(self, parser):
        # An id: a phone would stay in the shell's history.
        parser.add_argument("member", type=int, help="the member's id, as in her account's address")

    def handle(self, *args, member: int, **options):
        found = Member.objects.filter(pk=member).first()
        if found is None:
            raise CommandError(_("没有编号为 %(pk)s 的账号。") % {"pk": member})
        reset_second_factor(member=found, by=None)
        self.stdout.write(_("已重置，她的设备都已退出登录。请她重新登录并设置两步验证。"))
