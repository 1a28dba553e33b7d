from django.core.management.base import BaseCommand

from config.site_setup import set_up_site


class Command(BaseCommand):
    help = "建立首页、各栏目入口和后台用户组；可以反复运行。"

    def handle(self, *args, **options):
        set_up_site()
        self.stdout.write("站点骨架已就绪。")
