"""Visits a running site as a reader would, and says what a reader in danger would miss.

It reads no setting and asks no database: it must find what those who run the site did not expect.
"""

import socket
import ssl
import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from safeguarding_site.safety import canary_rules as rules

PAGES_AT_MOST = 15
LARGEST = 2_000_000  # bytes of one answer
REDIRECTS_AT_MOST = 3
SECONDS_A_REQUEST = 5.0
SECONDS_IN_ALL = 30.0


class BadAddressError(Exception):
    """What was given is no address of a site. The message says what to write."""


class NoAnswerError(Exception):
    """An address did not answer as a page does. The message says how."""


@dataclass
class Report:
    pages: int = 0
    seconds: float = 0.0
    faults: dict = field(default_factory=lambda: defaultdict(list))  # {what is wrong: [paths]}

    def add(self, path, faults):
        for fault in faults:
            if path not in self.faults[fault]:
                self.faults[fault].append(path)

    @property
    def line(self):
        """The whole finding in one line, whatever the site answered."""
        if not self.faults:
            return f"ok: {self.pages} pages in {self.seconds:.1f} s"
        told = "; ".join(f"{some_of(paths)}: {fault}" for fault, paths in self.faults.items())
        return "FAILED: " + "".join(letter if letter.isprintable() else " " for letter in told)


def some_of(paths):
    rest = len(paths) - 3
    return ", ".join(paths[:3]) + (f" and {rest} more" if rest > 0 else "")


def read_address(text):
    """Return the address of the site's home page."""
    example = "Write it with its scheme, for example https://safertelford.example"
    text = text.strip()
    try:
        parts = urlsplit(text)
        host = httpx.URL(text).host
        _ = parts.port  # a property that refuses a port that is none
    except (ValueError, httpx.InvalidURL) as error:
        raise BadAddressError(f"{text!r} is no address. {example}") from error
    if parts.scheme not in ("http", "https") or not host or not text.isprintable() or " " in text:
        raise BadAddressError(f"{text!r} is no address of a site. {example}")
    if parts.username or parts.password or parts.query or parts.fragment or parts.path not in ("", "/"):
        raise BadAddressError(f"{text!r} holds more than the site’s own address. {example}")
    return f"{parts.scheme}://{parts.netloc}/"


def look_at(address, seconds_a_request=SECONDS_A_REQUEST, seconds_in_all=SECONDS_IN_ALL):
    """Return the report on the site at this address."""
    home = read_address(address)
    report = Report()
    started = time.monotonic()
    with httpx.Client(timeout=seconds_a_request, headers={"User-Agent": "canary of this site"}) as client:
        visit = Visit(client, report, seconds_a_request, started + seconds_in_all)
        try:
            visit.whole_site(home)
        except OutOfTimeError:
            report.add("all", [f"stopped after {seconds_in_all:g} s, with {report.pages} pages looked at"])
    report.seconds = time.monotonic() - started
    return report


class OutOfTimeError(Exception):
    """The time for the whole visit is over."""


class Visit:
    """One walk through the site: home, the pages that home leads to, their styles and scripts, and the way out."""

    def __init__(self, client, report, seconds_a_request, until):
        self.client = client
        self.report = report
        self.seconds_a_request = seconds_a_request
        self.until = until
        self.assets = set()

    def whole_site(self, home):
        first = self.page(home)
        if first is None:
            return
        links = rules.pages_linked_from(first.text, first.url)
        for url in [url for url in links if path_of(url) not in ("/", rules.LEAVE)][: PAGES_AT_MOST - 1]:
            self.page(url)
        self.way_out(rules.join(first.url, rules.LEAVE))

    def page(self, url):
        """Look at one page. Return its answer, if it is a page at all."""
        path = path_of(url)
        try:
            answer = self.follow(url)
        except NoAnswerError as error:
            self.report.add(path, [str(error)])
            return None
        if answer.status != 200:
            self.report.add(path, [f"answered {answer.status} instead of 200"])
            return None
        if not answer.is_html:
            # A file that a page leads to is none of ours to read; the home page must be a page.
            if path == "/":
                self.report.add(path, [f"is not HTML but {answer.kind or 'of no stated kind'}"])
            return None
        self.report.pages += 1
        self.report.add(path, rules.faults_of_headers(answer.headers))
        self.report.add(path, rules.faults_of_page(answer.text, answer.url))
        for asset in rules.assets_of(answer.text, answer.url):
            if asset not in self.assets:
                self.assets.add(asset)
                self.asset(asset)
        return answer

    def asset(self, url):
        path = path_of(url)
        try:
            answer = self.follow(url)
        except NoAnswerError as error:
            self.report.add(path, [str(error)])
            return
        if answer.status != 200:
            self.report.add(path, [f"answered {answer.status} instead of 200"])
        elif "css" in answer.kind:
            self.report.add(path, rules.foreign_in_css(answer.text, answer.url))

    def way_out(self, url):
        """Look at the page that takes a reader away. It may be a redirect: that is its purpose."""
        try:
            answer = self.fetch(url)
        except NoAnswerError as error:
            self.report.add(rules.LEAVE, [str(error)])
            return
        self.report.add(rules.LEAVE, rules.faults_of_headers(answer.headers))
        if answer.status != 200 and not answer.leads_to:
            self.report.add(rules.LEAVE, [f"answered {answer.status} instead of 200"])
        elif not rules.leads_away(answer.text, answer.leads_to, answer.url):
            self.report.add(rules.LEAVE, ["names no https address of another site to go to"])
        if answer.is_html:
            self.report.add(rules.LEAVE, rules.what_is_loaded(answer.text, answer.url))

    def follow(self, url):
        """Return the answer of an address, after redirects within the site."""
        for _ in range(REDIRECTS_AT_MOST + 1):
            answer = self.fetch(url)
            if not answer.leads_to:
                return answer
            if rules.host_of(answer.leads_to) != rules.host_of(url):
                raise NoAnswerError(f"redirects to another host, {rules.host_of(answer.leads_to)}")
            url = answer.leads_to
        raise NoAnswerError("redirects in a circle")

    def fetch(self, url):
        """Return what one address answers, within the time for a request and the time that is left."""
        begun = time.monotonic()
        if begun >= self.until:
            raise OutOfTimeError
        last_moment = min(begun + self.seconds_a_request, self.until)
        body = b""
        try:
            with self.client.stream("GET", url, timeout=max(last_moment - begun, 0.01)) as response:
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > LARGEST:
                        raise NoAnswerError(f"answered with more than {LARGEST:,} bytes")
                    if time.monotonic() > last_moment:
                        raise httpx.ReadTimeout("slow")  # httpx counts anew with each piece
        except httpx.TimeoutException as error:
            if time.monotonic() >= self.until:
                raise OutOfTimeError from error
            raise NoAnswerError(f"did not answer within {self.seconds_a_request:g} s") from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise NoAnswerError(describe(error)) from error
        answer = Answer(url, response.status_code, response.headers, text_of(body, response.charset_encoding))
        if answer.headers.get_list("set-cookie"):
            self.report.add(path_of(url), ["sets a cookie"])
        self.client.cookies.clear()
        return answer


@dataclass
class Answer:
    url: str
    status: int
    headers: httpx.Headers
    text: str

    @property
    def kind(self):
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_html(self):
        return self.kind == "text/html"

    @property
    def leads_to(self):
        """The address of a redirect, or nothing."""
        if self.status in (301, 302, 303, 307, 308) and "location" in self.headers:
            return rules.join(self.url, self.headers["location"])
        return ""


def path_of(url):
    return urlsplit(url).path or "/"


def text_of(body, charset):
    try:
        return body.decode(charset or "utf-8", "replace")
    except LookupError:  # a charset that nobody knows
        return body.decode("utf-8", "replace")


def describe(error):
    """Return in plain words why there was no answer."""
    causes = []
    while error is not None:
        causes.append(error)
        error = error.__cause__ or error.__context__
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return f"its certificate or TLS is at fault ({getattr(cause, 'verify_message', '') or cause.reason})"
        if isinstance(cause, socket.gaierror | UnicodeError):
            return "the name of the host is unknown"
        if isinstance(cause, ConnectionRefusedError):
            return "nothing answers there (connection refused)"
    return f"no answer that can be read ({type(causes[0]).__name__})"
