"""One settings module. Everything that differs between machines comes from the environment.

`.env.example` lists every variable. A missing or malformed one stops the start with its name,
what was expected and an example, so that a half-configured site never answers anybody.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def setting(name, example, read, *default):
    """Return variable `name` as `read(name)` understands it, or `default` when it is not set or empty."""
    if not os.environ.get(name, "").strip():
        if default:
            return default[0]
        raise ImproperlyConfigured(f"The environment variable {name} is not set. Example: {name}={example}")
    try:
        return read(name)
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not understood ({error}). Example: {name}={example}"
        ) from error


def read_switch(name):
    # django-environ reads every unknown word as "off"; a typing slip must not switch anything.
    words = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
    word = env.str(name).strip().lower()
    if word not in words:
        raise ValueError("expected on or off")
    return words[word]


def read_database(name):
    address = env.str(name)
    if not address.startswith(("postgres://", "postgresql://", "sqlite://")):
        raise ValueError("expected postgres:// or sqlite://")
    # Without a path django-environ makes a database in memory, which forgets everything.
    if not urlsplit(address).path.strip("/") and ":memory:" not in address:
        raise ValueError("expected the name of a database after the last /")
    return env.db(name)


def read_site_url(name):
    address = env.str(name).rstrip("/")
    parts = urlsplit(address)
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise ValueError("expected a port between 1 and 65535") from error
    wanted = f"{parts.scheme}://{parts.hostname}{port}"
    if parts.scheme not in ("http", "https") or not is_host(parts.hostname or "") or address.lower() != wanted:
        raise ValueError("expected http:// or https://, a host and nothing after it")
    return wanted


def is_host(name):
    return bool(re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", name))


def read_hosts(name):
    hosts = [host.strip().lower() for host in env.list(name)]
    if not all(map(is_host, hosts)):
        raise ValueError("expected host names with commas between them, without https://")
    return hosts


def read_email_url(name):
    if urlsplit(env.str(name)).scheme not in ("smtp", "smtp+tls", "smtp+ssl", "consolemail"):
        raise ValueError("expected smtp://, smtp+tls://, smtp+ssl:// or consolemail://")
    return env.email_url(name)


DEBUG = setting("DEBUG", "off", read_switch, False)
# As it stands: django-environ would take a leading $ for the name of another variable.
SECRET_KEY = setting("SECRET_KEY", "50 random letters and digits", os.environ.__getitem__)
if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured(
        "The environment variable SECRET_KEY is too short: expected 40 letters and digits or more. "
        "One way to make it: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
SITE_URL = setting("SITE_URL", "https://safertelford.example", read_site_url)
DATABASES = {"default": setting("DATABASE_URL", "postgres://user:password@localhost/safer", read_database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # One connection a thread, kept; a dead one is noticed and replaced.
    DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    # Without a limit a request to a host that has vanished hangs for the kernel's two minutes.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
else:
    # Readers go on while an editor saves (WAL), and a second writer waits instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

# The site's own host is always allowed; localhost for the health check inside the container.
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname, "localhost", "127.0.0.1"]
ALLOWED_HOSTS += setting("ALLOWED_HOSTS", "safertelford.example,www.safertelford.example", read_hosts, [])
# Behind an edge that ends TLS the app sees http; sign-in compares the browser's https origin with this.
CSRF_TRUSTED_ORIGINS = [SITE_URL]

_https = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0

globals().update(setting("EMAIL_URL", "smtp+tls://user:password@mail.example:587", read_email_url, {}))
if "EMAIL_BACKEND" not in globals():
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = setting(
    "DEFAULT_FROM_EMAIL", "website@safertelford.example", env.str, f"website@{urlsplit(SITE_URL).hostname}"
)

INSTALLED_APPS = [
    # From the ground up: a floor may use what stands below it, never above, so it loads after it.
    "safeguarding_site",
    "referrals",
    "priorities",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "safeguarding_site.safety.headers.safety_headers",
    "safeguarding_site.caching.ReaderCacheMiddleware",
    "safeguarding_site.caching.keep_staff_pages_private",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "safeguarding_site.bad_input.refuse_unreadable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "safeguarding_site.compact.drop_indentation",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "safeguarding_site.urls"
WSGI_APPLICATION = "safeguarding_site.wsgi.application"
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
                "safeguarding_site.shell.shell",
            ],
            "builtins": ["django.templatetags.i18n", "safeguarding_site.templatetags.site"],
        },
    }
]

AUTH_USER_MODEL = "safeguarding_site.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(setting("STATIC_ROOT", "/srv/safer/static", env.str, BASE_DIR / "var" / "static"))
MEDIA_URL = setting("MEDIA_URL", "/media/", env.str, "/media/")
MEDIA_ROOT = Path(setting("MEDIA_ROOT", "/srv/safer/media", env.str, BASE_DIR / "var" / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "safeguarding_site.static_files.SmallStaticFilesStorage"},
}

# One second of memory (docs/decisions.md). Off behind the shipped edge, which holds pages itself:
# with both, an edit would take three seconds to show.
PAGE_CACHE = setting("PAGE_CACHE", "off", read_switch, True)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"places only": {"()": "safeguarding_site.logs.PlacesOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "places only"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Without handlers of its own: one of Django's mails the whole request to ADMINS.
        "django": {"handlers": []},
        # Says 404 to every slip in an address; of a fault safeguarding_site/faults.py says more.
        "django.request": {"level": "CRITICAL"},
        # The development server's: each request line.
        "django.server": {"handlers": [], "level": "CRITICAL"},
    },
}

# As people here write a day; in any other form the date picker takes what was typed for today.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
# Stems as people's English has them; SQLite's index gets its own in a migration.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "english"}}
WAGTAIL_SITE_NAME = "Safer Telford & Wrekin"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "safeguarding_site.SiteImage"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAILEMBEDS_FINDERS = []
