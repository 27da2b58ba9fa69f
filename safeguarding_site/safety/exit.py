"""The quick exit's own page, /leave/. How leaving works, and why so: docs/safety.md."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow

from django.db import Error as DatabaseFault
from django.db import connections
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeguarding_site.models import SiteSettings

# Somebody waits in front of a blank screen. A database that is well answers in a tenth of this, connecting included.
PATIENCE = 0.3

# Threads of its own: a query that hangs cannot be given up by the thread that waits for it.
lookups = ThreadPoolExecutor(2, "exit-address")


@require_safe
def leave(request):
    """Lead away from the site. Reads no parameter, so that nobody can be sent anywhere else by it."""
    response = render(None, "leave.html", {"address": address()})
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def address():
    """Return where the exit leads. Without a database, or after 0.3 s, it is what this process last knew."""
    try:
        return lookups.submit(look_up).result(timeout=PATIENCE)
    except (TooSlow, DatabaseFault):
        return SiteSettings.remembered().exit_url


def look_up():
    try:
        return SiteSettings.current().exit_url
    finally:
        connections.close_all()
