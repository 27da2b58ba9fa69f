"""Ways to fail, each with the whole request in its message."""

import logging
import os
import signal
import threading

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.template import engines


def view(words):
    raise ValueError(words)


def template(words):
    engines["django"].from_string("{% include name %}").render({"name": words[:100]})


def suspicious(words):
    raise SuspiciousOperation(words)


def denied(words):
    raise PermissionDenied(words)


def missing(words):
    raise Http404(words)


def query(statement):
    def run(words):
        with connection.cursor() as cursor:
            cursor.execute(statement, [words])

    return run


def duplicate(words):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE twice (word text UNIQUE)")
        cursor.execute("INSERT INTO twice SELECT %s FROM generate_series(1, 2)", [words])


def end_database_process(how):
    """Lose the database's process that works for us: killed, as a full memory does, or told to stop."""

    def run(words):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            threading.Timer(0.1, os.kill, [cursor.fetchone()[0], how]).start()
            cursor.execute("SELECT pg_sleep(5), %s", [words])

    return run


def library(words):
    log = logging.getLogger("a.library")
    log.error("Could not do %s", words)
    try:
        view(words)
    except ValueError:
        log.exception(words)


def stream(words):
    def parts():
        yield b"a beginning"
        raise ValueError(words)

    return StreamingHttpResponse(parts())


def header(words):
    response = HttpResponse()
    response["X-Broken"] = f"\x01{words[:100]}"
    return response


class Unraisable:
    def __init__(self, words):
        self.words = words

    def __del__(self):
        raise ValueError(self.words)


def thread(words):
    worker = threading.Thread(target=view, args=[words])
    worker.start()
    worker.join()


WAYS = {
    "view": view,
    "template": template,
    "suspicious": suspicious,
    "denied": denied,
    "missing": missing,
    "cast": query("SELECT %s::int"),
    "slow": query("SELECT pg_sleep(5), %s"),
    "duplicate": duplicate,
    "stop": end_database_process(signal.SIGTERM),
    "crash": end_database_process(signal.SIGKILL),
    "library": library,
    "stream": stream,
    "header": header,
    "unraisable": lambda words: Unraisable(words) and None,
    "thread": thread,
}


def break_here(get_response):
    def middleware(request):
        way = WAYS.get(request.path.removeprefix("/broken/"))
        words = f"{request.GET.get('q')} {request.META['REMOTE_ADDR']} {request.META}"
        return (way(words) if way else get_response(request)) or HttpResponse("done")

    return middleware
