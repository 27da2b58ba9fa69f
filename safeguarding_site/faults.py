"""What goes wrong is written down for the operators, without what the reader asked for."""

import logging
import sys
import traceback

from django.core.signals import got_request_exception
from django.dispatch import receiver

from safeguarding_site.page_links import known_pages

log = logging.getLogger(__name__)


@receiver(got_request_exception)
def write_down(sender, request=None, **kwargs):
    """Log the places of the fault and its kind. Not its message: a database quotes the reader's words in that."""
    kind, _, trace = sys.exc_info()
    log.error("A request failed: %s\n%s", kind.__name__, "".join(traceback.format_tb(trace)))
    known_pages.set(None)  # the page that failed will not do it
