"""Asks other sites whether a link still answers: politely, and with a limit on everything."""

import socket
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, zip_longest
from threading import Lock

import httpcore
import httpx
from django.conf import settings

from referrals.link_monitor.classify import Answer, RedirectsError, judge, judge_trouble
from referrals.link_monitor.guard import GuardedTransport, PrivateAddressError

REDIRECTS = 5
THREADS = 16  # most of them wait for a pause to pass, or for a slow host
# Seconds between two requests to one host: less than a browser asks of it for one page.
PAUSE = 0.5
# Seconds for one request, from looking up the name to the last byte. Looking up has the resolver's own limit.
TIMEOUT = 10.0
PERMANENT = {301, 308}

# ValueError: what no library foresaw in an address or a header that somebody else wrote.
TROUBLE = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
    httpx.InvalidURL,
    PrivateAddressError,
    RedirectsError,
    OSError,
    ValueError,
)


class Turns:
    """Lets one request at a time through to each host, with a pause between two, whichever thread it comes from."""

    def __init__(self, pause):
        self.pause = pause
        self.lock = Lock()
        self.locks = defaultdict(Lock)
        self.free_at = {}

    @contextmanager
    def turn(self, host):
        with self.lock:
            lock = self.locks[host]
        with lock:
            time.sleep(max(0, self.free_at.get(host, 0) - time.monotonic()))
            pause = self.pause
            try:
                yield
            except (PrivateAddressError, socket.gaierror):
                pause = 0  # nobody was asked
                raise
            finally:
                self.free_at[host] = time.monotonic() + pause


class Checker:
    """Looks at links one by one. `also_allow` and `ssl_context` are for tests, whose server is a local one."""

    def __init__(self, timeout=TIMEOUT, pause=PAUSE, also_allow=frozenset(), ssl_context=None):
        self.timeout = timeout
        self.turns = Turns(pause)
        self.also_allow = also_allow
        self.ssl_context = ssl_context or httpx.create_ssl_context()
        self.headers = {
            "User-Agent": f"Mozilla/5.0 (compatible; link check; +{settings.SITE_URL}/)",
            "Accept": "text/html,*/*;q=0.8",
            "Accept-Language": "en-GB,en;q=0.8",
            "Accept-Encoding": "identity",  # a page packed into a few bytes cannot fill the memory
            "Connection": "close",
        }

    def check(self, link):
        """Return the verdict on a link: by HEAD, and by GET where HEAD is refused or not understood."""
        try:
            try:
                answer = self.ask("HEAD", link)
            except (httpcore.ReadTimeout, httpcore.ReadError, httpcore.ProtocolError):
                answer = None  # some servers never learnt HEAD and just hang up
            if answer is None or (answer.code >= 400 and answer.code not in (401, 429)):
                answer = self.ask("GET", link)
            return judge(link, answer)
        except TROUBLE as error:
            return judge_trouble(error)

    def ask(self, method, link):
        """Return the answer at the end of the redirects, with the beginning of the page for GET."""
        moved_to = ""
        only_permanent = True
        transport = GuardedTransport(self.timeout, self.ssl_context, self.also_allow)
        # A client for each link: cookies live as long as its redirects. No proxy, no password file of the machine.
        with httpx.Client(transport=transport, headers=self.headers, trust_env=False) as client:
            request = client.build_request(method, link)
            seen = set()
            for _ in range(REDIRECTS + 1):
                seen.add(request.url)
                with self.turns.turn(request.url.host):
                    response = client.send(request, stream=True, follow_redirects=False)
                    try:
                        if not response.has_redirect_location:
                            text = read_beginning(response) if method == "GET" else ""
                            return Answer(str(request.url), response.status_code, response.headers, text, moved_to)
                    finally:
                        response.close()
                request = response.next_request
                only_permanent = only_permanent and response.status_code in PERMANENT
                if only_permanent:
                    moved_to = str(request.url)
            if request.url in seen:
                raise RedirectsError("It sends readers round in circles.")
            raise RedirectsError(f"It sends readers on more than {REDIRECTS} times.")


def read_beginning(response):
    """Return as much of a page as the guard lets through. What breaks off has been answered all the same."""
    read = b""
    try:
        for part in response.iter_raw():
            read += part
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError):
        pass
    return read.decode("utf-8", "replace")


def check_all(checker, links):
    """Yield (link, verdict) of each `Link`, several hosts at a time, so that pauses pass while others are asked."""
    with ThreadPoolExecutor(THREADS) as pool:
        yield from pool.map(lambda link: (link, checker.check(link.url)), take_turns(links))


def take_turns(links):
    """Return the links in an order that comes back to a host as late as it can."""
    by_host = defaultdict(list)
    for link in links:
        by_host[link.host].append(link)
    return [link for link in chain.from_iterable(zip_longest(*by_host.values())) if link]
