"""The link monitor, against a real server that misbehaves: what it makes of each answer, and where it never goes."""

import csv
import io
import socket
import ssl
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from referrals.link_monitor.check import Checker, Turns, take_turns
from referrals.link_monitor.collect import Link, collect_links, find_fault
from referrals.link_monitor.guard import BYTES, PrivateAddressError, is_public, resolve_public
from referrals.link_monitor.run import OfflineError, check_links
from referrals.models import LinkResult, Organization, Service
from safeguarding_site.models import SiteSettings, User
from tests.make import make_information, make_service

# Made for these tests and trusted by nobody: "links.test", valid from 2020 to 2120.
CERTIFICATE = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgk278Yn2mtSVxUy7/
UotXcHa6bB9kDhbBcy0+RQCXYq+hRANCAATM5JaToVT/nggVd5dCrsOSI2Nsxmp9
OQtaHJuutC/UdT1/FheoFSt9IXuA9tm3s7hrn6AkqwQUbxZg9iKLfdXG
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBRDCB66ADAgECAgEBMAoGCCqGSM49BAMCMBUxEzARBgNVBAMMCmxpbmtzLnRl
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBUxEzARBgNVBAMM
CmxpbmtzLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATM5JaToVT/nggV
d5dCrsOSI2Nsxmp9OQtaHJuutC/UdT1/FheoFSt9IXuA9tm3s7hrn6AkqwQUbxZg
9iKLfdXGoyowKDAVBgNVHREEDjAMggpsaW5rcy50ZXN0MA8GA1UdEwEB/wQFMAMB
Af8wCgYIKoZIzj0EAwIDSAAwRQIgPYF+vB8TaCpINO5djKwtwUfks6km2b84Oi1y
rHj2ijgCIQCBWFG9LDaiTCtHEigX4bG0wS+cZtcSXwa5tvmVucrakA==
-----END CERTIFICATE-----
"""


# The server


class Misbehaving(BaseHTTPRequestHandler):
    """Answers each path in the way its name says. `/to?…` redirects to whatever stands there."""

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.server.requests.append((self.command, self.path, dict(self.headers)))
        path = urlsplit(self.path).path
        step = getattr(self, "at_" + path.strip("/").split("/")[0].replace("-", "_"), None)
        step() if step else self.say(404)

    def say(self, code, body=b"", **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def at_fine(self):
        self.say(200, b"<p>Welcome")

    def at_robots(self):
        self.say(403)

    def at_too_many(self):
        self.say(429)

    def at_challenge(self):
        self.say(503, b"<title>Just a moment...</title>")

    def at_down(self):
        self.say(503, b"<p>Back soon")

    def at_teapot(self):
        self.say(200, x_amzn_waf_action="challenge")

    def at_flaky(self):
        self.server.hits += 1
        self.say(500 if self.server.hits <= 2 else 200)  # twice: HEAD, then GET

    def at_moved(self):
        self.say(301, Location="/fine")

    def at_found(self):
        self.say(302, Location="/fine")

    def at_front(self):
        self.say(308, Location="/")

    def at_slash(self):
        self.say(200) if self.path.endswith("/") else self.say(301, Location="/slash/")

    def at_chain(self):
        left = int(self.path.rsplit("/", 1)[1])
        self.say(302, Location=f"/chain/{left - 1}") if left else self.say(200)

    def at_loop(self):
        self.say(301, Location="/loop")

    def at_cookie(self):
        if "seen=1" in self.headers.get("Cookie", ""):
            self.say(200)
        else:
            self.say(302, Location="/cookie", Set_Cookie="seen=1")

    def at_to(self):
        self.say(302, Location=urlsplit(self.path).query)

    def at_no_head(self):
        self.say(405 if self.command == "HEAD" else 200)

    def at_lies_to_head(self):
        self.say(404 if self.command == "HEAD" else 200)

    def at_hangs_up_on_head(self):
        if self.command == "GET":
            self.say(200)

    def at_endless(self):
        if self.command == "HEAD":
            self.say(405)
            return
        self.send_response(503)
        self.end_headers()
        try:
            while not self.server.over.is_set():
                self.wfile.write(b"x" * 1024)
                self.server.sent += 1024
        except OSError:
            pass

    def at_endless_header(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        try:
            while not self.server.over.is_set():
                self.wfile.write(b"x" * 1024)
                self.server.sent += 1024
        except OSError:
            pass

    def at_slow(self):
        self.server.over.wait(5)

    def at_drip(self):
        try:
            for letter in b"HTTP/1.1 200 OK\r\nServer: a very slow one\r\n":
                self.wfile.write(bytes([letter]))
                if self.server.over.wait(0.1):
                    return
        except OSError:
            pass

    def at_members(self):
        self.say(302, Location="/account/login?next=/members")

    def at_account(self):
        self.say(200)

    def at_secret(self):
        self.say(401, WWW_Authenticate="Basic")

    def at_rubbish(self):
        self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, context=None):
        super().__init__(("127.0.0.1", 0), Misbehaving)
        self.requests = []
        self.names_asked_for = []
        self.hits = self.sent = 0
        self.over = threading.Event()
        if context:
            context.sni_callback = lambda connection, name, _: self.names_asked_for.append(name)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.server_address[1]
        self.address = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"
        self.allowed = frozenset({("127.0.0.1", self.port)})
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def handle_error(self, request, client_address):
        pass  # a client that leaves early, or does not like the certificate

    def stop(self):
        self.over.set()
        self.shutdown()
        self.thread.join()
        self.server_close()


@pytest.fixture
def server():
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def victim():
    """A server inside the network that nobody outside may reach: the guard is not told to allow it."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def certificate(tmp_path):
    file = tmp_path / "certificate.pem"
    file.write_text(CERTIFICATE)
    return file


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = Server(context)
    yield server
    server.stop()


@pytest.fixture
def checker(server):
    return Checker(timeout=0.6, pause=0, also_allow=server.allowed)


@pytest.fixture
def ask(server, checker):
    """Return the verdict on a path of the server."""
    return lambda path: checker.check(server.address + path)


# Every attempt of this process to connect a socket, seen by the interpreter itself. A hook cannot be taken out again.
attempts = []
is_watching = threading.Event()


def note_attempt(event, arguments):
    if event == "socket.connect" and is_watching.is_set():
        attempts.append(arguments[1])


sys.addaudithook(note_attempt)


@pytest.fixture
def connected():
    """The addresses that were connected to during the test."""
    attempts.clear()
    is_watching.set()
    yield attempts
    is_watching.clear()


@pytest.fixture
def names(monkeypatch):
    """A name server of our own: {name: addresses, or a list of them, one an inquiry}. `asked` lists the inquiries."""
    real = socket.getaddrinfo

    class Names(dict):
        asked = []

    known = Names()
    known.asked = []

    def look_up(host, port, *args, **kwargs):
        known.asked.append(host)
        if host not in known:
            return real(host, port, *args, **kwargs)
        addresses = known[host]
        if isinstance(addresses, list):
            addresses = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
            if ":" in address
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


# What is made of each answer


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/fine", "fine", 200),
        ("/found", "fine", 200),
        ("/slash", "fine", 200),
        ("/chain/5", "fine", 200),
        ("/cookie", "fine", 200),
        ("/no-head", "fine", 200),
        ("/lies-to-head", "fine", 200),
        ("/hangs-up-on-head", "fine", 200),
        ("/moved", "moved", 200),
        ("/gone", "failing", 404),
        ("/down", "failing", 503),
        ("/chain/6", "failing", None),
        ("/loop", "failing", None),
        ("/slow", "failing", None),
        ("/drip", "failing", None),
        ("/rubbish", "failing", None),
        ("/endless-header", "failing", None),
        ("/to?ftp://example.org/", "failing", None),
        ("/to?https://[broken/", "failing", None),
        ("/robots", "refuses_robots", 403),
        ("/too-many", "refuses_robots", 429),
        ("/challenge", "refuses_robots", 503),
        ("/teapot", "refuses_robots", 200),
        ("/members", "login_wall", 200),
        ("/secret", "login_wall", 401),
        ("/account/login", "fine", 200),
    ],
)
def test_each_answer_has_its_class(ask, path, status, code):
    verdict = ask(path)
    assert (verdict.status, verdict.http_status) == (status, code), verdict


def test_a_permanent_redirect_says_where_to(ask, server):
    assert ask("/moved").moved_to == f"{server.address}/fine"
    assert ask("/found").moved_to == ""


def test_a_page_that_became_the_front_page_may_be_gone(server):
    server.RequestHandlerClass.at_ = lambda handler: handler.say(200)
    verdict = Checker(pause=0, also_allow=server.allowed).check(f"{server.address}/front")
    assert verdict.status == "moved"
    assert "may be gone" in verdict.detail


def test_a_port_where_nobody_listens_is_failing(server, checker):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    checker.also_allow = {("127.0.0.1", port)}
    assert checker.check(f"http://127.0.0.1:{port}/").detail == "Nobody answers there."


def test_a_name_that_does_not_exist_is_failing(checker, monkeypatch):
    def know_nothing(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", know_nothing)
    assert checker.check("https://nowhere.example/").detail == "There is no such host."


def test_the_second_address_is_tried_when_the_first_is_out_of_reach(server, names):
    names["links.test"] = [["127.0.0.9", "127.0.0.1"]]
    allowed = {("127.0.0.9", server.port), ("127.0.0.1", server.port)}
    checker = Checker(timeout=1, pause=0, also_allow=allowed)
    assert checker.check(f"http://links.test:{server.port}/fine").status == "fine"


def test_a_certificate_that_browsers_warn_of_has_a_class_of_its_own(secure):
    verdict = Checker(timeout=2, pause=0, also_allow=secure.allowed).check(f"{secure.address}/fine")
    assert verdict.status == "certificate"
    assert "self-signed" in verdict.detail
    assert not secure.requests


def test_a_certificate_for_another_name_has_the_same_class(secure, certificate):
    trusting = ssl.create_default_context(cafile=certificate)
    checker = Checker(timeout=2, pause=0, also_allow=secure.allowed, ssl_context=trusting)
    assert checker.check(f"{secure.address}/fine").status == "certificate"


def test_the_name_of_the_link_goes_into_the_handshake_and_the_host_header(secure, certificate, names):
    names["links.test"] = [["127.0.0.1"]]
    trusting = ssl.create_default_context(cafile=certificate)
    checker = Checker(timeout=2, pause=0, also_allow=secure.allowed, ssl_context=trusting)
    assert checker.check(f"https://links.test:{secure.port}/fine").status == "fine"
    assert secure.names_asked_for == ["links.test"]
    assert secure.requests[0][2]["Host"] == f"links.test:{secure.port}"


# Politeness and limits


def test_it_asks_with_head_and_says_whose_program_it_is(ask, server, settings):
    settings.SITE_URL = "https://safer.example"
    Checker(pause=0, also_allow=server.allowed).check(f"{server.address}/fine")
    [(method, _, headers)] = server.requests
    assert method == "HEAD"
    assert "+https://safer.example/" in headers["User-Agent"]


def test_it_asks_with_get_only_where_head_is_refused(ask, server):
    ask("/no-head")
    ask("/too-many")
    assert [method for method, _, _ in server.requests] == ["HEAD", "GET", "HEAD"]


def test_five_redirects_are_followed_and_no_more(ask, server):
    ask("/loop")
    assert len(server.requests) == 6


@pytest.mark.parametrize("path", ["/endless", "/endless-header"])
def test_no_more_than_64_kb_are_read(server, path, connected, monkeypatch):
    read = []
    real = socket.socket.recv
    monkeypatch.setattr(socket.socket, "recv", lambda *args: read.append(len(data := real(*args))) or data)
    Checker(timeout=5, pause=0, also_allow=server.allowed).check(server.address + path)
    of_client = sum(read)
    assert BYTES <= of_client <= 2 * BYTES + 4096, "HEAD and GET, 64 KB each at most"


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_a_server_that_takes_its_time_is_left_after_the_limit(ask, path):
    started = time.monotonic()
    ask(path)
    assert time.monotonic() - started < 2, "HEAD and GET, 0.6 seconds each"


def test_a_host_gets_one_request_at_a_time_with_a_pause_between():
    turns = Turns(pause=0.05)
    times = []

    def come():
        with turns.turn("one.example"):
            times.append(("in", time.monotonic()))
            time.sleep(0.02)
            times.append(("out", time.monotonic()))

    threads = [threading.Thread(target=come) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [kind for kind, _ in times] == ["in", "out"] * 4
    gaps = [times[place + 1][1] - times[place][1] for place in range(1, 7, 2)]
    assert min(gaps) >= 0.05


def test_hosts_do_not_wait_for_each_other():
    turns = Turns(pause=30)
    with turns.turn("one.example"):
        pass
    started = time.monotonic()
    with turns.turn("two.example"):
        pass
    assert time.monotonic() - started < 1


def test_where_nobody_was_asked_nobody_waits(names):
    names["inside.example"] = [["10.0.0.1"]]
    checker = Checker(pause=30)
    started = time.monotonic()
    assert [checker.check("http://inside.example/").status for _ in range(3)] == ["private"] * 3
    assert time.monotonic() - started < 1


def test_links_of_one_host_stand_far_apart():
    links = [Link(f"https://{host}.example/{number}") for host in "ab" for number in (1, 2)]
    assert [link.url[8:] for link in take_turns(links)] == ["a.example/1", "b.example/1", "a.example/2", "b.example/2"]


# Where it never goes

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.1.1",
    "169.254.169.254",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_not_everybody_can_open_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.0.144", "2606:4700::1111", "64:ff9b::808:808"])
def test_an_address_on_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_to_a_private_address_is_never_connected_to(checker, names, connected, address):
    names["innocent.example"] = [[address]]
    verdict = checker.check("http://innocent.example/")
    assert verdict.status == "private"
    assert connected == []


def test_one_private_address_among_public_ones_is_enough(checker, names, connected):
    names["innocent.example"] = [["8.8.8.8", "192.168.1.1"]]
    assert checker.check("http://innocent.example/").status == "private"
    assert connected == []


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0"],
)
def test_no_way_to_write_this_machine_is_connected_to(checker, victim, connected, host):
    verdict = checker.check(f"http://{host}:{victim.port}/fine")
    # "failing": where the system's resolver knows no such name, nothing is opened either.
    assert verdict.status in ("private", "failing")
    assert connected == []
    assert not victim.requests


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "inside.example", "169.254.169.254"],
)
def test_no_redirect_leads_to_a_private_address(ask, server, victim, names, connected, host):
    names["inside.example"] = [["127.0.0.1"]]
    verdict = ask(f"/to?http://{host}:{victim.port}/fine")
    assert verdict.status == "private"
    assert set(connected) == {("127.0.0.1", server.port)}
    assert not victim.requests


def test_the_same_redirect_is_followed_where_it_may_be(server, victim):
    """The twin: the tests above do not pass because redirects lead nowhere."""
    checker = Checker(timeout=1, pause=0, also_allow=server.allowed | victim.allowed)
    assert checker.check(f"{server.address}/to?{victim.address}/fine").status == "fine"
    assert victim.requests


def test_a_name_cannot_change_its_mind_between_look_and_connection(server, names, connected):
    names["rebinding.example"] = [["127.0.0.1"], ["127.0.0.2"]]
    checker = Checker(timeout=1, pause=0, also_allow=server.allowed)
    assert checker.check(f"http://rebinding.example:{server.port}/fine").status == "fine"
    assert names.asked == ["rebinding.example"]
    assert connected == [("127.0.0.1", server.port)]


def test_a_name_that_changes_its_mind_before_the_next_request_is_looked_at_again(server, names, connected):
    names["rebinding.example"] = [["127.0.0.1"], ["127.0.0.2"]]
    checker = Checker(timeout=1, pause=0, also_allow=server.allowed)
    assert checker.check(f"http://rebinding.example:{server.port}/no-head").status == "private"
    assert connected == [("127.0.0.1", server.port)]


def test_only_the_server_of_the_test_is_let_through(server):
    assert resolve_public("127.0.0.1", server.port, server.allowed)
    with pytest.raises(PrivateAddressError):
        resolve_public("127.0.0.1", server.port + 1, server.allowed)
    with pytest.raises(PrivateAddressError):
        resolve_public("127.0.0.1", server.port)


def test_the_proxy_of_the_machine_is_not_used(server, victim, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", victim.address)
    monkeypatch.setenv("ALL_PROXY", victim.address)
    assert Checker(pause=0, also_allow=server.allowed).check(f"{server.address}/fine").status == "fine"
    assert not victim.requests


# Which links


@pytest.fixture
def bare(db):
    """The site without any link out of it."""
    Service.objects.update(live=False)
    Organization.objects.update(live=False)
    Page.objects.filter(depth__gt=1).update(live=False)
    SiteSettings.objects.update(exit_url="")


def make_story(*blocks, **values):
    page = make_information(**values)
    page.body = page.body.stream_block.to_python(list(blocks))
    page.save_revision().publish()
    return page


def make_linking_service(url, **values):
    """A service as an old record may be: with a link that the form would refuse today."""
    service = make_service(**values)
    Service.objects.filter(pk=service.pk).update(url=url)
    return service


def test_links_are_found_in_records_rich_text_and_blocks(bare):
    service = make_service(url="https://service.example/")
    service.contacts = service.contacts.stream_block.to_python(
        [
            {"type": "webchat", "value": {"url": "https://chat.example/"}},
            {"type": "form", "value": {"url": "https://form.example/"}},
        ]
    )
    service.save()
    Organization.objects.create(name="One", url="https://organization.example/")
    SiteSettings.objects.update(exit_url="https://exit.example/")
    make_story(
        {
            "type": "prose",
            "value": '<p>See <a href="https://prose.example/?a=1&amp;b=2">this</a> and https://words.example/',
        },
        {
            "type": "steps",
            "value": {"items": [{"title": "One", "text": '<p><a href="https://step.example/#part">it</a></p>'}]},
        },
        {"type": "links", "value": {"items": [{"text": "It", "url": "https://block.example/"}]}},
        {"type": "fact", "value": {"text": "<p>It", "source": "They", "url": "https://fact.example/"}},
    )
    assert set(collect_links()) == {
        "https://service.example/",
        "https://chat.example/",
        "https://form.example/",
        "https://organization.example/",
        "https://exit.example/",
        "https://prose.example/?a=1&b=2",
        "https://step.example/",
        "https://block.example/",
        "https://fact.example/",
    }


def test_a_link_in_two_places_is_one_link_that_says_where(bare, desk):
    service = make_service(name="The helpline", url="https://both.example/")
    page = make_story(
        {"type": "prose", "value": '<p><a href="https://both.example/">it</a> <a href="https://both.example/">'}
    )
    [link] = collect_links().values()
    assert [place["title"] for place in link.places] == ["The helpline", page.title]
    assert str(service.pk) in link.places[0]["edit"]
    assert all(desk.get(place["edit"]).status_code == 200 for place in link.places)


def test_what_readers_do_not_see_is_not_looked_at(bare):
    make_service(url="https://draft.example/", live=False)
    make_service(url="https://ended.example/", status=Service.Status.ENDED)
    make_story({"type": "prose", "value": '<p><a href="https://gone.example/">it</a>'}).unpublish()
    assert collect_links() == {}


def test_links_that_stay_on_the_site_are_not_looked_at(bare, settings):
    links = f'<p><a href="{settings.SITE_URL}/about/">a</a> <a href="/about/">b</a> <a href="#top">c</a>'
    make_story({"type": "prose", "value": links + '<a linktype="page" id="1">d</a>'})
    assert collect_links() == {}


@pytest.mark.parametrize(
    "address",
    [
        "tel:ring-us",
        "tel:12",
        "tel:01952%20385385",
        "tel:",
        "mailto:",
        "mailto:nobody",
        "mailto:a@b@example.org",
        "mailto:me@example.org, you",
        "https://",
        "https:///path",
        "https://[broken/",
        "http:nonsense",
        "www.example.org",
        "//example.org/",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://example.org/" + "x" * 700,
    ],
)
def test_what_is_no_address_is_said_so_and_not_asked(bare, address):
    assert find_fault(address)
    make_story({"type": "prose", "value": f'<p><a href="{address}">it</a>'})
    [link] = collect_links().values()
    assert link.fault


@pytest.mark.parametrize(
    "address",
    [
        "tel:01952385385",
        "tel:+441952385385",
        "tel:999",
        "tel:116123",
        "mailto:me@example.org",
        "mailto:me@example.org?subject=Hello%20there",
        "https://example.org",
        "https://münchen.example/",
        "sms:85258",
        "",
    ],
)
def test_a_proper_address_has_no_fault(address):
    assert not find_fault(address)


def test_the_numbers_of_records_are_looked_at_as_the_links_they_become(bare):
    make_service(phone="0808 2000 247")
    make_service(phone="ring us")
    assert list(collect_links()) == ["tel:ringus"]


# What is remembered


@pytest.fixture
def run(bare, server):
    """Run the monitor so many days from today; return what is remembered of the only link."""

    def run(days=0, limit=None):
        check_links(Checker(timeout=0.5, pause=0, also_allow=server.allowed), limit)
        return LinkResult.objects.first()

    return run


@pytest.fixture
def on_day(monkeypatch):
    start = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return lambda day: monkeypatch.setattr(timezone, "now", lambda: start + timedelta(days=day))


def test_a_link_is_broken_after_failing_on_three_days(run, server, on_day):
    make_linking_service(f"{server.address}/gone")
    found = []
    for day in (0, 1, 3):
        on_day(day)
        found.append(run().status)
    assert found == ["failing", "failing", "broken"]


def test_failing_three_times_on_one_day_breaks_nothing(run, server, on_day):
    make_linking_service(f"{server.address}/gone")
    on_day(0)
    assert [run().status for _ in range(3)] == ["failing"] * 3
    assert LinkResult.objects.get().failed_days == 1


def test_an_answer_ends_the_row_of_failures(run, server, on_day):
    service = make_linking_service(f"{server.address}/flaky")
    on_day(0)
    assert run().failed_days == 1
    on_day(1)
    result = run()
    assert (result.status, result.failed_days, result.last_failed_on) == ("fine", 0, None)
    assert result.where[0]["title"] == service.name


def test_what_refuses_robots_is_never_broken(run, server, on_day):
    make_linking_service(f"{server.address}/robots")
    for day in range(5):
        on_day(day)
        assert run().status == "refuses_robots"


def test_a_link_that_is_gone_from_the_site_is_forgotten(run, server):
    service = make_linking_service(f"{server.address}/fine")
    assert run()
    Service.objects.filter(pk=service.pk).update(url="")
    assert run() is None


def test_a_limit_takes_those_not_looked_at_for_longest(run, server, on_day):
    for path in ("fine", "moved", "found"):
        make_linking_service(f"{server.address}/{path}")
    for day in range(3):
        on_day(day)
        run(limit=1)
    assert LinkResult.objects.count() == 3
    assert {path for _, path, _ in server.requests[:2]} != {"/fine"}
    on_day(9)
    oldest = LinkResult.objects.order_by("checked_at").first()
    run(limit=1)
    oldest.refresh_from_db()
    assert oldest.checked_at == timezone.now()


def test_a_malformed_link_is_remembered_without_asking_anybody(run, server):
    make_story({"type": "prose", "value": '<p><a href="tel:ring-us">it</a>'})
    result = run()
    assert (result.status, result.url) == ("malformed", "tel:ring-us")
    assert not server.requests


def test_a_run_that_is_stopped_leaves_the_last_results(run, server, monkeypatch):
    make_linking_service(f"{server.address}/fine")
    before = run().checked_at
    make_linking_service(f"{server.address}/found")

    def stop(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(LinkResult, "save", stop)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert [result.checked_at for result in LinkResult.objects.all()] == [before]


def cut_the_network(monkeypatch):
    def fail(*args, **kwargs):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)


def test_without_a_network_nothing_is_counted_as_failed(run, monkeypatch):
    for host in ("one", "two", "three"):
        make_service(url=f"https://{host}.example/")
    cut_the_network(monkeypatch)
    with pytest.raises(OfflineError):
        run()
    assert not LinkResult.objects.exists()


def test_the_command_survives_a_broken_network_and_says_so(bare, monkeypatch, capsys):
    for host in ("one", "two", "three"):
        make_service(url=f"https://{host}.example/")
    cut_the_network(monkeypatch)
    call_command("check_links", "--timeout", "1")
    assert "no network" in capsys.readouterr().out


def test_the_command_sums_up_in_one_line(bare, capsys, connected):
    make_linking_service("https://127.0.0.1:9/")
    make_linking_service("tel:ring-us", phone="ring us")
    call_command("check_links")
    assert capsys.readouterr().out == "2 links looked at: 1 private, 1 malformed.\n"


@pytest.mark.parametrize("option", [("--limit", "0"), ("--timeout", "-1"), ("--limit", "many")])
def test_the_command_refuses_numbers_that_make_no_sense(option):
    with pytest.raises(CommandError):
        call_command("check_links", *option)


# What editors see


@pytest.fixture
def results(bare):
    now = timezone.now()
    rows = [("fine", ""), ("broken", "It answered 404: not found."), ("moved", ""), ("refuses_robots", "")]
    for status, detail in rows:
        LinkResult.objects.create(
            url=f"https://{status.replace('_', '-')}.example/",
            status=status,
            detail=detail,
            checked_at=now,
            where=[{"title": "The helpline", "edit": "/admin/pages/1/edit/"}],
        )


@pytest.fixture
def helper_desk(db, client):
    """A browser of somebody who may write pages and not change services."""
    user = User.objects.create_user("hana", email="hana@example.org", password="a long pass phrase")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


def test_the_report_lists_links_the_worst_first_with_the_pages_to_edit(results, desk):
    html = BeautifulSoup(desk.get(reverse("link_report")).content, "html.parser")
    rows = html.select("#listing-results tbody tr")
    assert [row.a["href"] for row in rows] == [
        "https://broken.example/",
        "https://moved.example/",
        "https://refuses-robots.example/",
        "https://fine.example/",
    ]
    assert rows[0].find("a", string="The helpline")["href"] == "/admin/pages/1/edit/"
    assert "noreferrer" in rows[0].a["rel"]


@pytest.mark.parametrize("query", ["status=moved", "q=moved.example", "status=moved&checked_at_from=2020-01-01"])
def test_the_report_can_be_filtered(results, desk, query):
    html = desk.get(f"{reverse('link_report_results')}?{query}").content.decode()
    assert "https://moved.example/" in html
    assert "https://broken.example/" not in html


def test_the_report_comes_as_csv_with_the_same_filter(results, desk):
    response = desk.get(f"{reverse('link_report')}?export=csv&status=broken")
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert [(row["Link"], row["Found"], row["Stands on"]) for row in rows] == [
        ("https://broken.example/", "Broken", "The helpline")
    ]


def test_the_first_page_of_the_admin_lists_what_needs_mending(results, desk):
    html = BeautifulSoup(desk.get("/admin/").content, "html.parser").select_one("#links-to-mend-content").text
    assert "https://broken.example/" in html
    assert "https://moved.example/" in html
    assert "fine.example" not in html
    assert "refuses-robots.example" not in html


def test_the_panel_says_so_when_nothing_was_looked_at_yet(bare, desk):
    assert "No link has been looked at yet" in desk.get("/admin/").content.decode()


def test_who_may_not_change_services_sees_neither_panel_nor_report(results, helper_desk):
    html = helper_desk.get("/admin/").content.decode()
    assert "links-to-mend" not in html
    assert reverse("link_report") not in html
    assert helper_desk.get(reverse("link_report")).status_code == 302
    assert helper_desk.get(reverse("link_report_results")).status_code == 302
