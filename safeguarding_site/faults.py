"""What goes wrong is written down for the operators, without what the reader asked for."""

import logging
import sys

from django.core.signals import got_request_exception
from django.dispatch import receiver

from safeguarding_site.logs import kind_and_places
from safeguarding_site.page_links import known_pages

log = logging.getLogger(__name__)


@receiver(got_request_exception)
def write_down(sender, request=None, **kwargs):
    """Log the kind of the fault and its places. Not its message: a database quotes the reader's words in that."""
    log.error("A request failed: %s", kind_and_places(sys.exc_info()[1]))
    known_pages.set(None)  # the page that failed will not do it
