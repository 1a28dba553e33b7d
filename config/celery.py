"""The Celery application; `celery -A config.celery worker|beat` in production."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

app = Celery("xuetang")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
