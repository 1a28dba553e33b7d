"""The Celery application; `celery -A config.celery worker|beat` in production."""

import logging.config
import os

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

app = Celery("xuetang")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_options):
    """Workers and beat log as the web does; without a receiver Celery would set up its own way."""
    logging.config.dictConfig(settings.LOGGING)
