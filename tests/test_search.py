"""Search: people's own words, the lines above the results, and nothing kept of what they typed."""

import logging
import time
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from referrals.models import Service
from safeguarding_site.editing.roles import grant_editors
from safeguarding_site.models import DangerRule, EditorsPick, LoadedContent, SearchWeek, Topic, WordsPeopleUse
from safeguarding_site.search import totals
from safeguarding_site.search.danger import place_of
from safeguarding_site.search.extract import extract, highlight
from safeguarding_site.search.library import current_library
from safeguarding_site.search.seeds import load_search
from safeguarding_site.search.words import Query, Vocabulary, words_of
from tests import search_quality
from tests.make import make_information, make_service

pytestmark = pytest.mark.django_db
DOMESTIC_ABUSE = "/key-priorities/domestic-abuse/"
ALCOHOL = "/key-priorities/alcohol-and-drugs/"


def ask(reader, words, **more):
    answer = reader.get("/search/", {"q": words, **more})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def results(soup):
    assert len(soup.main.find_all("ol", class_="rows")) <= 1
    return [item.find("a")["href"] for item in soup.main.select("ol.rows > li")]


def lines(soup):
    """Return the numbers in the danger panel, if it stands before the results."""
    panel = soup.main.select_one("section.danger")
    if panel is None:
        return []
    found = soup.main.select_one("ol.rows")
    assert found is None or found in panel.find_all_next("ol")
    return [plate["href"] for plate in panel.select(".plate")]


# --- In their own words


@pytest.mark.both
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Domestic abuse", DOMESTIC_ABUSE),
        ("my dad drinks", ALCOHOL),
        ("boyfriend wont let me see freinds", DOMESTIC_ABUSE),
        ("matress dumped in alley", "/key-priorities/crime-and-wellbeing/"),
        ("son watching nazi videos", "/key-priorities/counter-terrorism/"),
        ("Samaritans", "/get-help/samaritans/"),
        ("hide my history", "/stay-safe-online/"),
        ("channel form", "/practitioners/channel-referral/"),
    ],
)
def test_people_find_it_in_their_own_words(reader, words, first):
    assert results(ask(reader, words))[0] == first


@pytest.mark.both
@pytest.mark.parametrize(
    "words", ["domestic abuse", "DOMESTIC ABUSE", "domestic-abuse", "domestik abuse", "domesticabuse"]
)
def test_capitals_hyphens_and_slips_make_no_difference(reader, words):
    assert results(ask(reader, words))[0] == DOMESTIC_ABUSE


@pytest.mark.parametrize("words", ["won't let me see friends", "won’t let me see friends", "wont let me see friends"])
def test_an_apostrophe_makes_no_difference(reader, words):
    assert results(ask(reader, words))[0] == DOMESTIC_ABUSE


@pytest.mark.both
def test_endings_make_no_difference(reader):
    make_information(title="Beekeeping", slug="bees", summary="About beekeepers.")
    assert "/bees/" in results(ask(reader, "beekeeper"))


def test_a_word_that_means_something_else_in_a_sentence_counts_only_alone(reader):
    assert results(ask(reader, "charlie"))[0] == ALCOHOL
    assert results(ask(reader, "charlie is my neighbour and plays loud music"))[0] != ALCOHOL


def test_editors_words_count_at_once_and_a_service_may_be_where_they_lead(reader):
    service = make_service(name="Quiet Harbour", slug="quiet-harbour")
    assert "/get-help/quiet-harbour/" not in results(ask(reader, "wibblewobble"))
    WordsPeopleUse.objects.create(
        canonical="quiet harbour", topic=service.main_topic, terms="wibblewobble", address="/get-help/quiet-harbour/"
    )
    assert results(ask(reader, "wibblewobble"))[0] == "/get-help/quiet-harbour/"


def test_a_pick_of_the_editors_stands_first(reader):
    EditorsPick.objects.create(words="fly tipping\ndumped sofa", address="/about/")
    assert results(ask(reader, "Fly-tipping"))[0] == "/about/"
    assert results(ask(reader, "someone fly tipping near me at night"))[0] != "/about/"


def test_a_pick_that_leads_nowhere_is_refused(desk):
    grant_editors()
    answer = desk.post(
        "/admin/snippets/safeguarding_site/editorspick/add/", {"words": "x", "address": "/nowhere/", "sort_order": 0}
    )
    assert "Readers find nothing at this address." in answer.content.decode()


# --- What may be found


@pytest.mark.both
def test_drafts_and_ended_services_are_never_found(reader):
    make_service(name="Zanzibar draft line", slug="zanzibar-draft", live=False)
    ended = make_service(name="Zanzibar ended line", slug="zanzibar-ended")
    shown = make_service(name="Zanzibar open line", slug="zanzibar-open")
    assert "/get-help/zanzibar-ended/" in results(ask(reader, "zanzibar"))
    ended.status = Service.Status.ENDED
    ended.save_revision().publish()
    found = results(ask(reader, "zanzibar"))
    assert shown.slug in found[0]
    assert not any("draft" in address or "ended" in address for address in found)
    shown.unpublish()
    assert results(ask(reader, "zanzibar")) == []


@pytest.mark.both
def test_a_page_that_is_no_longer_published_is_not_found(reader):
    page = make_information(title="Zanzibar", slug="zanzibar")
    assert results(ask(reader, "zanzibar")) == ["/zanzibar/"]
    page.unpublish()
    assert results(ask(reader, "zanzibar")) == []


def test_a_word_of_a_draft_is_never_offered_as_a_correction(reader):
    make_service(name="Kangaroo house", slug="kangaroo", live=False)
    assert "kangaroo" not in ask(reader, "kangaro").get_text()


def test_an_address_of_a_confidential_service_is_in_no_index_and_no_result(reader):
    service = make_service(name="Kangaroo refuge", slug="kangaroo", confidential_address=True)
    service.what_happens = "Come to 12 Kangaroo Street, TF1 1AA."
    with pytest.raises(Exception, match="confidential"):
        service.clean()
    assert "TF1" not in ask(reader, "kangaroo refuge").main.get_text()


def test_results_say_what_they_are_and_mark_the_words(reader):
    soup = ask(reader, "prevent referral form")
    text = soup.main.select_one("ol.rows").get_text()
    assert "Guide" in text
    assert "Page" in text
    assert soup.main.select("ol.rows mark")


def test_many_results_come_on_pages(reader):
    for number in range(25):
        make_information(title=f"Zanzibar {number}", slug=f"zanzibar-{number}")
    first, third = ask(reader, "zanzibar"), ask(reader, "zanzibar", page="3")
    assert len(results(first)) == 10
    assert len(results(third)) == 5
    assert not set(results(first)) & set(results(third))
    assert first.main.select_one('a[rel="next"]')["href"] == "?q=zanzibar&page=2"
    assert results(ask(reader, "zanzibar", page="x"))


def test_a_text_of_an_editor_cannot_break_out_of_a_result(reader):
    make_information(title="Zanzibar <script>alert(1)</script>", slug="zanzibar")
    assert b"<script>alert" not in reader.get("/search/?q=zanzibar").content


# --- Danger


@pytest.mark.both
@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("I want to kill myself", "tel:116123"),
        ("sucidal", "tel:116123"),
        ("he said he will kill me", "tel:08082000247"),
        ("hands round my throat", "tel:08082000247"),
        ("someone has a knife", "tel:999"),
        ("i was raped", "tel:08085002222"),
    ],
)
def test_words_of_danger_put_999_and_the_right_line_above_the_results(reader, words, number):
    found = lines(ask(reader, words))
    assert found[0] == "tel:999"
    assert number in found


@pytest.mark.parametrize("words", ["bulky waste collection", "annual report", "noisy neighbours", "accessibility"])
def test_other_words_do_not(reader, words):
    assert lines(ask(reader, words)) == []


def test_editors_rules_count_at_once_and_their_exceptions_too(reader):
    rule = DangerRule.objects.create(name="x", words="purple gorilla", lines=["shout"])
    assert "tel:999" in lines(ask(reader, "a purple and angry gorilla"))
    assert lines(ask(reader, "gorilla, purple")) == []
    rule.not_words = "purple gorilla suit"
    rule.save()
    assert lines(ask(reader, "purple gorilla suit")) == []


def test_the_panel_claims_nothing_and_blames_nobody(reader):
    text = ask(reader, "he hits me").main.select_one("section.danger").get_text()
    assert "can mean danger" in text
    assert "You know best" in text


@pytest.mark.parametrize(
    ("phrase", "words", "found"),
    [
        ("kill me", "kill me", True),
        ("kill me", "kill both of me", True),
        ("kill me", "kill the three of me", False),
        ("kill me", "me kill", False),
    ],
)
def test_a_phrase_is_found_in_its_order_with_small_gaps(phrase, words, found):
    assert bool(place_of(phrase.split(), words.split())) == found


# --- No dead end


@pytest.mark.both
@pytest.mark.parametrize("words", ["xyzzy", "", "a", "????"])
def test_nothing_found_leads_on(reader, words):
    soup = ask(reader, words)
    assert results(soup) == []
    links = {link["href"] for link in soup.main.find_all("a")}
    assert {"/get-help/", DOMESTIC_ABUSE, "tel:116123"} <= links


@pytest.mark.parametrize("path", ["/", "/about/", "/search/", "/no/such/page/", "/search/?q=x"])
def test_there_is_one_search_box_on_every_page(reader, path):
    forms = BeautifulSoup(reader.get(path).content, "html.parser").select('form[action="/search/"]')
    assert len(forms) == 1
    assert forms[0]["autocomplete"] == "off"
    assert forms[0].get("method", "get") == "get"
    assert forms[0].find("input")["name"] == "q"


def test_the_box_of_a_page_not_found_holds_the_words_of_the_address(reader):
    soup = BeautifulSoup(reader.get("/info/domestic_abuse/").content, "html.parser")
    assert soup.select_one("form input")["value"] == "info domestic abuse"


# --- Nothing kept


@pytest.mark.parametrize("path", ["/search/?q=zebra", "/search/?q=", "/search/?q=zebra&page=2", "/get-help/?q=zebra"])
def test_an_answer_to_words_is_held_by_nobody(path, settings):
    settings.PAGE_CACHE = True
    answer = Client().get(path)
    assert "no-store" in answer["Cache-Control"]
    assert "X-Accel-Expires" not in answer
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert list(cache._cache) == [] or not any(b"zebra" in value for value in cache._cache.values())


def test_the_page_without_words_is_an_ordinary_page(settings):
    settings.PAGE_CACHE = True
    for path in ("/search/", "/search/?v=q"):
        assert "X-Accel-Expires" in Client().get(path)
    assert SearchWeek.objects.count() == 0


def test_the_words_are_in_no_title_no_log_and_no_table(reader, caplog):
    with caplog.at_level(logging.DEBUG):
        soup = ask(reader, "zebracrossing")
    assert "zebracrossing" not in soup.title.get_text()
    assert "zebracrossing" not in "".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "zebracrossing" not in repr(cursor.fetchall())


def test_a_fault_of_the_database_does_not_write_the_words_down(reader, caplog, monkeypatch):
    def fail(words, library):
        raise DatabaseError(f"near {words}")

    monkeypatch.setattr("safeguarding_site.search.ranking.full_text", fail)
    reader.raise_request_exception = False
    assert reader.get("/search/?q=zebracrossing").status_code == 500
    assert caplog.records
    assert "zebracrossing" not in caplog.text


def test_the_page_says_what_it_cannot_help(reader):
    assert "stays in its history" in ask(reader, "help").main.get_text()


@pytest.mark.both
def test_editors_see_totals_of_a_week_and_no_words(reader, desk):
    ask(reader, "domestic abuse")
    ask(reader, "domestic abuse", page="2")
    ask(reader, "xyzzy")
    ask(reader, "")
    week = SearchWeek.objects.get()
    assert (week.searches, week.without_result) == (2, 1)
    assert week.week.weekday() == 0
    assert week.week <= timezone.localdate() < week.week + timedelta(days=7)
    grant_editors()
    assert b"xyzzy" not in desk.get("/admin/reports/searches/").content


def test_a_search_that_cannot_be_counted_is_answered(reader, monkeypatch):
    def fail(**kwargs):
        raise DatabaseError

    monkeypatch.setattr(totals.SearchWeek.objects, "filter", fail)
    assert results(ask(reader, "domestic abuse"))


# --- Editors


def test_an_editor_sees_why_a_result_stands_where_it_does(desk):
    grant_editors()
    text = BeautifulSoup(desk.post("/admin/search/try/", {"q": "my dad drinsk"}).content, "html.parser").get_text()
    assert "drinsk to drinks" in text
    assert "the page about “Alcohol and drugs”" in text
    assert SearchWeek.objects.count() == 0


@pytest.mark.parametrize("path", ["/admin/search/try/", "/admin/reports/searches/"])
def test_nobody_else_does(client, django_user_model, path):
    assert client.get(path).status_code == 302
    django_user_model.objects.create_user("nobody", password="a long pass phrase")
    client.login(username="nobody", password="a long pass phrase")
    assert client.get(path).status_code in (302, 403)


@pytest.mark.parametrize("model", ["wordspeopleuse", "dangerrule", "editorspick"])
def test_an_editor_keeps_the_records(desk, model):
    grant_editors()
    record = DangerRule.objects.first() if model == "dangerrule" else WordsPeopleUse.objects.first()
    assert desk.get(f"/admin/snippets/safeguarding_site/{model}/").status_code == 200
    assert desk.get(f"/admin/snippets/safeguarding_site/{model}/add/").status_code == 200
    if model != "editorspick":
        assert desk.get(f"/admin/snippets/safeguarding_site/{model}/edit/{record.pk}/").status_code == 200


def test_saving_a_rule_keeps_the_order_of_its_lines_and_those_not_shown_now(desk):
    grant_editors()
    rule = DangerRule.objects.create(name="x", words="y", lines=["shout", "not-yet-published", "childline"])
    address = f"/admin/snippets/safeguarding_site/dangerrule/edit/{rule.pk}/"
    boxes = BeautifulSoup(desk.get(address).content, "html.parser").select('input[name="lines"]')
    ticked = [box["value"] for box in boxes if box.has_attr("checked")]
    data = {"name": "x", "words": "y", "not_words": "", "topic": "", "sort_order": "0", "lines": ticked}
    assert desk.post(address, data).status_code == 302
    rule.refresh_from_db()
    assert rule.lines == ["shout", "not-yet-published", "childline"]


@pytest.mark.both
def test_words_and_rules_are_loaded_once_and_are_the_editors_from_then_on():
    record = WordsPeopleUse.objects.filter(canonical="grooming").first()
    record.terms = "mine"
    record.save()
    gone = DangerRule.objects.first()
    gone.delete()
    assert load_search() == []
    record.refresh_from_db()
    assert record.terms == "mine"
    assert not DangerRule.objects.filter(name=gone.name).exists()
    assert LoadedContent.objects.filter(name__startswith="words:").count() == WordsPeopleUse.objects.count()


def test_every_seeded_address_leads_somewhere():
    known = current_library().by_address
    for record in WordsPeopleUse.objects.exclude(address=""):
        assert record.address in known


def test_every_line_a_seeded_rule_names_is_a_service():
    slugs = set(Service.objects.values_list("slug", flat=True))
    for rule in DangerRule.objects.all():
        assert set(rule.lines) <= slugs


# --- Bad input

HOSTILE = [
    "",
    " ",
    "a",
    "x" * 10_000,
    "help " * 2_000,
    "😀😀😀",
    "👩‍👩‍👧 help",
    "مساعدة عنف منزلي",
    "עזרה",
    "' OR 1=1 --",
    '"; DROP TABLE wagtailcore_page; --',
    "%s %d %(x)s 100%",
    "\\",
    "(((((((((",
    "a & b | !c:* <-> d",
    "NEAR(a b) AND NOT OR *",
    "^col:title*",
    "(a+)+$" * 50,
    "<script>alert(1)</script>",
    "{{ 7 }}{% load x %}",
    "\ud800",
    "ﷺ" * 200,
    "\u202eabuse",
    "é" * 300,
    "1 2 3 4 5 6 7 8 9 " * 50,
    " ".join(f"wrod{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(400)),
]


@pytest.mark.both
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_get_a_clean_page_in_bounded_time(reader, words):
    current_library()
    start = time.perf_counter()
    answer = reader.get("/search/", {"q": words.encode("utf-8", "surrogatepass")})
    assert time.perf_counter() - start < 2  # a tenth of it when the machine has nothing else to do
    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    assert b"<script>alert" not in answer.content
    assert b"49" not in BeautifulSoup(answer.content, "html.parser").select_one("form input").get("value", "").encode()


@pytest.mark.both
@pytest.mark.parametrize("asked", [{"q": "\x00"}, {"q": "suicide\x00"}, {"q": "abuse", "page": "\x00"}])
def test_a_null_byte_is_refused_with_a_page(reader, asked):
    answer = reader.get("/search/", asked)
    assert answer.status_code == 400
    assert BeautifulSoup(answer.content, "html.parser").h1


@pytest.mark.parametrize("page", ["0", "-1", "999999999999999999999", "😀"])
def test_a_hostile_page_number_is_no_fault(reader, page):
    assert reader.get("/search/", {"q": "abuse", "page": page}).status_code == 200


# --- Cost


@pytest.mark.both
@pytest.mark.parametrize("words", ["domestic abuse", "boyfriend wont let me see freinds", "xyzzy", "kill myself"])
def test_a_search_costs_at_most_twelve_queries(reader, words):
    ask(reader, "anything at all")  # the first of a week, and of a process
    with CaptureQueriesContext(connection) as queries:
        ask(reader, words)
    assert len(queries) <= 12


def test_what_search_knows_is_renewed_only_when_something_changed():
    before = current_library()
    assert current_library() is before
    Topic.objects.filter(key="domestic-abuse").update(name="Abuse at home")
    assert current_library() is not before


# --- The parts


def test_words_are_taken_apart_the_same_way_however_they_are_written():
    assert words_of("Won’t  FLY-tipping café\x00!") == ["wont", "fly", "tipping", "cafe"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("freinds", "friends"),
        ("frends", "friends"),
        ("friends", None),
        ("xyz", None),
        ("alleycat", "alley cat"),
        ("zzzzzzzz", None),
    ],
)
def test_a_slip_is_mended_with_a_word_of_ours(word, meant):
    assert Vocabulary({"friends": 3, "fiends": 1, "alley": 1, "cat": 1}).correct(word) == meant


def test_two_words_that_are_one_here_are_joined():
    assert "safeguarding" in Query("safe guarding", Vocabulary({"safeguarding": 2, "safe": 1})).content


def test_an_extract_is_the_sentence_that_answers():
    text = "First things first. Second of all.\nCall them when he drinks. Then wait."
    assert extract(text, {"drink"}) == "Call them when he drinks. Then wait."
    assert len(extract("word " * 500 + "drinks " + "word " * 500, {"drink"})) < 200


def test_a_highlight_escapes_what_it_marks():
    assert highlight("<b>drinks</b> & drinking", {"drink"}) == (
        "&lt;b&gt;<mark>drinks</mark>&lt;/b&gt; &amp; <mark>drinking</mark>"
    )


# --- Quality


@pytest.mark.both
@pytest.mark.skipif(not search_quality.FILE.exists(), reason="tests/search_queries.toml is not there yet")
def test_people_find_what_they_need(reader):
    table = search_quality.measure(reader)
    assert table.hit_at_1 >= 0.85, table
    assert table.hit_at_3 >= 0.95, table
    assert not table.danger_without_line, table


def test_the_quality_table_sees_a_miss(reader, tmp_path):
    file = tmp_path / "queries.toml"
    file.write_text(
        '[[query]]\nwords = "domestic abuse"\nexpect = ["/key-priorities/domestic-abuse/"]\ndanger = false\n'
        '[[query]]\nwords = "bulky waste"\nexpect = ["/nowhere/"]\ndanger = true\n'
    )
    assert tomllib.loads(file.read_text())
    table = search_quality.measure(reader, Path(file))
    assert table.hit_at_1 == table.hit_at_3 == 0.5
    assert table.danger_without_line == ["bulky waste"]
    assert "bulky waste" in str(table)


def test_the_search_page_itself_and_the_home_page_are_no_results(reader):
    titles = {document.title for document in current_library().documents}
    assert "Search" not in titles
    assert Page.objects.get(depth=2).title not in titles
