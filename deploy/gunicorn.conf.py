"""How the site is served, in the demo and in production. Ceilings, not tuning: one small machine."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
# Threads; a page for requests that cannot be read; and a log that holds nothing of a reader, at any level.
worker_class = "safeguarding_site.serving.Worker"
logger_class = "safeguarding_site.serving.FaultsOnly"


def worker_count():
    number = os.environ.get("WEB_WORKERS") or "2"
    if not number.isdigit() or number == "0":
        raise SystemExit(
            f"The environment variable WEB_WORKERS is {number!r}, expected 1 or more. Example: WEB_WORKERS=2"
        )
    return int(number)


workers = worker_count()
threads = 4
# Loaded once and shared by the workers: less memory, and a broken setting stops the start instead of each worker.
preload_app = True
# A worker that says nothing for so long is replaced. A single slow answer is not: its database query is ended first.
timeout = 30
os.environ.setdefault("PGOPTIONS", "-c statement_timeout=15s")
# Answers take milliseconds; what is still open after this is a browser's idle connection, and Ctrl-C waits for it.
graceful_timeout = 5
# Memory that creeps is given back; the spread keeps the workers from restarting together.
max_requests = 20000
max_requests_jitter = 2000
# No access log: nothing that could be tied to a reader is kept. The logger above would not write one either.
accesslog = None
errorlog = "-"
loglevel = "error"
# The site stands at the root. By default SCRIPT_NAME, as a header, moves it for whoever comes from this machine.
forwarder_headers = ""
control_socket_disable = True
