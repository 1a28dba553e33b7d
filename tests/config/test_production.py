"""Production takes everything from the environment; the settings run in a process of their own."""

import os
import subprocess
import sys

import pytest

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "x" * 60,
    "PERSONAL_DATA_KEYS": "z" * 40,
    "AUDIT_KEY": "y" * 40,
    "ALLOWED_HOSTS": "example.org",
    "SITE_URL": "https://example.org",
    "DATABASE_URL": "postgres://nobody@127.0.0.1/none",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "SMS_SENDER": "members.sms.ConsoleSender",
}


def load_settings(environment: dict) -> subprocess.CompletedProcess:
    inherited = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; print(settings.DEBUG)"],
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_runs_without_debug():
    assert load_settings(ENVIRONMENT).stdout == "False\n"


@pytest.mark.parametrize("name", [name for name in ENVIRONMENT if "MODULE" not in name])
def test_missing_secret_is_an_error_that_names_it(name):
    environment = {key: value for key, value in ENVIRONMENT.items() if key != name}

    assert name in load_settings(environment).stderr
