"""The tests: embedded settings on throw-away files; DATABASE_URL and REDIS_URL pick services."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from config.settings.base import *  # noqa: F403
from config.settings.base import env
from config.settings.databases import database_config

# A folder for each process, so that two runs at once never meet.
VAR_DIR = Path(tempfile.mkdtemp(prefix="xuetang-tests-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
SECRET_KEY = "tests-only-" + "x" * 50
PERSONAL_DATA_KEYS = ["tests-only"]
AUDIT_KEY = "tests-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {"default": database_config(default_file=VAR_DIR / "tests.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file: the live server's threads and the scheduler each need a connection of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    # Nothing here has to outlive a crash; emptying the tables waits for the disk otherwise.
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = True
# Each test's client would list every static file anew.
WHITENOISE_AUTOREFRESH = True

if redis_url := env("REDIS_URL", default=""):
    # A Redis database for each worker of a parallel run: they clear their caches.
    address = urlsplit(redis_url)
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    number = (int(address.path.strip("/") or 0) + worker) % 16
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": address._replace(path=f"/{number}").geturl(),
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            # As in the embedded run: with 300, what a village's codes need pushes itself out.
            "OPTIONS": {"MAX_ENTRIES": 50_000},
        }
    }

# Each test sees what it made; those of the page cache itself turn it on.
CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
