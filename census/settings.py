"""One settings file. Nothing set: a demonstration on SQLite with no other service.

Production is the same file with DATABASE_URL, CELERY_BROKER_URL, SECRET_KEY and
ALLOWED_HOSTS set; start-up refuses combinations that would not be safe.
Every variable stands in docs/settings.md (a test compares the two).
"""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from census.env import Env, EnvError

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
FONT_DIR = BASE_DIR / "reports" / "fonts"  # the faces of every PDF
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var")
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.boolean("DEBUG", default=not env.text("SECRET_KEY"))
SECRET_KEY = env.text("SECRET_KEY") or ("development-only-" + "0" * 40 if DEBUG else "")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or (
    ["127.0.0.1", "localhost", "[::1]", "testserver"] if DEBUG else []
)
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

# Where keys lie (see schools/keys.py): never in the database, never in its backups.
KEY_DIR = env.path("KEY_DIR", DATA_DIR / "keys")

if not DEBUG:
    if len(SECRET_KEY) < 50:
        raise EnvError("SECRET_KEY must have at least 50 characters when DEBUG is off.")
    if not ALLOWED_HOSTS:
        raise EnvError("ALLOWED_HOSTS must be set when DEBUG is off.")
    if KEY_DIR.is_relative_to(BASE_DIR) or KEY_DIR.is_relative_to(DATA_DIR):
        raise EnvError("KEY_DIR must lie outside the program and its data when DEBUG is off.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "schools",
    "surveys",
    "reports",
    "census",
    "django.forms",  # after census, whose templates of inputs come first
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "census.middleware.Pages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]

ROOT_URLCONF = "census.urls"
WSGI_APPLICATION = "census.wsgi.application"
AUTH_USER_MODEL = "schools.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "census.context.council",
                "surveys.languages.speaking",
            ],
        },
    },
]
FORM_RENDERER = "census.forms.Drawn"

DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'census.sqlite3'}")
database: dict[str, Any] = dict(dj_database_url.parse(DATABASE_URL))
DATABASES = {"default": database}
if database["ENGINE"] == "django.db.backends.sqlite3":
    # Kept open by each thread: opening a file and its PRAGMAs cost more than a save.
    database["CONN_MAX_AGE"] = None
    # FULL, not NORMAL: in WAL mode NORMAL acknowledges commits that a power cut can undo.
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; "
            "PRAGMA secure_delete=ON;"  # a destroyed key leaves the file, not only its index
        ),
    }
elif database["ENGINE"] == "django.db.backends.postgresql":
    database["ENGINE"] = "census.postgresql"  # the same, and no connection that was cut
    database["OPTIONS"] = {
        **database.get("OPTIONS", {}),  # what the address itself says, such as sslmode
        # Three seconds: while the database is away, a thread that waits for it serves nobody.
        "pool": {"min_size": 1, "max_size": env.integer("DATABASE_POOL", 8, 1, 100), "timeout": 3},
    }
else:
    raise EnvError("DATABASE_URL must name sqlite or postgres.")

BROKER = env.text("CELERY_BROKER_URL")
# In line when there is no broker; Celery still wants an address to serialise for.
CELERY_TASK_ALWAYS_EAGER = not BROKER
CELERY_BROKER_URL = BROKER or "memory://localhost/"
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = env.text("CELERY_QUEUE", "census")
CELERY_BEAT_SCHEDULE = {
    "re-offer expired leases": {"task": "reports.tasks.sweep", "schedule": 30.0},
    "close overdue lessons": {"task": "surveys.tasks.close_overdue_lessons", "schedule": 600.0},
}
# How long a worker may hold a piece of work without a sign of life (reports/models/build.py).
LEASE_SECONDS = env.integer("LEASE_SECONDS", 100, 1, 3600)
if BROKER and not BROKER.startswith(("redis://", "rediss://")):
    raise EnvError("CELERY_BROKER_URL must start with redis:// or rediss://.")
if not DEBUG and not BROKER and not env.boolean("RUN_IN_LINE", default=False):
    raise EnvError("CELERY_BROKER_URL must be set when DEBUG is off (or RUN_IN_LINE=1 on purpose).")

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg"), ("ar", "العربية")]  # of pupils' pages
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "census.storage.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else uses our files

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
WITHOUT_PAGES = {"/lesson/save/", "/lesson/state/"}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
# Is there a proxy of our own in front, whose headers say who asks and how?
BEHIND_PROXY = env.boolean("BEHIND_PROXY", default=False)
if not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    # The browsable API writes inline script, which the content security policy refuses.
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Youth Wellbeing Census",
    "DESCRIPTION": "Released results, roll status and lesson counts.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "PlaceKind": ["borough", "locality", "ward", "school"],
        "NumberKind": ["headline", "score", "answer"],
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

COUNCIL_NAME = env.text("COUNCIL_NAME", "Example Council")
COUNCIL_COLOUR = env.colour("COUNCIL_COLOUR", "#12436d")
COUNCIL_LINK_COLOUR = env.colour("COUNCIL_LINK_COLOUR", "#1a5a92")
COUNCIL_LOGO = env.logo("COUNCIL_LOGO")
ACCESSIBILITY_CONTACT = env.text("ACCESSIBILITY_CONTACT")  # who hears of pages that do not work
BOUNDARY_ATTRIBUTION = env.text(
    "BOUNDARY_ATTRIBUTION",
    "Boundaries: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right.",
)
LOG_LEVEL = env.text("LOG_LEVEL", "INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # The link on a slip has the code in its address, which Django's messages tell.
    "filters": {"no codes": {"()": "census.logs.WithoutCodes"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no codes"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
