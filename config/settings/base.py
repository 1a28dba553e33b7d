"""What every deployment shares. The environment decides the rest: embedded, production or test."""

import logging
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.logging import logging_config
from config.schedule import BEAT_SCHEDULE, ROUTES
from config.settings.accounts import *  # noqa: F403
from config.settings.sms import *  # noqa: F403
from config.settings.wechat import *  # noqa: F403

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "config",
    "courses",
    "quizzes",
    "knowledge_base",
    "learning",
    "cms",
    "federations",
    "members",
    "wagtail.embeds",
    "wagtail.sites",
    # Wagtail's own asks for a first and a last name.
    "members.wagtail_users.UsersAppConfig",
    "wagtail.contrib.table_block",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "treebeard",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_structlog",
    "csp",
    # For its Chinese: the admin says how long ago something was.
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # What it keeps has passed all that follows.
    "cms.page_cache.middleware.PageCacheMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.RequestLogMiddleware",
    "members.middleware.OriginMiddleware",
    "config.middleware.TakenFilesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.sound_requests.SoundRequestMiddleware",
    "config.limiting.LimitMiddleware",
    "members.session_guard.SessionGuardMiddleware",
    "members.consent_middleware.ConsentMiddleware",
    "cms.page_policy.UnseenPagesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context_processors.site_chrome",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["members.backends.MemberBackend"]
# Django's list of 20,000 has few of ten characters; ours has millions: docs/decisions/0048.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"members.passwords.validators.{name}"}
    for name in (
        "LengthValidator",
        "NotOnlyDigitsValidator",
        "BreachedPasswordValidator",
        "CommonShapeValidator",
        "OwnDataValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
# Wagtail shows previews in a frame of the same site, so DENY (security.W019) is not for us.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W019"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# Of a form without its files, and how many files: what is beyond is 400 before a view sees it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FILES = 50
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# The public site runs no inline script or style. Wagtail's admin carries inline ones, so it has a
# policy of its own (config.middleware).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": WECHAT_SCRIPT_SOURCES,
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}

# Cookies that choose what a visitor sees, and the values that are kept apart (cms.page_cache). A
# visitor with any other cookie gets pages that are made for her.
PAGE_CACHE_COOKIES = {"text_size": ("", "l", "xl"), "saves_data": ("0", "1")}

WAGTAIL_SITE_NAME = "执委学堂"
WAGTAILADMIN_BASE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = False
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# 三审三校: an approval is about one revision, and the last one publishes (decision 0031).
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# A version that goes live at its hour must not end the round of the next one: what ends a round
# says so itself (cms.domain.reviews.publishing).
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.finishing.publish_reviewed"
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.library_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.library_forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {
            "features": ["h2", "h3", "bold", "ol", "ul", "link", "document-link", "hr"],
        },
    }
}
# Chunk by chunk: a rebuild in one transaction would keep every other writer of SQLite waiting.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.backends", "ATOMIC_REBUILD": False}}
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "cms.tags.read_tags"

RECORDING_EXTENSIONS = [
    *("mp4", "mov", "m4v", "avi", "mkv", "webm", "wmv", "asf", "flv", "mpg", "mpeg", "ts", "mts"),
    *("m2ts", "3gp", "mp3", "m4a", "aac", "wav", "wma", "ogg", "opus", "flac", "amr", "aiff"),
]
WAGTAILMEDIA = {
    "MEDIA_MODEL": "courses.LessonMedia",
    "MEDIA_FORM_BASE": "courses.forms.LessonMediaForm",
    # courses.forms looks at the file itself, and says in words what it misses.
    "AUDIO_EXTENSIONS": [],
    "VIDEO_EXTENSIONS": [],
}
# Bytes of an original. nginx allows a little more for the form around it.
RECORDING_MAX_SIZE = 200 * 1024 * 1024

# Wagtail's own API of images and documents would take a password by HTTP Basic, past every limit.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"]
}

# No page embeds another site's player: this server asks nobody on an editor's word.
WAGTAILEMBEDS_FINDERS = []

# Celery: the schedule is one table for beat (production) and for the embedded run alike.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
CELERY_TASK_ROUTES = ROUTES
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# Hundredths of a 学时 that a member should earn in a year: 50 is the national target for cadres.
LEARNING_YEARLY_CREDIT = env.int("LEARNING_YEARLY_CREDIT", default=5000)
# Fonts for characters that the certificates' own lack, e.g. of names: files, comma between them.
CERTIFICATE_FONTS = env.list("CERTIFICATE_FONTS", default=[])
# Reminders from the desk: so many members at once, and so many sendings from one place in a day.
REMINDERS_PER_SENDING = env.int("REMINDERS_PER_SENDING", default=20_000)
REMINDER_SENDINGS_PER_DAY = env.int("REMINDER_SENDINGS_PER_DAY", default=3)
# One account for each of the three administrators (members.domain.offices).
SEPARATE_OFFICES = False
# The audit trail is kept so long; the database refuses less than 183 days.
AUDIT_DAYS = env.int("AUDIT_DAYS", default=730)
SITE_ICP = env("SITE_ICP", default="")
# Who answers for personal data, and how to reach them; shown in the privacy notice.
PRIVACY_OPERATOR = env("PRIVACY_OPERATOR", default="广东省妇女联合会")
PRIVACY_CONTACT = env("PRIVACY_CONTACT", default="")
# Where nginx keeps the protected media for X-Accel-Redirect; empty: Django sends the bytes itself.
MEDIA_ACCEL_PREFIX = env("MEDIA_ACCEL_PREFIX", default="")

LOGGING = logging_config(json=False)
DJANGO_STRUCTLOG_COMMAND_LOGGING_ENABLED = False
# One line for a request, when it is over; the visitor's address stands in the web server's log.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
