"""The embedded run: gunicorn with one process, its threads, and three schedulers beside them."""

from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from config.schedule import CLOCK, ENCODING, JOBS
from config.scheduler import Scheduler

THREADS = 8


def start_scheduler(_worker) -> None:
    Scheduler(CLOCK).start()
    Scheduler(JOBS).start()
    Scheduler(ENCODING).start()


class EmbeddedServer(BaseApplication):
    def __init__(self, *, host: str, port: int):
        self.address = f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": self.address,
            "workers": 1,
            "threads": THREADS,
            "worker_class": "gthread",
            "post_worker_init": start_scheduler,
            "loglevel": "warning",
            "timeout": 120,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self):
        # The preparation's connections belong to the parent process.
        connections.close_all()
        return get_wsgi_application()
