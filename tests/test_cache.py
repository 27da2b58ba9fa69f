"""One second of memory: for readers only, and never longer."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.make import make_information

pytestmark = pytest.mark.django_db


@pytest.fixture
def remembering(settings):
    settings.PAGE_CACHE = True


def queries_for(client, path):
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def test_a_second_reader_within_the_second_costs_the_database_nothing(remembering):
    assert queries_for(Client(), "/about/") > 0
    assert queries_for(Client(), "/about/") == 0


def test_a_publish_shows_within_two_seconds(remembering, page_at):
    reader = Client()
    reader.get("/about/")
    page = page_at("/about/")
    page.summary = "New words"
    page.save_revision().publish()
    deadline = time.monotonic() + 2
    while b"New words" not in reader.get("/about/").content:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_browser_asks_again_each_time(remembering):
    assert Client().get("/about/")["Cache-Control"] == "max-age=0"


def test_an_editors_page_neither_comes_from_memory_nor_goes_into_it(remembering, editor):
    desk = Client()
    desk.force_login(editor)
    assert b"wagtail-userbar" in desk.get("/about/").content
    assert b"wagtail-userbar" not in Client().get("/about/").content
    assert b"wagtail-userbar" in desk.get("/about/").content


@pytest.mark.parametrize("remembers", [True, False])
def test_an_editors_page_is_held_by_nobody(settings, editor, remembers):
    settings.PAGE_CACHE = remembers
    desk = Client()
    desk.force_login(editor)
    for path in ("/about/", "/key-priorities/domestic-abuse/"):
        response = desk.get(path)
        assert "private" in response["Cache-Control"]
        assert "no-store" in response["Cache-Control"]
        assert not response.has_header("X-Accel-Expires")


def test_an_error_is_not_remembered(remembering, page_at):
    assert Client().get("/new-page/").status_code == 404
    make_information(slug="new-page")
    assert Client().get("/new-page/").status_code == 200


def test_a_login_form_is_never_stored(remembering):
    assert "no-store" in Client().get("/admin/login/")["Cache-Control"]


def test_one_setting_switches_it_off(settings):
    settings.PAGE_CACHE = False
    Client().get("/about/")
    assert queries_for(Client(), "/about/") > 0


def test_a_page_with_the_exit_is_remembered_too(remembering):
    Client().get("/key-priorities/domestic-abuse/")
    assert queries_for(Client(), "/key-priorities/domestic-abuse/") == 0


def test_typed_words_are_not_remembered(remembering):
    assert queries_for(Client(), "/get-help/?q=bruises") > 0
    assert queries_for(Client(), "/get-help/?q=bruises") > 0
