"""Nothing of a reader is written anywhere: the shipped gunicorn and PostgreSQL run, break, and what they wrote is read.

Readers come from 127.0.0.53 and leave one word in everything they send. The log level is the lowest there is and an access
log is asked for, as somebody looking for a fault might do.
"""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.core.checks import run_checks
from django.db import connection
from psycopg.conninfo import make_conninfo

from safeguarding_site import database_log
from tests import postgres
from tests.broken.faults import WAYS
from tests.browser.conftest import free_port

HOUSE = Path(__file__).resolve().parent.parent
WORD = "word" + secrets.token_hex(8)  # made up here, so that no source file has it
READER = "127.0.0.53"
FORWARDED = "203.0.113.53"
LONG = "a" * 9000

PATHS = [
    f"/{WORD}/",
    f"/?q={WORD}",
    f"/get-help/?q={WORD}&topic={WORD}",
    f"/go/{WORD}/",
    "/about/",
    f"/{WORD}%00",
    f"/?{WORD}=%00",
]
# What is sent, and the status it is answered with.
MALFORMED = {
    "an address too long": (f"GET /{WORD}{LONG} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 414),
    "a header too long": (f"GET /{WORD} HTTP/1.1\r\nUser-Agent: {WORD}{LONG}\r\n\r\n", 431),
    "too many headers": (f"GET /{WORD} HTTP/1.1\r\n" + f"X-{WORD}: {WORD}\r\n" * 150 + "\r\n", 431),
    "a version that is none": (f"GET /{WORD} HTTP/{WORD}\r\n\r\n", 400),
    "a version to come": (f"GET /{WORD} HTTP/9.9\r\n\r\n", 400),
    "no request at all": (f"{WORD} and more\r\n\r\n", 400),
    "a method that is none": (f"G<{WORD}>T / HTTP/1.1\r\n\r\n", 400),
    "a header with a gap": (f"GET / HTTP/1.1\r\nA {WORD} b: c\r\n\r\n", 400),
    "a null byte in a header": (f"GET / HTTP/1.1\r\nUser-Agent: {WORD}\0\r\n\r\n", 400),
    "a folded header": (f"GET / HTTP/1.1\r\nUser-Agent: a\r\n {WORD}\r\n\r\n", 400),
    "a length that is none": (f"POST /{WORD} HTTP/1.1\r\nContent-Length: {WORD}\r\n\r\n", 400),
    "an unknown coding": (f"POST /{WORD} HTTP/1.1\r\nTransfer-Encoding: {WORD}\r\n\r\n", 501),
    "an unknown expectation": (f"POST /{WORD} HTTP/1.1\r\nExpect: {WORD}\r\n\r\n", 417),
    "another host": (f"GET /{WORD} HTTP/1.1\r\nHost: {WORD}.example\r\nConnection: close\r\n\r\n", 400),
    "a host that is none": (f"GET /{WORD} HTTP/1.1\r\nHost: <{WORD}>\r\nConnection: close\r\n\r\n", 400),
    "another protocol": (f"\x16\x03\x01{WORD}\r\n\r\n", 400),
    "a raw null byte": (f"GET /\0{WORD} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", 400),
    "raw bytes": (f"GET /\xff\xfe<{WORD}> HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", 400),
    "a post without its token": (
        f"POST /admin/login/?next={WORD} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        403,
    ),
}  # fmt: skip

# gunicorn believes this header when it comes from its own machine, as from an edge that passes it on.
MOVED = f"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nSCRIPT_NAME: /{WORD}\r\n\r\n"


class Answer:
    def __init__(self, received):
        self.status = int((re.match(rb"HTTP/1.1 (\d+)", received) or [0, 0])[1])
        self.head, _, self.body = received.decode(errors="replace").partition("\r\n\r\n")


class Site:
    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.output = folder / "gunicorn.txt"
        self.database = postgres.start_in(folder / "postgres")
        self.copy_database()

    def copy_database(self):
        """Fill the server with what the tests' own database holds: quicker than migrating once more."""
        here = connection.get_connection_params()
        here = make_conninfo(
            **{name: here[name] for name in ("host", "port", "user", "password", "dbname") if name in here}
        )
        programs = self.database.bin_path
        script = subprocess.run([programs / "pg_dump", "-d", here], capture_output=True, check=True).stdout
        there = [programs / "psql", "-q", self.database.get_uri()]
        subprocess.run(there, input=script, stdout=subprocess.DEVNULL, check=True)

    def wait_for_database(self):
        """It mends itself after a crash, and does not stop before it has."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                return psycopg.connect(self.database.get_uri()).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise AssertionError("The database did not recover.")

    def start(self):
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.broken.settings",
            "SECRET_KEY": "only for the tests, and long enough to be accepted",
            "SITE_URL": "http://127.0.0.1",
            "DATABASE_URL": self.database.get_uri(),
            "PGOPTIONS": "-c statement_timeout=300ms",
            "PAGE_CACHE": "off",
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "1",
        }
        for name in ("STATIC_ROOT", "MEDIA_ROOT", "TMPDIR"):
            (self.folder / name).mkdir()
            environment[name] = str(self.folder / name)
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "tests.broken.wsgi"]
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [*gunicorn, "--log-level", "debug", "--access-logfile", "-"],
                cwd=HOUSE,
                env={**os.environ, **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 60
        while self.get("/healthz").status != 200:
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.1)

    def send(self, request, sender=READER):
        received = b""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 10, (sender, 0)) as connection:
                connection.sendall(request.encode("latin-1"))
                while part := connection.recv(65536):
                    received += part
        except ConnectionError:
            pass
        return Answer(received)

    def get(self, path):
        return self.send(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nUser-Agent: Mozilla {WORD}\r\n"
            f"Referer: http://{WORD}.example/\r\nX-Forwarded-For: {FORWARDED}\r\nCookie: {WORD}={WORD}\r\n\r\n"
        )

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    """A day in which everything goes wrong: {what was asked: answer}, and the folder where all of it was written."""
    if connection.vendor != "postgresql":
        pytest.skip("It is about PostgreSQL's log.")
    began = time.time()
    with django_db_blocker.unblock():
        site = Site(tmp_path_factory.mktemp("logs"))
    try:
        site.start()
        answers = {path: site.get(path) for path in PATHS}
        answers |= {what: site.send(request) for what, (request, _) in MALFORMED.items()}
        answers |= {way: site.get(f"/broken/{way}?q={WORD}") for way in [*WAYS, "wsgi"]}
        answers["moved"] = site.send(MOVED, sender="127.0.0.1")
        site.wait_for_database()
        site.database.cleanup()
        answers |= {("no database", path): site.get(path) for path in PATHS}
    finally:
        site.stop()
        site.database.cleanup()
    return site, answers, began


def changed_since(began):
    """Yield the files of the house that were written to, without the programs and the other tests' database."""
    for folder, inside, names in os.walk(HOUSE):
        inside[:] = [name for name in inside if name not in {".git", ".venv", "__pycache__", "test-postgres"}]
        for name in names:
            file = Path(folder, name)
            if file.is_file() and file.stat().st_mtime >= began:
                yield file


def test_nothing_of_a_reader_is_in_any_log_or_file(story):
    site, _, began = story
    files = [file for file in site.folder.rglob("*") if file.is_file()] + list(changed_since(began))
    assert {site.output, site.folder / "postgres" / "log"} <= set(files)
    for trace in (WORD, READER, FORWARDED):
        assert [file for file in files if trace.encode() in file.read_bytes()] == []


def test_operators_still_see_each_fault_its_kind_and_its_place(story):
    site, _, _ = story
    written = site.output.read_text()
    for way in ("view", "template", "run", "duplicate", "parts", "__del__"):
        assert re.search(rf'faults.py", line \d+, in {way}\n', written), way
    for kind in ("ValueError", "TemplateDoesNotExist", "DataError", "IntegrityError", "InvalidResponseHeader"):
        assert kind in written
    assert "ERROR from a.library" in written
    assert "ERROR from django.security.DisallowedHost" in written
    assert 'wsgi.py", line' in written


def test_operators_still_see_what_happens_to_the_database(story):
    site, _, _ = story
    written = (site.folder / "postgres" / "log").read_text()
    assert "terminated by signal 9" in written
    assert "database system is shut down" in written


@pytest.mark.parametrize("what", MALFORMED)
def test_a_malformed_request_is_answered_with_a_page_that_repeats_nothing(story, what):
    _, answers, _ = story
    answer = answers[what]
    assert answer.status == MALFORMED[what][1]
    assert "tel:999" in answer.body
    assert "(mobiles only)" in answer.body
    assert 'href="/"' in answer.body
    if what != "a post without its token":
        assert WORD not in answer.head + answer.body


def test_a_reader_cannot_move_the_site(story):
    _, answers, _ = story
    assert answers["moved"].status == 200
    assert WORD not in answers["moved"].body


@pytest.mark.parametrize("way", ["view", "template", "cast", "slow", "duplicate", "stop", "crash", "header", "wsgi"])
def test_a_fault_is_answered_with_the_page_for_it(story, way):
    _, answers, _ = story
    assert answers[way].status == 500
    assert "tel:999" in answers[way].body
    assert WORD not in answers[way].head + answers[way].body


@pytest.mark.parametrize("path", [path for path in PATHS if "/go/" not in path and "%00" not in path])
def test_while_the_database_is_down_a_page_answers_with_the_numbers(story, path):
    _, answers, _ = story
    answer = answers["no database", path]
    assert answer.status == 500
    assert "tel:999" in answer.body


@pytest.mark.django_db
def test_a_database_server_that_logs_readers_words_is_pointed_out(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("It is about PostgreSQL's log.")
    assert not [warning for warning in run_checks(databases=["default"]) if warning.id == "safeguarding_site.W001"]
    monkeypatch.setattr(database_log, "shipped_settings", lambda: {"log_min_messages": "panic", "not.there": "off"})
    found = [warning for warning in run_checks(databases=["default"]) if warning.id == "safeguarding_site.W001"]
    assert len(found) == 1
    assert "log_min_messages is 'log', expected 'panic'" in found[0].msg
