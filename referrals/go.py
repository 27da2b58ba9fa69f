"""/go/<code>/, the short address that stands on posters: where it leads, and the count of its uses.

Of a use nothing is kept but one more for the service's week.
"""

import logging
import re

from django.db import DatabaseError, InterfaceError
from django.db.models import F
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_safe
from wagtail import hooks

from referrals.models import Service, ShortAddress, WeeklyCount
from safeguarding_site.weeks import add_to_this_week

logger = logging.getLogger(__name__)

DIRECTORY = "/get-help/"
NO_DATABASE = (DatabaseError, InterfaceError)

# Search engines, previews that chat apps make when an address is pasted, and scripts, as they name themselves. A browser
# always names itself, so no name is a script too. Cubot is a make of telephone.
BOTS = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|headless|curl|wget|python|httpx|go-http|^\W*$",
    re.IGNORECASE,
)

# Where each code led when it was last used in this process: only for the time when the database is down.
remembered = {}
REMEMBERED_AT_MOST = 5000


@require_safe
def go(request, code):
    """Lead to where a code leads: 302, or the 404 page for an unknown one.

    The query string is neither read nor passed on. Without a database a code leads where it led before, and one that this
    process has not met leads to the directory.
    """
    code = code.lower()
    try:
        service_id, destination = look_up(code)
    except NO_DATABASE:
        destination = remembered.get(code, DIRECTORY)
    else:
        if code in remembered or len(remembered) < REMEMBERED_AT_MOST:
            remembered[code] = destination
        if service_id and request.method == "GET" and not BOTS.search(request.headers.get("User-Agent", "")):
            count_use(service_id)
    response = HttpResponseRedirect(destination)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def look_up(code):
    """Return the service's key, or nothing if it was deleted, and the address where the code leads."""
    found = ShortAddress.objects.select_related("service").filter(code=code).first()
    if found is None or (found.service and found.service.first_published_at is None):
        raise Http404  # nor does a draft tell that it is there
    return found.service_id, destination_of(found.service)


def destination_of(service):
    """Return the service’s website; without one its form, if it is one to report with; else its page here."""
    if service is None or not service.is_shown:
        return DIRECTORY
    url = service.url
    if not url and service.kind == Service.Kind.REPORT:
        url = next((child.value.get("url") or "" for child in service.contacts if child.block_type == "form"), "")
    # Forms refuse any other scheme; a record that came in by another door must not run a script or open a file.
    return url if url and url.startswith("https://") else f"{DIRECTORY}{service.slug}/"


def count_use(service_id):
    """Add one to the service's week. A database that cannot is logged, and stops nobody."""
    try:
        add_to_this_week(WeeklyCount, {"uses": F("uses") + 1}, service_id=service_id)
    except NO_DATABASE as error:
        # Its kind only: its words may hold what was asked for.
        logger.warning("A use of a short address was not counted: %s", type(error).__name__)


@hooks.register("register_site_urls")
def short_addresses():
    # Without its slash too: people type it from paper, and a redirect more is one more trace in a browser.
    return [path("go/<slug:code>/", go, name="go"), path("go/<slug:code>", go)]
