"""What `make bench` prints: medians of paired runs, so that a busy machine slows all sides alike.

One gunicorn worker on one core, the client on another. Bodies are compressed, connections kept.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
RUNS = 5
SECONDS = 2
CLIENTS = 4
PAGE = "/key-priorities/domestic-abuse/"


def bare(environ, start_response):
    """The ceiling: a WSGI function that answers with as many bytes as the page has, and does nothing else."""
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))])
    return [BODY]


BODY = b"x" * 8500


class Server:
    def __init__(self, application, **environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", application],
            cwd=HOUSE,
            env={**os.environ, **environment, "BIND": f"127.0.0.1:{self.port}", "WEB_WORKERS": "1"},
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{application} did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def worker_memory(self):
        """Return the peak memory of the worker in MB, as the kernel counted it."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        status = Path(f"/proc/{children[0]}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024

    def requests_per_second(self, path):
        """Return how many answers of 200 came in a second, over all clients."""
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        counts = []
        until = time.perf_counter() + SECONDS

        def client():
            count = 0
            while time.perf_counter() < until:  # a worker that restarts closes its connections
                try:
                    with socket.create_connection(("127.0.0.1", self.port)) as connection:
                        stream = connection.makefile("rb")
                        while time.perf_counter() < until:
                            connection.sendall(request)
                            if not read_answer(stream):
                                break
                            count += 1
                except ConnectionError:
                    time.sleep(0.01)
            counts.append(count)

        threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts) / SECONDS


def read_answer(stream):
    """Read one answer; return whether there was one."""
    status = stream.readline()
    if not status:
        return False
    if b" 200 " not in status:
        raise SystemExit(f"answered {status!r}")
    length = 0
    while (line := stream.readline()) not in (b"\r\n", b""):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    stream.read(length)
    return True


def prepare(folder):
    """Return the environment of a site with its content, on a PostgreSQL of its own."""
    from tests import postgres

    environment = {
        "DJANGO_SETTINGS_MODULE": "safeguarding_site.settings",
        "SECRET_KEY": "only for measuring, and long enough to be accepted",
        "SITE_URL": "http://127.0.0.1",
        "STATIC_ROOT": str(folder / "static"),
    }
    server = postgres.start()
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS bench WITH (FORCE)")
        connection.execute("CREATE DATABASE bench")
    environment["DATABASE_URL"] = server.replace("/postgres?", "/bench?")
    for command in (["migrate", "-v0"], ["load_content"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=HOUSE, env={**os.environ, **environment}, check=True
        )
    return environment


def main():
    folder = Path(tempfile.mkdtemp())
    environment = prepare(folder)
    servers = {
        "bare WSGI function": Server("tests.bench:bare"),
        "page, cached one second": Server("safeguarding_site.wsgi", **environment, PAGE_CACHE="on"),
        "page, uncached": Server("safeguarding_site.wsgi", **environment, PAGE_CACHE="off"),
    }
    try:
        for server in servers.values():
            server.requests_per_second(PAGE)
        runs = [{name: server.requests_per_second(PAGE) for name, server in servers.items()} for _ in range(RUNS)]
        print(f"{PAGE}, PostgreSQL, one worker; median of {RUNS} paired runs of {SECONDS} s")
        for name in servers:
            rate = statistics.median(run[name] for run in runs)
            share = statistics.median(run[name] / run["bare WSGI function"] for run in runs)
            print(f"  {name:26}{rate:9.0f} requests/s   {share:6.3f} of bare")
        for name in list(servers)[1:]:
            print(f"  {name:26}{servers[name].worker_memory():9.0f} MB at its peak, a worker")
    finally:
        for server in servers.values():
            server.stop()
    # Search first: its quality table is of the content the site comes with.
    for part in ("tests.bench_search", "tests.bench_directory", "tests.bench_links", "tests.bench_exit"):
        subprocess.run(
            [sys.executable, "-m", part], cwd=HOUSE, env={**os.environ, **environment, "PAGE_CACHE": "off"}, check=True
        )
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
