"""The canary: silent about a good site, and one clear line about each thing that a reader in danger would miss."""

import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.db import connection

from safeguarding_site.safety import canary

STRIP = (
    '<aside class="strip"><a href="tel:999">999</a> Wait to be asked, then press&nbsp;<b>55</b> (mobiles only).</aside>'
)
EXIT = '<aside class="exit"><a href="/leave/">Leave this page</a></aside>'
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=()",
}


def page(words="", way_out=EXIT, strip=STRIP, head=""):
    return (
        f'<!doctype html><html><head><link rel="stylesheet" href="/site.css">{head}'
        f'<link rel="canonical" href="https://safer.example/"></head><body>{way_out}{strip}'
        f'<nav><a href="/get-help/">Get help</a></nav><main><p>{words}</p><a href="https://www.gov.uk/">GOV.UK</a>'
        '<a href="/about/?x=1#y">About us</a> <a href="tel:08001111">0800 1111</a> <a href="mailto:a@example.org">Us</a>'
        "</main></body></html>"
    )


def good_site():
    """Return {path: (status, headers, body)} of a small site that keeps every promise."""
    return {
        "/": (200, HEADERS, page()),
        "/get-help/": (200, HEADERS, page()),
        "/about/": (200, HEADERS, page(way_out="")),  # no exit is due here
        "/leave/": (200, HEADERS, '<a href="https://www.bbc.co.uk/weather">Weather</a>'),
        "/site.css": (200, {"Content-Type": "text/css"}, "body { background: url(data:image/png;base64,AA) }"),
    }


@contextmanager
def serve(site):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = site.get(self.path.partition("?")[0], (404, HEADERS, "none"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [body] if isinstance(body, str) else body:
                try:
                    self.wfile.write(piece.encode())
                except OSError:  # the canary has had enough
                    return

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def line_about(site, **limits):
    with serve(site) as address:
        return canary.look_at(address, **limits).line


def test_a_good_site_is_told_in_one_line():
    line = line_about(good_site())
    assert line.startswith("ok: 3 pages in ")
    assert line.endswith(" s")


def changed(path, status=None, body=None, **headers):
    old_status, old_headers, old_body = good_site()[path]
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    kept = {name: value for name, value in {**old_headers, **headers}.items() if value is not None}
    return {**good_site(), path: (status or old_status, kept, old_body if body is None else body)}


HELP = "/get-help/"
WEAK = "Content-Security-Policy is weak"


@pytest.mark.parametrize(
    ("site", "told"),
    [
        (changed("/about/", 503), "/about/: answered 503 instead of 200"),
        (changed("/site.css", 404), "/site.css: answered 404 instead of 200"),
        (changed("/leave/", 500), "/leave/: answered 500 instead of 200"),
        (changed(HELP, body=page(way_out="")), "/get-help/: the quick exit is missing"),
        (changed("/", body=page(EXIT, way_out="")), "/: the quick exit is missing"),
        (changed("/leave/", body='<a href="/">Home</a>'), "/leave/: names no https address"),
        (changed("/leave/", body='<a href="http://example.org/">Out</a>'), "/leave/: names no https address"),
        (changed("/about/", body=page(strip="999: press 55 (mobiles only)")), "/about/: no link dials 999"),
        (
            changed("/about/", body=page(strip='<a href="tel:999">999</a> 55')),
            "/about/: what to do when you cannot speak",
        ),
        (changed(HELP, body=page('<a href="tel:99955">x</a>')), "/get-help/: a link dials more than 999"),
        (changed(HELP, body=page('<a href="tel:999,55">x</a>')), "/get-help/: a link dials more than 999"),
        (changed(HELP, Set_Cookie="a=b"), "/get-help/: sets a cookie"),
        (changed("/site.css", Set_Cookie="a=b"), "/site.css: sets a cookie"),
        (changed("/leave/", Set_Cookie="a=b"), "/leave/: sets a cookie"),
        (changed("/", Content_Security_Policy=None), "/: Content-Security-Policy is missing"),
        (changed("/", Content_Security_Policy="script-src 'self'"), WEAK),
        (changed("/", Content_Security_Policy="default-src 'self' https:"), WEAK),
        (changed("/", Content_Security_Policy="default-src 'self'; style-src 'unsafe-inline'"), WEAK),
        (changed("/", Referrer_Policy=None), "/: Referrer-Policy is missing"),
        (changed("/", Referrer_Policy="same-origin"), "/: Referrer-Policy is 'same-origin', not no-referrer"),
        (changed("/", X_Content_Type_Options=None), "/: X-Content-Type-Options is missing"),
        (
            changed("/", X_Frame_Options=None, Content_Security_Policy="default-src 'none'"),
            "/: X-Frame-Options is missing",
        ),
        (changed("/", Permissions_Policy=None), "/: Permissions-Policy is missing"),
        (changed("/leave/", Permissions_Policy=None), "/leave/: Permissions-Policy is missing"),
        *(
            (changed(HELP, body=page(html)), "/get-help/: names a foreign host, cdn.example")
            for html in [
                '<script src="//cdn.example/a.js"></script>',
                '<img src="https://cdn.example/a.png" alt="">',
                '<img srcset="/a.png 1x, https://cdn.example/b.png 2x" alt="">',
                '<iframe src="https://cdn.example/"></iframe>',
                '<video><source src="https://cdn.example/a.mp4"></video>',
                '<form action="https://cdn.example/"></form>',
            ]
        ),
        (changed(HELP, body=page(head='<link rel="preconnect" href="https://cdn.example">')), "foreign host, cdn"),
        (changed("/site.css", body='@import "https://cdn.example/a.css";'), "/site.css: names a foreign host, cdn"),
        (
            changed("/site.css", body="a { background: url( 'https://cdn.example/a.png' ) }"),
            "/site.css: names a foreign",
        ),
        (changed(HELP, body=page("<script>alert(1)</script>")), "/get-help/: holds an inline script"),
        (changed(HELP, body=page('<b onclick="x()">x</b>')), "/get-help/: holds an inline event handler"),
        (changed(HELP, body=page('<a href="javascript:x()">x</a>')), "/get-help/: holds a javascript: address"),
        (changed(HELP, body=page('<b style="color: red">x</b>')), "/get-help/: holds an inline style"),
        (changed(HELP, body=page("<style>b { color: red }</style>")), "/get-help/: holds an inline style"),
        (changed("/", Content_Type="application/json"), "/: is not HTML but application/json"),
        (changed("/", 302, Location="https://other.example/"), "/: redirects to another host, other.example"),
        (changed("/", 302, Location="/"), "/: redirects in a circle"),
        (changed(HELP, body="x" * 2_000_001), "/get-help/: answered with more than 2,000,000 bytes"),
    ],
)
def test_each_thing_missing_is_told_with_its_page(site, told):
    line = line_about(site)
    assert line.startswith("FAILED: ")
    assert told in line
    assert "\n" not in line
    # Nothing else is found: a canary that cries at everything is no use.
    assert len(line.split("; ")) == 1


@pytest.mark.parametrize(
    "site",
    [
        changed("/", Content_Security_Policy="default-src 'none'; frame-ancestors 'none'", X_Frame_Options=None),
        changed("/about/", 301, Location="/get-help/"),
        changed("/leave/", 302, body="", Location="https://www.bbc.co.uk/weather"),
        changed("/leave/", body='<meta http-equiv="Refresh" content="0; url=https://www.bbc.co.uk/weather">'),
        changed("/about/", Content_Type="application/pdf"),
        changed(HELP, body=page('<script type="application/ld+json">{}</script><a href="http://[">odd</a>')),
        changed("/", body=page(way_out='<aside><a href="/leave/?from=x">Leave</a></aside>')),
    ],
)
def test_other_ways_of_keeping_the_promises_are_fine(site):
    assert line_about(site).startswith("ok: ")


def test_a_fault_of_many_pages_is_told_once():
    site = good_site()
    links = "".join(f'<a href="/p{number}/">Page</a>' for number in range(40))
    site |= {f"/p{number}/": (200, HEADERS, page(strip="")) for number in range(40)}
    site["/"] = (200, HEADERS, page(links))
    line = line_about(site)
    assert line.count("no link dials 999") == 1
    assert "/p0/, /p1/, /p2/ and " in line
    with serve(site) as address:
        assert canary.look_at(address).pages == canary.PAGES_AT_MOST


def test_what_the_site_says_cannot_break_the_line():
    line = line_about(changed("/", Content_Type="text/x\x0b\x1b[31mred"))
    assert line.isprintable()


def drip():
    while True:
        time.sleep(0.05)
        yield "x"


def test_a_request_that_drips_is_given_up():
    line = line_about(changed(HELP, body=drip()), seconds_a_request=0.4)
    assert "/get-help/: did not answer within 0.4 s" in line


def test_the_whole_visit_has_a_limit():
    line = line_about(changed(HELP, body=drip()), seconds_a_request=5, seconds_in_all=0.4)
    assert "all: stopped after 0.4 s, with 1 pages looked at" in line


def run(address, capsys):
    """Return (exit status, what it printed) of the command."""
    try:
        call_command("canary", address)
    except SystemExit as stop:
        status = stop.code
    else:
        status = 0
    out, err = capsys.readouterr()
    return status, out + err


@pytest.mark.parametrize(
    "address",
    [
        "",
        "safer.example",
        "ftp://safer.example",
        "https://",
        "https://x:99999",
        "https://a b",
        "https://a:b@safer.example",
    ],
)
def test_an_address_that_is_none_gets_one_line_and_status_2(address, capsys):
    status, said = run(address, capsys)
    assert status == 2
    assert len(said.splitlines()) == 1
    assert "for example https://" in said


def test_a_page_instead_of_the_site_is_no_address(capsys):
    assert run("https://safer.example/about/", capsys)[0] == 2


def test_nothing_listening_gets_one_line_and_status_1(capsys):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    status, said = run(address, capsys)
    assert (status, len(said.splitlines())) == (1, 1)
    assert "connection refused" in said


def test_an_unknown_host_is_told(capsys):
    status, said = run("http://no-such-host.invalid", capsys)
    assert status == 1
    assert "the name of the host is unknown" in said


def test_a_fault_of_tls_is_told(capsys):
    with serve(good_site()) as address:
        status, said = run(address.replace("http:", "https:"), capsys)
    assert status == 1
    assert "certificate or TLS is at fault" in said


def test_the_command_is_made_for_cron(capsys):
    with serve(good_site()) as address:
        status, said = run(address, capsys)
    assert status == 0
    assert said.startswith("ok: 3 pages")
    with serve(changed(HELP, body=page(way_out=""))) as address:
        status, said = run(address, capsys)
    assert (status, said) == (1, "FAILED: /get-help/: the quick exit is missing\n")


def test_it_asks_no_database(capsys):
    # Without the mark for it, the test's database refuses every query.
    assert not connection.in_atomic_block
    with serve(good_site()) as address:
        assert run(address, capsys)[0] == 0
