"""Gunicorn in production: `gunicorn -c deploy/gunicorn.conf.py config.wsgi`.

Three processes of eight threads: 24 requests at once, and as many database connections.
"""

import gc

from django.db import connections
from django.urls import get_resolver

from config.logging import logging_config

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 3
threads = 8
# Half of a worker's memory is code that none of them changes. New code needs a restart.
preload_app = True
# The heartbeat in memory: a slow disk must not look like a hung worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108 gunicorn makes a file of its own there
timeout = 60
graceful_timeout = 30
keepalive = 75
# Long-lived processes grow; they take turns at being replaced.
max_requests = 5000
max_requests_jitter = 1000
control_socket_disable = True

# Gunicorn's own messages in the same JSON lines; requests are logged by the application.
_logging = logging_config(json=True)
_gunicorn = {"handlers": ["console"], "level": "INFO", "propagate": False}
logconfig_dict = _logging | {"loggers": _logging["loggers"] | {"gunicorn.error": _gunicorn}}


def when_ready(server):
    """Before the workers are made: what all of them need is loaded once, and they share it."""
    # Views and forms are loaded by the addresses, otherwise at the first request.
    get_resolver().url_patterns  # noqa: B018 a property that loads
    connections.close_all()
    gc.collect()
    gc.freeze()


def post_worker_init(worker):
    """What was loaded stays: to look through it for garbage again and again takes 4 % of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
