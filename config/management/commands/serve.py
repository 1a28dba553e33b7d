"""`make run`: migrate, fill an empty database, say who can sign in, serve."""

import socket

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from config.demo.loading import is_empty, load_demo
from config.demo.people import PASSWORD, SIGN_INS
from config.server import EmbeddedServer
from members.models import Member


class Command(BaseCommand):
    help = "启动学堂：数据库为空时先载入演示内容。"

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, host, port, **options):
        refuse_taken_port(host, port)
        self.prepare()
        self.show_entrance(f"http://{host}:{port}/")
        connections.close_all()
        EmbeddedServer(host=host, port=port).run()

    def prepare(self) -> None:
        if has_pending_migrations():
            self.stdout.write("正在建立数据库…")
            call_command("migrate", verbosity=0)
        if is_empty():
            self.stdout.write("数据库是空的，正在载入演示内容，约两分钟：")
            load_demo(out=self.stdout._out)

    def show_entrance(self, address: str) -> None:
        self.stdout.write(f"\n执委学堂已启动：{address}　后台：{address}admin/\n")
        phones = [sign_in.phone for sign_in in SIGN_INS]
        present = set(Member.objects.filter(phone__in=phones).values_list("phone", flat=True))
        demo = [sign_in for sign_in in SIGN_INS if sign_in.phone in present]
        if demo:
            self.stdout.write(f"演示账号（密码都是 {PASSWORD}，短信验证码显示在这个窗口）：")
        for sign_in in demo:
            self.stdout.write(f"  {sign_in.phone}  {sign_in.name}  {sign_in.who}")
        self.stdout.write("按 Ctrl+C 停止。\n")


def has_pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_taken_port(host: str, port: int) -> None:
    """Say so before the database is touched, not after."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"端口 {port} 用不了（{error.strerror}）。换一个端口：make run PORT={port + 1}"
            ) from error
