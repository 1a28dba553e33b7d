"""Production: PostgreSQL, Redis, Celery; everything from the environment.

A missing secret stops the start with an error that names it.
"""

from config.logging import logging_config
from config.settings.base import *  # noqa: F403
from config.settings.base import env
from config.settings.databases import database_config
from config.settings.sms import require_sms_settings

SECRET_KEY = env("SECRET_KEY")
SEPARATE_OFFICES = env.bool("SEPARATE_OFFICES", default=True)
# Newest first; older ones only while `rotate_personal_data_keys` has not been run.
PERSONAL_DATA_KEYS = env.list("PERSONAL_DATA_KEYS")
# Its own key: who can read the database, or this site's other secrets, cannot rewrite the trail.
AUDIT_KEY = env("AUDIT_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = env("SITE_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
DATABASES = {"default": database_config(default_file=None)}
REDIS_URL = env("REDIS_URL")
# A Redis that hangs must not hang the pages.
REDIS_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5}
CACHES = {
    "default": {
        "BACKEND": "config.caches.SpareRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": REDIS_OPTIONS,
    },
    "pages": {
        "BACKEND": "config.caches.PageRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": REDIS_OPTIONS,
        "KEY_PREFIX": "pages",
    },
}
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", default=True)
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=REDIS_URL)

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# The probes come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# A neighbour on a sister domain or on plain HTTP can neither set nor replace such a cookie.
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# No default: the console sender would print codes into the journal.
SMS_SENDER = env("SMS_SENDER")
require_sms_settings()
LOGGING = logging_config(json=True)
