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


def load_settings(environment: dict, shown: str = "DEBUG") -> subprocess.CompletedProcess:
    inherited = {"PATH": os.environ["PATH"]}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"from django.conf import settings; print(settings.{shown})"],
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_runs_without_debug_and_asks_staff_for_a_second_factor():
    shown = "DEBUG, settings.STAFF_SECOND_FACTOR_REQUIRED"

    assert load_settings(ENVIRONMENT, shown).stdout == "False True\n"


@pytest.mark.parametrize("name", [name for name in ENVIRONMENT if "MODULE" not in name])
def test_missing_secret_is_an_error_that_names_it(name):
    environment = {key: value for key, value in ENVIRONMENT.items() if key != name}

    assert name in load_settings(environment).stderr


@pytest.mark.parametrize("cookie", ["SESSION", "CSRF"])
def test_cookies_belong_to_this_host_alone(cookie):
    """What a browser asks of a name that begins so: secure, for all paths, for no domain."""
    facts = ["NAME", "SECURE", "PATH", "DOMAIN", "SAMESITE"]
    shown = ", settings.".join(f"{cookie}_COOKIE_{fact}" for fact in facts)
    name, *rest = load_settings(ENVIRONMENT, shown).stdout.split()

    assert name.startswith("__Host-")
    assert rest == ["True", "/", "None", "Lax"]


def test_browsers_stay_with_tls_for_a_year():
    shown = "SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_HTTPONLY"

    assert load_settings(ENVIRONMENT, shown).stdout.split() == ["31536000", "True", "True"]
