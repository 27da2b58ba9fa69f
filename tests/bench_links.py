"""How long 1,000 links take the link monitor, and how much memory: `python -m tests.bench_links`.

The whole run, from collecting the links of a page to the results in the database, against a local server in a process
of its own. Its names are made up and all lead there. One link in four has moved, is gone, refuses HEAD or never ends.
"""

import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATHS = ["fine", "fine", "fine", "fine", "fine", "fine", "moved", "gone", "no-head", "endless"]


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self):
        path = self.path.split("/")[1]
        self.send_response({"moved": 301, "gone": 404, "no-head": 405, "endless": 405}.get(path, 200))
        self.send_header("Location", "/fine/")
        self.end_headers()

    def do_GET(self):
        path = self.path.split("/")[1]
        self.send_response(404 if path == "gone" else 200)
        self.end_headers()
        try:
            while path == "endless":
                self.wfile.write(b"x" * 4096)
        except OSError:
            pass

    def log_message(self, *args):
        pass


def serve():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


def peak():
    """Return the most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(port, count, hosts, pause):
    """Print the time of one run over `count` links on so many hosts, and by how much the peak of memory rose."""
    from referrals.link_monitor.check import Checker
    from referrals.link_monitor.run import check_links
    from referrals.models import LinkResult
    from safeguarding_site.models import InformationPage

    LinkResult.objects.all().delete()
    page = InformationPage.objects.get(slug="bench")
    links = [
        f'<a href="http://h{number % hosts}.bench:{port}/{PATHS[number // hosts % 10]}/{number}">it</a>'
        for number in range(count)
    ]
    page.body = page.body.stream_block.to_python([{"type": "prose", "value": f"<p>{' '.join(links)}</p>"}])
    page.save()
    checker = Checker(pause=pause, also_allow={("127.0.0.1", port)})
    before = peak()
    started = time.monotonic()
    found = check_links(checker)
    seconds = time.monotonic() - started
    print(
        f"  {count:5} links, {hosts:4} hosts, pause {pause:3.1f} s: {seconds:5.1f} s, peak {before:.0f} to {peak():.0f} MB"
        f"   {', '.join(f'{number} {status.value}' for status, number in found.items())}",
        flush=True,
    )


def main():
    folder = tempfile.TemporaryDirectory()
    os.environ["DATABASE_URL"] = f"sqlite:///{folder.name}/bench.sqlite3"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from wagtail.models import Page

    from referrals.link_monitor.check import PAUSE
    from safeguarding_site.models import InformationPage

    call_command("migrate", verbosity=0)
    Page.objects.filter(depth=2).first().add_child(instance=InformationPage(title="Bench", slug="bench"))

    real = socket.getaddrinfo
    socket.getaddrinfo = lambda host, *rest, **more: real(
        "127.0.0.1" if host.endswith(".bench") else host, *rest, **more
    )
    with subprocess.Popen([sys.executable, "-m", "tests.bench_links", "serve"], stdout=subprocess.PIPE) as server:
        try:
            port = int(server.stdout.readline())
            measure(port, 100, 100, 0)  # warms up
            for count, hosts, pause in [
                (1000, 100, PAUSE),
                (1000, 20, PAUSE),
                (1000, 1, 0),
                (1000, 100, 0),
                (4000, 100, 0),
            ]:
                measure(port, count, hosts, pause)
        finally:
            server.terminate()
    folder.cleanup()


if __name__ == "__main__":
    serve() if "serve" in sys.argv else main()
