"""How the site is served, in the demo and in production. Ceilings, not tuning: one small machine."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 4
# Loaded once and shared by the workers: less memory, and a broken setting stops the start instead of each worker.
preload_app = True
# A request that takes longer is stuck; its thread is worth more than its answer.
timeout = 30
# Answers take milliseconds; what is still open after this is a browser's idle connection, and Ctrl-C waits for it.
graceful_timeout = 5
# Memory that creeps is given back; the spread keeps the workers from restarting together.
max_requests = 20000
max_requests_jitter = 2000
# No access log: nothing that could be tied to a reader is kept.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
