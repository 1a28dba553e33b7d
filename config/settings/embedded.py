"""The default: SQLite, no service, no environment variable. What `make run` starts."""

from config.logging import logging_config
from config.settings.base import *  # noqa: F403
from config.settings.base import STATIC_ROOT, VAR_DIR, WECHAT_APP_ID, env
from config.settings.databases import database_config
from config.settings.secret import read_or_create_secret

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
SECRET_KEY = read_or_create_secret(VAR_DIR / "secret_key")
PERSONAL_DATA_KEYS = [read_or_create_secret(VAR_DIR / "personal_data_key")]
AUDIT_KEY = read_or_create_secret(VAR_DIR / "audit_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
DATABASES = {"default": database_config(default_file=VAR_DIR / "xuetang.sqlite3")}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Sign-in codes and limits live here; the default of 300 entries would push them out.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Some ten kilobytes each, apart from the limits: visitors must not push those out.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

# Files are served from where they lie: nothing to collect before the first page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# The terminal belongs to the sign-ins and the SMS codes; the log lies beside the database.
LOGGING = logging_config(json=False, file=VAR_DIR / "xuetang.log")

# Passkeys at http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# "WeChat sign-in (demo)" unless there are keys of a real account. It lets everybody choose who she
# is, so it takes nobody where the demo's people are not (config.demo.wechat).
WECHAT_DEMO = env.bool("WECHAT_DEMO", default=not WECHAT_APP_ID)
if WECHAT_DEMO:
    WECHAT_APP_ID, WECHAT_APP_SECRET = "wxdemo", "demo"
    WECHAT_AUTHORIZE_URL = "/demo/wechat/authorize/"
    WECHAT_JS_SDK_URL = ""

CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# Nothing is sent; Celery opens a connection all the same, and says so in the terminal.
CELERY_BROKER_URL = "memory://localhost"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
