"""The small addresses, and the pages for when something is wrong."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from priorities.models import HomePage
from safeguarding_site import views
from safeguarding_site.models import EmergencyFacts, SiteSettings
from tests.make import make_information

pytestmark = pytest.mark.django_db


def test_the_sitemap_lists_public_pages_only(reader):
    hidden = make_information(title="Hidden")
    hidden.unpublish()
    text = reader.get("/sitemap.xml").content.decode()
    assert "<loc>http://testserver/key-priorities/domestic-abuse/</loc>" in text
    assert hidden.slug not in text
    assert "admin" not in text


def test_robots_txt_points_to_the_sitemap(reader):
    text = reader.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_security_txt_has_a_contact_and_an_expiry_to_come(reader):
    text = reader.get("/.well-known/security.txt").content.decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == "http://testserver/contact/"
    assert parse_datetime(fields["Expires"]) > timezone.now()
    SiteSettings.objects.update(security_contact="safe@example.org")
    assert b"Contact: mailto:safe@example.org" in reader.get("/.well-known/security.txt").content


def test_the_old_sites_address_leads_to_the_priorities(reader):
    response = reader.get("/info/1/home/11/key_priorities")
    assert response.status_code == 301
    assert response["Location"] == "/key-priorities/"


def test_healthz_answers_without_a_database(reader, monkeypatch):
    monkeypatch.setattr(connection, "cursor", fail)
    assert reader.get("/healthz").json() == {"status": "ok"}


def fail(*args, **kwargs):
    raise OperationalError(" ".join(["the", "database", "is", "down"]))


def has_emergency_numbers(response):
    soup = BeautifulSoup(response.content, "html.parser")
    numbers = {link["href"] for link in soup.select("main a.plate")}
    return {"tel:999", "tel:01952385385", "tel:01952676500", "tel:101"} <= numbers and soup.find(
        "link", rel="stylesheet"
    )


def test_a_missing_page_says_where_to_go_and_whom_to_ring(reader):
    response = reader.get("/no/such/page/")
    assert response.status_code == 404
    assert has_emergency_numbers(response)
    assert b'href="/get-help/"' in response.content


def test_a_forbidden_page_is_in_the_sites_look(reader, monkeypatch):
    monkeypatch.setattr(HomePage, "serve", refuse)
    response = reader.get("/")
    assert response.status_code == 403
    assert has_emergency_numbers(response)


def refuse(*args, **kwargs):
    raise PermissionDenied


def test_a_form_without_its_token_says_what_to_do(editor):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "erin"})
    assert response.status_code == 403
    assert b"Nothing was saved" in response.content
    assert has_emergency_numbers(response)


def test_too_many_requests_says_how_long_to_wait():
    response = views.too_many_requests(RequestFactory().get("/"), wait_seconds=30)
    assert response.status_code == 429
    assert response["Retry-After"] == "30"
    assert has_emergency_numbers(response)


def test_our_own_fault_gets_a_page_with_the_numbers(reader, monkeypatch):
    monkeypatch.setattr(HomePage, "serve", fail)
    reader.raise_request_exception = False
    response = reader.get("/")
    assert response.status_code == 500
    assert has_emergency_numbers(response)
    assert response["Cache-Control"] == "no-store"


def test_the_fault_page_asks_the_database_nothing(reader, django_assert_num_queries):
    reader.get("/")
    EmergencyFacts.objects.update(police="102")
    reader.get("/")
    with django_assert_num_queries(0):
        response = views.server_error(RequestFactory().get("/"))
    assert b"tel:102" in response.content  # the last numbers this process read
    assert b"Leave this page" in response.content
    assert b"demonstration" in response.content


def test_a_fault_is_written_down_without_what_the_reader_asked(reader, monkeypatch, caplog):
    monkeypatch.setattr(HomePage, "serve", fail)
    reader.raise_request_exception = False
    reader.get("/?q=marker-word", REMOTE_ADDR="198.51.100.7")
    assert "OperationalError" in caplog.text
    assert "test_addresses.py" in caplog.text
    assert "marker-word" not in caplog.text
    assert "198.51.100.7" not in caplog.text
    assert "the database is down" not in caplog.text  # a database quotes the reader's words in its messages


def test_the_fault_page_of_a_fresh_process_has_the_built_in_numbers(monkeypatch):
    monkeypatch.setattr(EmergencyFacts, "_last_good", None)
    monkeypatch.setattr(EmergencyFacts.objects, "first", fail)
    assert has_emergency_numbers(views.server_error(RequestFactory().get("/")))
