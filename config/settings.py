"""Every setting, read from the environment, typed, refused when unsafe or malformed.

IEUM_ENV         demo | test | development | production (default development; demo in a folder served by `make run`)
SECRET_KEY       required in production, 50 characters or more; elsewhere made once and kept in IEUM_DATA
DATABASE_URL     sqlite:///path or postgres://user:password@host:port/name (default: SQLite in IEUM_DATA)
ALLOWED_HOSTS    comma separated; required in production, no wildcard
IEUM_DATA        where the embedded database, uploads and the key live (default ./var)
ORGANISATION     the name that reports carry on their cover
HTTPS            whether the site is served over TLS (default: true in production)
BEHIND_PROXY     whether a proxy of ours ends TLS and sets X-Forwarded-Proto and X-Forwarded-For (default: false);
                 without it neither header is believed
TRUSTED_PROXIES  how many proxies of ours a request passes one after the other (default 1; read with BEHIND_PROXY only);
                 the address that the outermost noted is the client's for rate limits, lock-outs and the access log
GUARD_WRITES     refuse undeclared writes to the record (default: true except in production)
MAX_UPLOAD_MB    largest document that may be attached (default 20)
API_REQUESTS_A_MINUTE  how many requests one token of the API may send in a minute (default 600)
SITE_URL         the address that mails and calendars lead to (default http://127.0.0.1:8000)
MAIL_URL         smtp://user:password@host:port, smtps:// with TLS from the start, smtp+tls:// with STARTTLS; without it
                 mails are written as files to IEUM_DATA/mail
MAIL_FROM        the sender of mails (default ieum@localhost)
WEBHOOK_TARGETS  where webhooks may be sent: comma separated host names (hooks.city.example) and networks (10.1.2.0/24);
                 default none. An address of the machine itself or of its own wire (127.0.0.1, 169.254.0.0/16) only
                 where a network is named that lies within
"""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from environs import Env, EnvError

from config.refusals import WrongSetting
from crm.values.webhook_targets import AllowList, read_allow_list

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ("demo", "test", "development", "production")

env = Env()


def _read(kind: str, name: str, default: Any) -> Any:
    """One setting by environs' reader of that kind; a malformed one is refused by name."""
    try:
        return getattr(env, kind)(name, default)
    except EnvError as error:
        raise WrongSetting(f"{name} is not a valid {kind}: {error}") from error


DATA_DIR = Path(_read("str", "IEUM_DATA", "") or BASE_DIR / "var")
# A folder that the demonstration was served from stays one: commands on it need no further word.
DEMO_KEYS = DATA_DIR / "demo_keys.json"
IEUM_ENV: str = _read("str", "IEUM_ENV", "demo" if DEMO_KEYS.exists() else "development")
if IEUM_ENV not in ENVIRONMENTS:
    raise WrongSetting(f"IEUM_ENV is {IEUM_ENV!r}; set it to one of {', '.join(ENVIRONMENTS)}.")
IS_PRODUCTION = IEUM_ENV == "production"
IS_DEMO = IEUM_ENV == "demo"
IS_TEST = IEUM_ENV == "test"

try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise WrongSetting(
        f"IEUM_DATA={DATA_DIR} cannot be used ({error.strerror}); name a folder that can be written to."
    ) from error


def _secret_key() -> str:
    given: str = _read("str", "SECRET_KEY", "")
    if given and len(given) < 50:
        raise WrongSetting("SECRET_KEY is shorter than 50 characters; use a longer random one.")
    if given:
        return given
    if IS_PRODUCTION:
        raise WrongSetting("SECRET_KEY is missing; production needs a random one of 50 characters or more.")
    kept = DATA_DIR / "secret_key"
    if not kept.exists() or len(kept.read_text().strip()) < 50:
        kept.touch(mode=0o600, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = IEUM_ENV == "development"
ALLOWED_HOSTS: list[str] = _read("list", "ALLOWED_HOSTS", [] if IS_PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
if IS_TEST:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
if IS_PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise WrongSetting("ALLOWED_HOSTS must name the hosts of the site; production takes no wildcard and no empty list.")


def _database() -> dict[str, Any]:
    url: str = _read("str", "DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'ieum.sqlite3'}"
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        return _sqlite(rest.removeprefix("/"))
    if scheme in ("postgres", "postgresql"):
        return _postgresql(url)
    raise WrongSetting("DATABASE_URL must begin with sqlite:/// or postgres://.")


def _sqlite(name: str) -> dict[str, Any]:
    path = Path(name)
    if not path.parent.is_dir():
        raise WrongSetting(f"DATABASE_URL names a folder that does not exist ({path.parent}); create it first.")
    # BEGIN IMMEDIATE: a writer waits for its turn at the start instead of failing in the middle. Read is through the
    # system's own memory of the file: of a join over tens of thousands of rows, a third is copying pages out of there.
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=1073741824;",
    }
    test = {"NAME": str(DATA_DIR / "test.sqlite3")}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options, "TEST": test}


def _postgresql(url: str) -> dict[str, Any]:
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise WrongSetting(f"DATABASE_URL is malformed: {str(error).strip()}") from error
    if not parts.get("dbname"):
        raise WrongSetting("DATABASE_URL names no database; write postgres://user:password@host:port/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "simple_history",
    "django_q",
    "axes",
    "csp",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "crm",
    "api",
    "reports",
]
MIDDLEWARE = [
    "config.proxies.client_address",
    "django.middleware.security.SecurityMiddleware",
    "config.compression.CompressedPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "crm.web.language.korean_first",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "crm.web.returning.to_the_form",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "crm" / "web" / "templates", BASE_DIR / "reports" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"options": "crm.web.options", "rows": "crm.web.rows", "cells": "reports.web.cells"},
            "builtins": ["crm.web.dates", "crm.web.marks", "crm.web.shortening"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "crm.web.pages.frame.frame",
            ],
        },
    }
]

# Fields are rendered by the project's own templates where it has some.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "crm.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if IS_TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "crm" / "web" / "static"]
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # nothing is collected: files are served from the packages
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "documents"
FILE_UPLOAD_PERMISSIONS = 0o600
MAX_UPLOAD_BYTES: int = _read("int", "MAX_UPLOAD_MB", 20) * 1024 * 1024
# The largest body that is read whole: a thousand rows of the API. What a page or a single record may send is less
# (api/protocol.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

HTTPS: bool = _read("bool", "HTTPS", IS_PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "config.errors.form_expired"
SECURE_SSL_REDIRECT = HTTPS
TRUSTED_PROXIES = 0
if _read("bool", "BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    TRUSTED_PROXIES = _read("int", "TRUSTED_PROXIES", 1)
    if TRUSTED_PROXIES < 1:
        raise WrongSetting("TRUSTED_PROXIES counts the proxies of ours: 1 or more.")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_AGE = 60 * 60 * 12
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.auth.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "api.leaving.Operation",
    "EXCEPTION_HANDLER": "api.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Ieum API",
    "DESCRIPTION": "The record from handshake to realised value.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # The kinds first: of two hundred operations drawn at once nobody finds one.
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "docExpansion": "none", "filter": True},
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    # What is written and what comes back are two shapes: a source is told once and never read back.
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["api.schema.tell_problems"],
}

API_REQUESTS_A_MINUTE: int = _read("int", "API_REQUESTS_A_MINUTE", 600)
if API_REQUESTS_A_MINUTE < 1:
    raise WrongSetting("API_REQUESTS_A_MINUTE counts requests: 1 or more.")
SITE_URL: str = _read("str", "SITE_URL", "http://127.0.0.1:8000").rstrip("/")
if not SITE_URL.startswith(("http://", "https://")):
    raise WrongSetting("SITE_URL must begin with http:// or https://.")
DEFAULT_FROM_EMAIL: str = _read("str", "MAIL_FROM", "ieum@localhost")
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_TIMEOUT = 20


def _mail(url: str) -> None:
    """The mail server of the city. Raises WrongSetting for an address that is none."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise WrongSetting(f"MAIL_URL is malformed: {error}") from error
    if parts.scheme not in ("smtp", "smtps", "smtp+tls") or not parts.hostname:
        raise WrongSetting("MAIL_URL must look like smtp://user:password@host:port (smtps://, smtp+tls://).")
    globals().update(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST=parts.hostname,
        EMAIL_PORT=port or (465 if parts.scheme == "smtps" else 25),
        EMAIL_HOST_USER=unquote(parts.username or ""),
        EMAIL_HOST_PASSWORD=unquote(parts.password or ""),
        EMAIL_USE_SSL=parts.scheme == "smtps",
        EMAIL_USE_TLS=parts.scheme == "smtp+tls",
    )


if mail_url := _read("str", "MAIL_URL", ""):
    _mail(mail_url)

try:
    WEBHOOK_TARGETS: AllowList = read_allow_list(_read("list", "WEBHOOK_TARGETS", []))
except ValueError as error:
    raise WrongSetting(f"WEBHOOK_TARGETS: {error}.") from error

# The scheduler's queue lives in the database: nothing else has to be installed. A job that was cut off runs again.
Q_CLUSTER = {
    "name": "ieum",
    "orm": "default",
    "workers": 1,
    "timeout": 3600,
    "retry": 4000,
    "max_attempts": 3,
    "catch_up": False,
    "poll": 5,
    "save_limit": 100,
    "label": "Ieum",
}

ORGANISATION: str = _read("str", "ORGANISATION", "광주광역시")
GUARD_WRITES: bool = _read("bool", "GUARD_WRITES", not IS_PRODUCTION)
SIMPLE_HISTORY_ENABLED = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
