from django.core.management.base import BaseCommand, CommandError

from config.demo.loading import is_empty, load_demo


class Command(BaseCommand):
    help = "在空数据库里载入全省妇联和演示内容。"

    def handle(self, *args, **options):
        if not is_empty():
            raise CommandError("数据库里已经有数据，没有改动。演示内容只载入空数据库。")
        load_demo(out=self.stdout._out)
        self.stdout.write("演示内容已载入。")
