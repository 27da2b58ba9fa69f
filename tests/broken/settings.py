"""The site as it is shipped, with faults under /broken/ that quote the request in their messages."""

from safeguarding_site.settings import *  # noqa: F403

MIDDLEWARE = [*MIDDLEWARE, "tests.broken.faults.break_here"]  # noqa: F405
# Without the manifest, which needs collectstatic.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ADMINS = [("An operator", "operator@example.org")]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
