"""How gunicorn serves the site: it writes down nothing of a reader, and what it cannot read is answered with a page."""

import logging
import os
import sys
import threading

from django.urls import get_resolver
from gunicorn import util
from gunicorn.glogging import Logger
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from safeguarding_site.logs import kind_and_places

# Every other request that gunicorn's parser refuses is a plain 400.
STATUS = {
    errors.ForbiddenProxyRequest: 403,
    errors.LimitRequestLine: 414,
    errors.ExpectationFailed: 417,
    errors.LimitRequestHeaders: 431,
    errors.UnsupportedTransferCoding: 501,
}
# A header that the site tried to send is the site's fault, though gunicorn derives these from a reader's.
OUR_FAULTS = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)


class FaultsOnly(Logger):
    """The master process, which meets no reader, writes as gunicorn does. A worker writes where a fault happened.

    Its other lines quote the request line, the headers and the address they came from, at every level. There is no
    access log, whatever the command line asks for.
    """

    def __init__(self, cfg):
        self.master = os.getpid()
        super().__init__(cfg)
        self.error_log.addFilter(self.leave_readers_out)

    def leave_readers_out(self, record):
        if os.getpid() == self.master:
            return True
        fault = record.exc_info[1] if record.exc_info else None
        record.msg = f"A worker met a fault: {kind_and_places(fault)}" if fault else "A worker met a fault."
        record.args = ()
        record.exc_info = record.exc_text = None
        return record.levelno >= logging.ERROR

    def access(self, resp, req, environ, request_time):
        pass


class Worker(ThreadWorker):
    def init_process(self):
        # Python itself prints these with their messages.
        sys.unraisablehook = threading.excepthook = self.write_down
        super().init_process()

    def write_down(self, fault):
        self.log.error("", exc_info=(fault.exc_type, fault.exc_value, fault.exc_traceback))

    def handle_error(self, req, client, addr, exc):
        """Answer with the site's own page instead of gunicorn's bare line, which repeats the request."""
        status = 500
        if isinstance(exc, errors.ParseException) and not isinstance(exc, OUR_FAULTS):
            status = STATUS.get(type(exc), 400)
        else:
            self.log.exception("")
        try:
            answer = page(status)
        except Exception:
            self.log.exception("")
            util.write_error(client, status, "Something went wrong", "")
            return
        try:
            util.write_nonblock(client, answer)
        except OSError:
            pass  # the reader has left


def page(status):
    """Return the answer for `status`, from the site's handlers: 400 for what the reader's side sent, 500 for ours."""
    kind = 500 if status == 500 else 400
    handler = get_resolver().resolve_error_handler(kind)
    response = handler(None) if kind == 500 else handler(None, exception=None)
    response.status_code = status
    response["Connection"] = "close"
    response["Content-Length"] = len(response.content)
    start = f"HTTP/1.1 {status} {response.reason_phrase}\r\n".encode()
    return start + response.serialize_headers() + b"\r\n\r\n" + response.content
