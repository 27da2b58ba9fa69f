"""The site's own settings, with what a test needs otherwise. `DATABASE_URL` chooses another database."""

import os

os.environ["SECRET_KEY"] = "only for the tests, and long enough to be accepted"
os.environ["SITE_URL"] = "http://testserver"
if "DATABASE_URL" not in os.environ:
    from tests import postgres

    os.environ["DATABASE_URL"] = postgres.start()

from safeguarding_site.settings import *  # noqa: F403

# The manifest needs collectstatic; the browser tests run the site with the real one.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = BASE_DIR / "var" / "test-media"  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The first second of a page would hide the change that a test has just made. test_cache.py switches it on.
PAGE_CACHE = False
# A database of this run's own: two runs in one checkout must not meet.
DATABASES["default"]["TEST"] = {"NAME": f"test_{os.getpid()}"} if "postgresql" in DATABASES["default"]["ENGINE"] else {}  # noqa: F405
