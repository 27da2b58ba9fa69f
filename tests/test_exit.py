"""The quick exit, as the server gives it: where it stands, and /leave/. What a browser does: tests/browser/test_exit.py."""

import time

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.urls import reverse

from safeguarding_site.models import SiteSettings
from safeguarding_site.safety import exit
from tests.make import make_information, make_priority
from tests.test_pages import soup_of
from tests.test_seed import CONTRACT

pytestmark = pytest.mark.django_db
OFF = {"/practitioners/", "/practitioners/channel-referral/", "/about/", "/contact/", "/accessibility/", "/privacy/"}
ON = {*CONTRACT, "/get-help/act-early/", "/get-help/?topic=domestic-abuse"} - OFF
BUILT_IN = SiteSettings._meta.get_field("exit_url").default


@pytest.fixture
def no_database(monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError(" ".join(["the", "database", "is", "down"]))

    monkeypatch.setattr(SiteSettings.objects, "first", fail)


@pytest.fixture(autouse=True)
def _fresh_worker(monkeypatch):
    monkeypatch.setattr(SiteSettings, "_last_good", None)


def exit_of(soup):
    return soup.select_one(".exit a")


def where_it_leads(response):
    """Return where the page of `response` sends a browser without scripts and one with them; they must agree."""
    soup = BeautifulSoup(response.content, "html.parser")
    refresh = soup.select_one("noscript meta[http-equiv=refresh]")["content"]
    assert refresh == f"0; url={soup.a['href']}"
    return soup.a["href"]


@pytest.mark.parametrize("path", sorted(ON))
def test_the_exit_is_a_link_the_second_stop_of_the_keyboard(reader, path):
    soup = soup_of(reader, path)
    assert exit_of(soup)["href"] == "/leave/"
    assert exit_of(soup)["data-to"] == SiteSettings.current().exit_url
    assert soup.find_all("a")[1] is exit_of(soup)


@pytest.mark.parametrize("path", sorted(OFF))
def test_no_exit_where_nobody_in_danger_reads(reader, path):
    assert exit_of(soup_of(reader, path)) is None


def test_an_error_page_has_the_exit_as_home_has(reader, page_at):
    assert exit_of(soup_of(reader, "/no/such/page/"))
    home = page_at("/")
    home.quick_exit = "off"
    home.save_revision().publish()
    assert exit_of(soup_of(reader, "/no/such/page/")) is None


def test_a_page_does_as_the_nearest_page_above_that_says(reader, page_at):
    index = page_at("/key-priorities/")
    page = make_priority()
    index.quick_exit = "off"
    index.save_revision().publish()
    assert exit_of(soup_of(reader, page.url)) is None
    page.quick_exit = "on"
    page.save_revision().publish()
    assert exit_of(soup_of(reader, page.url))
    assert exit_of(soup_of(reader, "/key-priorities/domestic-abuse/")) is None


def test_an_editor_sees_whether_the_exit_stands_and_which_page_says_so(desk, page_at):
    def panel(path):
        return " ".join(desk.get(reverse("wagtailadmin_pages:edit", args=[page_at(path).pk])).content.decode().split())

    assert "“Leave this page” is on here.</strong> The page <a" in panel("/key-priorities/domestic-abuse/")
    assert ">Home</a> says so" in panel("/key-priorities/domestic-abuse/")
    assert "“Leave this page” is off here.</strong> This page says so itself" in panel("/practitioners/")


def test_a_new_page_has_the_exit_without_anybody_thinking_of_it(reader):
    assert exit_of(soup_of(reader, make_information().url))


def test_leave_names_the_address_of_the_settings(reader):
    response = reader.get("/leave/")
    assert where_it_leads(response) == BUILT_IN
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    for word in (b"Safer", b"999", b"abuse"):
        assert word not in response.content


@pytest.mark.django_db(transaction=True)
def test_a_new_exit_address_is_live_at_once():
    before = SiteSettings.objects.get()
    try:
        SiteSettings.objects.update(exit_url="https://www.example.org/garden")
        assert exit.address() == "https://www.example.org/garden"
    finally:
        SiteSettings.objects.update(exit_url=before.exit_url)


@pytest.mark.parametrize(
    "query",
    [
        "?url=https://evil.example/",
        "?next=//evil.example",
        "?to=javascript:alert(1)",
        "?v=q",
        "?%00",
        "?a=" + "x" * 10_000,
    ],
)
def test_leave_reads_no_parameter(reader, query):
    plain = reader.get("/leave/")
    assert reader.get("/leave/" + query).content == plain.content
    assert reader.post("/leave/" + query).status_code == 405


def test_a_fresh_worker_without_a_database_leads_to_the_built_in_address(reader, no_database):
    assert where_it_leads(reader.get("/leave/")) == BUILT_IN


def test_a_worker_that_lost_the_database_leads_where_it_led(reader, monkeypatch, no_database):
    monkeypatch.setattr(SiteSettings, "_last_good", SiteSettings(exit_url="https://www.example.org/garden"))
    assert where_it_leads(reader.get("/leave/")) == "https://www.example.org/garden"


def test_a_database_that_hangs_holds_nobody(reader, monkeypatch):
    monkeypatch.setattr(exit, "look_up", lambda: time.sleep(2))
    started = time.monotonic()
    assert where_it_leads(reader.get("/leave/")) == BUILT_IN
    assert time.monotonic() - started < 1


def test_a_quiet_visit_says_so_and_can_be_ended(reader):
    soup = soup_of(reader, "/key-priorities/domestic-abuse/?v=q")
    assert "Back leaves this site" in soup.select_one(".quiet").text
    assert soup.select_one(".quiet__off")["href"] == "?"
    assert "JavaScript is off" in soup.select_one(".quiet noscript").text
    assert soup.select_one(".exit a + a")["href"] == "/key-priorities/"
    assert soup_of(reader, "/key-priorities/domestic-abuse/").select_one(".quiet") is None


def test_a_quiet_visit_keeps_the_choices_in_the_address(reader):
    start = soup_of(reader, "/get-help/?topic=domestic-abuse").select_one(".exit a + a")["href"]
    assert start == "?topic=domestic-abuse&v=q"
    quiet = soup_of(reader, "/get-help/" + start)
    assert quiet.select_one(".quiet__off")["href"] == "?topic=domestic-abuse"
    assert "not understood" not in quiet.text


def test_back_on_a_service_in_a_quiet_visit_leads_to_the_directory(reader):
    assert soup_of(reader, "/get-help/act-early/?v=q").select_one(".exit a + a")["href"] == "/get-help/"


@pytest.mark.parametrize("path", sorted(ON - {"/get-help/?topic=domestic-abuse"}))
def test_browsers_keep_no_copy_where_the_exit_stands_though_the_edge_may(reader, path):
    response = reader.get(path)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Accel-Expires"] == "1"


def test_typed_words_are_held_by_nobody(reader):
    response = reader.get("/get-help/?q=bruises")
    assert "no-store" in response["Cache-Control"]
    assert not response.has_header("X-Accel-Expires")
