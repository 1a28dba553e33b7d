"""Put an account into one of the three offices: the first ones nobody else could."""

from django.core.management.base import BaseCommand, CommandError

from members.domain.offices import Office, OfficeConflict, give_office
from members.models import Member
from members.phones import normalise_phone


class Command(BaseCommand):
    help = "任命系统管理员（system）、安全管理员（security）或审计员（audit）。"

    def add_arguments(self, parser):
        parser.add_argument("phone", metavar="手机号")
        parser.add_argument("office", choices=Office.values)

    def handle(self, *args, phone, office, **options):
        member = Member.objects.filter(phone=normalise_phone(phone), is_active=True).first()
        if member is None:
            raise CommandError("没有这个手机号的账号，或者账号已停用。请先在后台建立账号。")
        try:
            give_office(member=member, office=Office(office))
        except OfficeConflict as conflict:
            raise CommandError(
                "这个账号已经有一个管理员身份。三种管理员要由三个账号分别担任，请换一个账号。"
            ) from conflict
        self.stdout.write(f"已任命：{Office(office).label}。")
