"""The directory: plain links and one form, no dead end, and never an error page."""

from datetime import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from referrals.models import Service
from tests.make import make_service

pytestmark = pytest.mark.django_db


def soup_of(reader, query=""):
    response = reader.get(f"/get-help/{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def names(soup):
    return [heading.text for heading in soup.select(".rows h3")]


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("?topic=alcohol-and-drugs", "FRANK", "Galop: LGBT+ abuse and violence helpline"),
        ("?for=men&topic=domestic-abuse", "Men's Advice Line", "FRANK"),
        ("?by=webchat&topic=domestic-abuse", "Men's Advice Line", "Karma Nirvana"),
        ("?area=telford-and-wrekin", "Family Connect", "FRANK"),
        ("?quiet=yes&topic=alcohol-and-drugs", "FRANK", "Drinkline"),
        ("?q=Men’s advice", "Men's Advice Line", "FRANK"),
    ],
)
def test_a_filter_leaves_what_fits(reader, query, there, not_there):
    found = names(soup_of(reader, query))
    assert there in found
    assert not_there not in found


def test_no_value_that_leads_to_nothing_is_offered(reader):
    for option in soup_of(reader, "?topic=counter-terrorism").select("select option"):
        assert "(0)" not in option.text


def test_the_number_beside_a_value_is_what_it_leaves(reader):
    soup = soup_of(reader, "?topic=domestic-abuse")
    for option in soup.select("#filter-by option")[1:]:
        number = int(option.text.rsplit("(")[-1].strip(")"))
        heading = soup_of(reader, f"?topic=domestic-abuse&by={option['value']}").select_one("#services h2").text
        assert heading.split()[0] == str(number)


@pytest.mark.parametrize(
    "query",
    [
        "?topic=nonsense",
        "?topic=",
        "?for=%ff&by=<script>alert(1)</script>",
        "?page=-1",
        "?page=9999999999999999999",
        "?page=x",
        "?q=" + "a" * 9000,
        "?q=%ff%fe",
        "?q=' OR 1=1 --",
        "?" + "&".join(f"x{n}=1" for n in range(300)),
    ],
)
def test_a_hostile_query_gets_a_clean_page(reader, query):
    soup = soup_of(reader, query)
    assert not soup.find("script", src=False)
    assert soup.select_one("#crisis a.plate")


def test_an_unknown_value_is_left_out_and_said(reader):
    assert "was not understood" in soup_of(reader, "?topic=nonsense").text
    assert "was not understood" not in soup_of(reader, "?topic=domestic-abuse").text


def test_nothing_found_is_no_dead_end(reader):
    soup = soup_of(reader, "?q=zzzz")
    assert "ring a line above" in soup.text
    assert soup.select_one("#crisis a.plate")


def test_a_filter_that_is_on_can_be_taken_away(reader):
    soup = soup_of(reader, "?topic=domestic-abuse&by=webchat")
    addresses = {link["href"] for link in soup.select("#services .tags a")}
    assert {"?by=webchat", "?topic=domestic-abuse"} <= addresses


def test_words_somebody_typed_are_held_nowhere(settings):
    settings.PAGE_CACHE = True
    reader = Client()
    reader.get("/get-help/?q=refuge")
    with CaptureQueriesContext(connection) as queries:
        response = reader.get("/get-help/?q=refuge")
    assert len(queries)
    assert "no-store" in response["Cache-Control"]
    assert b'content="noindex"' in response.content
    assert "refuge" not in BeautifulSoup(response.content, "html.parser").title.text


def test_the_cost_does_not_grow_with_the_number_of_services(reader, django_assert_max_num_queries):
    for _ in range(60):
        make_service()
    soup_of(reader)
    with django_assert_max_num_queries(12):
        soup = soup_of(reader)
    assert len(names(soup)) == 20
    assert soup.select_one('a[rel="next"]')
    assert Service.objects.count() > 60


def test_every_page_of_the_list_can_be_reached(reader):
    seen, address = set(), ""
    while True:
        soup = soup_of(reader, address)
        seen.update(names(soup))
        following = soup.select_one('a[rel="next"]')
        if following is None:
            break
        address = following["href"]
    assert seen == set(Service.objects.filter(live=True).exclude(status="ended").values_list("name", flat=True))


def test_what_is_open_now_says_of_what_moment_it_speaks(reader, monkeypatch):
    moment = timezone.make_aware(datetime(2026, 11, 24, 14, 5))
    monkeypatch.setattr(timezone, "localtime", lambda *args: moment)
    soup = soup_of(reader, "?open=now&topic=domestic-abuse")
    assert "Open at 14:05 on Tuesday 24 November" in soup.text
    assert "Karma Nirvana" in names(soup)
    moment = timezone.make_aware(datetime(2026, 11, 24, 20, 0))
    monkeypatch.setattr(timezone, "localtime", lambda *args: moment)
    assert "Karma Nirvana" not in names(soup_of(reader, "?open=now&topic=domestic-abuse"))
