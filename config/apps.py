from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The composition root is an app so that it can own the commands that join all the others."""

    name = "config"
