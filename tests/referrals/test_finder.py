"""The guided finder: four questions at most, then somebody to turn to; and nothing in an address tells."""

import re
import tomllib

import pytest
import textstat
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from referrals.finder import seeds
from referrals.finder.choose import services_of
from referrals.finder.graph import MOST, Graph, faults_of
from referrals.models import (
    FinderAnswer,
    FinderCode,
    FinderEnding,
    FinderPlace,
    FinderQuestion,
    FinderSettings,
    Service,
)
from referrals.models.finder import HOW, finder_graph
from safeguarding_site.editing.roles import grant_editors
from safeguarding_site.models import EmergencyFacts, LoadedContent, Topic
from safeguarding_site.seeds import SeedError
from tests.make import make_service
from tests.test_words import NAMES, blaming_terms

pytestmark = pytest.mark.django_db
START = "/get-help/find/"
SEED = tomllib.loads(seeds.FILE.read_text(encoding="utf-8"))


def soup_of(reader, address):
    response = reader.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def every_page(reader):
    """Yield (answers given, address, soup) of every page that a reader can come to, by its links alone."""
    waiting, seen = [((), START)], set()
    while waiting:
        given, address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        soup = soup_of(reader, address)
        yield given, address, soup
        for link in soup.select(".answers a"):
            waiting.append(((*given, link.text), link["href"]))


def every_way(reader, address=START, given=()):
    """Yield (answers given, soup of the last page) of every way through the finder."""
    assert len(given) <= MOST, given
    soup = soup_of(reader, address)
    links = soup.select(".answers a")
    if not links:
        yield given, soup
    for link in links:
        yield from every_way(reader, link["href"], (*given, link.text))


def follow(reader, *answers):
    soup = soup_of(reader, START)
    for words in answers:
        link = next(link for link in soup.select(".answers a") if words in link.text)
        soup = soup_of(reader, link["href"])
    return soup


def names(soup):
    return [heading.text for heading in soup.select("main .sheet h2")]


def code_of(ending, how=""):
    return FinderCode.objects.get(ending=ending, how=how).code


def make_ending(name="An ending", services=(), **values):
    ending = FinderEnding.objects.create(
        name=name, heading="You can talk", topic=Topic.objects.get(key="domestic-abuse"), **values
    )
    for place, service in enumerate(services):
        FinderPlace.objects.create(ending=ending, service=service, sort_order=place)
    return ending


def make_question(text, *targets):
    question = FinderQuestion.objects.create(name=text, text=text)
    for place, to in enumerate(targets):
        leads = {"next_question": to} if isinstance(to, FinderQuestion) else {"ending": to}
        FinderAnswer.objects.create(question=question, text=f"Answer {place}", sort_order=place, **leads)
    return question


# --- The way through


def test_every_way_ends_within_four_questions_in_at_least_one_way_to_get_help(reader):
    ways = list(every_way(reader))
    assert len(ways) > 100
    for given, soup in ways:
        assert soup.select('main a[href^="tel:"], main a[href^="sms:"], main a[href^="mailto:"], main .sheet a'), given
        assert len(names(soup)) <= 3
        assert soup.select_one('main .more a[href="/get-help/"]'), given


def test_every_ending_says_what_to_say(reader):
    for given, soup in every_way(reader):
        headings = [heading.text for heading in soup.select("main h2")]
        assert any(
            words in headings for words in ["What to say when they answer", "What you can write", "What you can say"]
        ), given


def test_the_seeded_finder_has_no_fault_and_uses_all_it_brings(reader):
    graph = finder_graph()
    assert [faults_of(graph, key) for key in graph.words] == [[] for _ in graph.words]
    assert reader.get(START).status_code == 200
    led_to = set(FinderAnswer.objects.values_list("ending", flat=True))
    assert not FinderEnding.objects.exclude(pk__in=led_to).exists()


def test_the_five_priorities_and_the_other_worries_have_a_way(reader):
    topics = set(FinderEnding.objects.values_list("topic__key", flat=True))
    assert topics == set(Topic.objects.values_list("key", flat=True))


def test_danger_now_ends_at_once(reader):
    soup = follow(reader, "Someone is in danger now")
    call = soup.select_one("main section")
    assert "danger" in call["class"]
    assert call.select_one('a[href="tel:999"]')
    assert "55 (mobiles only)" in " ".join(call.text.split())
    assert not soup.select(".answers a")


def test_every_answer_that_speaks_of_danger_leads_to_the_emergency_number_at_once(reader):
    for _, _, soup in every_page(reader):
        for link in soup.select(".answers a.way--now"):
            assert soup_of(reader, link["href"]).select_one('main .danger a[href="tel:999"]')
    safe = [question for question in SEED["question"] if question["key"].startswith("safe-")]
    assert safe
    assert all(question["answers"][0]["ending"].startswith("danger") for question in safe)


# --- Nothing tells


def test_addresses_and_titles_tell_nothing(reader):
    words = " ".join(row["key"] for row in SEED["question"] + SEED["ending"])
    for _, address, soup in every_page(reader):
        assert re.fullmatch(r"/get-help/find/([bcdfghjkmnpqrstvwxz2-9]{4}/)?", address)
        assert address == START or address.strip("/").rpartition("/")[2] not in words
        assert re.fullmatch(r"Find help – (step [1-4] of [1-4]|answer)", soup.title.text)


def test_codes_are_made_by_chance_and_stay(reader):
    ending = make_ending()
    first = {code.how: code.code for code in ending.codes.all()}
    assert set(first) == {"", *HOW}
    ending.heading = "Another"
    ending.save()
    assert {code.how: code.code for code in ending.codes.all()} == first
    twin = make_ending("A twin")
    assert not {code.code for code in twin.codes.all()} & set(first.values())


def test_no_page_is_held_listed_or_remembered(reader, settings):
    settings.PAGE_CACHE = True
    reader = Client()
    for address in [START, START + code_of(FinderEnding.objects.first()) + "/"]:
        reader.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = reader.get(address)
        assert len(queries)
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
    assert b"/find/" not in reader.get("/sitemap.xml").content


def test_no_page_needs_a_form_or_a_script_to_go_on(reader):
    for _, _, soup in every_page(reader):
        assert not soup.select("main form, main button, main input")
        assert not soup.find("script", src=False)
        assert len(soup.select("h1")) == 1


def test_a_quiet_visit_is_no_trouble(reader):
    assert soup_of(reader, START + "?v=q").h1.text == soup_of(reader, START).h1.text


@pytest.mark.parametrize(
    "code",
    ["zzzz", "a" * 9000, "-", "%F0%9F%98%80", "..%2f..", "' OR 1=1 --", "<script>", "1e9", "bcd/fgh", "%D7%A9"],
)
def test_a_hostile_code_gets_a_clean_404(reader, code):
    response = reader.get(f"{START}{code}/")
    assert response.status_code == 404
    assert b'href="tel:999"' in response.content


def test_a_page_costs_at_most_twelve_queries(reader):
    reader.get(START)
    empty = FinderEnding.objects.get(name="Noise")
    FinderPlace.objects.filter(ending=empty).delete()
    for _, address, _ in every_page(reader):
        with CaptureQueriesContext(connection) as queries:
            reader.get(address)
        assert len(queries) <= 12, address


# --- How to get in touch


def test_only_services_that_can_be_reached_in_that_way_are_shown(reader):
    emergency = EmergencyFacts.current()
    for ending in FinderEnding.objects.select_related("topic"):
        for how, kinds in [("phone", {"phone"}), ("quiet", {"text", "webchat", "email", "form"})]:
            found = services_of(ending, how, emergency)
            if found.fits:
                assert {way[0] for choice in found.choices for way in choice.ways} <= kinds, (ending, how)


def test_somebody_who_cannot_speak_gets_no_number_to_ring(reader):
    soup = follow(reader, "hurts, scares", "Me", "Not right now", "not speak")
    assert "National Domestic Abuse Helpline" in names(soup)
    assert not soup.select('main a[href^="tel:"]')
    assert "What you can write" in soup.text


def test_a_way_that_a_record_loses_is_lost_here_too(reader):
    chatty = make_service(name="Chatty")
    chatty.contacts = chatty.contacts.stream_block.to_python(
        [{"type": "webchat", "value": {"url": "https://example.org/"}}]
    )
    chatty.save()
    ending = make_ending(services=[make_service(name="Ringing"), chatty])
    quiet = f"{START}{code_of(ending, 'quiet')}/"
    assert names(soup_of(reader, quiet)) == ["Chatty"]
    chatty.contacts = chatty.contacts.stream_block.to_python([{"type": "phone", "value": {"number": "0800 1111"}}])
    chatty.save()
    soup = soup_of(reader, quiet)
    assert "no one here you can write to" in soup.text
    assert soup.select('main a[href^="sms:"]'), "a crisis line that can be written to"


def test_a_way_that_nobody_offers_is_said_and_not_left_empty(reader):
    soup = follow(reader, "hurts, scares", "Me", "Not right now", "in person")
    assert "no place here that you can walk into" in soup.text
    assert names(soup)


def test_at_a_safe_time_those_who_always_answer_come_first(reader):
    soup = follow(reader, "hurts, scares", "I hurt or scare", "safe for me")
    assert names(soup)[0] == "Samaritans"


def test_an_ending_without_a_line_for_the_night_names_one(reader):
    ending = make_ending(services=[make_service(name="By day")])
    soup = soup_of(reader, f"{START}{code_of(ending, 'phone')}/")
    assert "In the middle of the night" in soup.text
    assert "116 123" in soup.text


def test_a_number_that_stands_above_is_not_shown_again(reader):
    for _, soup in every_way(reader):
        numbers = [plate.text for plate in soup.select("main .sheet .plate")]
        assert len(numbers) == len(set(numbers))


# --- Services that go


@pytest.mark.parametrize("how", ["phone", "quiet", "person", "later"])
def test_an_ending_whose_services_are_all_withdrawn_still_helps(reader, how):
    service = make_service(name="Gone")
    ending = make_ending(services=[service])
    address = f"{START}{code_of(ending, how)}/"
    Service.objects.filter(pk=service.pk).update(status=Service.Status.ENDED)
    soup = soup_of(reader, address)
    assert "Gone" not in soup.text
    assert "0808 2000 247" in soup.select_one("main .plate").text
    assert soup.select_one('main .more a[href="/get-help/"]')
    service.delete()
    assert "0808 2000 247" in soup_of(reader, address).text
    Service.objects.update(live=False)
    assert "01952 385385" in soup_of(reader, address).main.text


def test_a_draft_service_stays_out_of_the_finder(reader):
    ending = make_ending(
        services=[make_service(name="Secret", live=False), make_service(name="Open line")], ask_how=False
    )
    assert names(soup_of(reader, f"{START}{code_of(ending)}/")) == ["Open line"]


def test_a_service_that_an_ending_shows_is_not_deleted_from_the_desk(desk):
    service = Service.objects.get(slug="report-fraud")
    response = desk.post(reverse("wagtailsnippets_referrals_service:delete", args=[service.pk]), follow=True)
    assert "the finder (“Scam or fraud”)" in response.content.decode()
    assert Service.objects.filter(pk=service.pk).exists()


def test_the_finders_own_address_is_taken():
    service = make_service()
    service.slug = "find"
    with pytest.raises(ValidationError, match="a page of its own"):
        service.full_clean()


# --- Editors


def question_form(question, answers):
    rows = [
        {"id": "", "text": words, "note": "", "next_question": "", "ending": "", "ORDER": str(place), **leads}
        for place, (words, leads) in enumerate(answers)
    ]
    return nested_form_data({"name": question.name, "text": question.text, "help": "", "answers": inline_formset(rows)})


def send(desk, question, answers):
    FinderAnswer.objects.filter(question=question).delete()
    address = reverse("wagtailsnippets_referrals_finderquestion:edit", args=[question.pk])
    return desk.post(address, question_form(question, answers))


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ")


def test_an_editor_changes_a_question_and_readers_get_it_at_once(desk, reader):
    ending = make_ending()
    question = make_question("Old words", ending, ending)
    question.text = "New words"
    response = send(desk, question, [("One", {"ending": ending.pk}), ("Two", {"ending": ending.pk})])
    assert response.status_code == 302
    address = f"{START}{FinderCode.objects.get(question=question).code}/"
    soup = soup_of(Client(), address)
    assert soup.h1.text == "New words"
    assert [link.text for link in soup.select(".answers a")] == ["One", "Two"]
    assert question.revisions.count() == 1


def test_an_answer_that_leads_nowhere_is_refused_and_named(desk):
    ending = make_ending()
    question = make_question("Which?", ending, ending)
    response = send(desk, question, [("Lost", {}), ("Found", {"ending": ending.pk})])
    assert response.status_code == 200
    assert "“Lost” leads nowhere" in text_of(response)


def test_an_answer_that_leads_to_two_places_is_refused(desk):
    ending = make_ending()
    other = make_question("Other?", ending, ending)
    question = make_question("Which?", ending, ending)
    both = {"ending": ending.pk, "next_question": other.pk}
    response = send(desk, question, [("Torn", both), ("Found", {"ending": ending.pk})])
    assert "“Torn” leads to two places" in text_of(response)


def test_a_circle_is_refused_and_named(desk):
    ending = make_ending()
    last = make_question("Last?", ending, ending)
    middle = make_question("Middle?", last, ending)
    response = send(desk, last, [("Back", {"next_question": middle.pk}), ("On", {"ending": ending.pk})])
    assert response.status_code == 200
    assert "circle: “Last?” → “Middle?” → “Last?”" in text_of(response)
    response = send(desk, last, [("Self", {"next_question": last.pk}), ("On", {"ending": ending.pk})])
    assert "circle: “Last?” → “Last?”" in text_of(response)
    assert not FinderAnswer.objects.filter(question=last).exists()


def test_a_fifth_question_is_refused_and_the_way_named(desk):
    ending = make_ending(ask_how=False)
    row = [make_question("Q4?", ending, ending)]
    for number in (3, 2, 1):
        row.insert(0, make_question(f"Q{number}?", row[0], ending))
    asking = make_ending("Asking", ask_how=True)
    response = send(desk, row[-1], [("A", {"ending": asking.pk}), ("B", {"ending": ending.pk})])
    assert response.status_code == 200
    assert "“Q1?” → “Q2?” → “Q3?” → “Q4?” → “Asking”" in text_of(response)
    extra = make_question("Q0?", ending, ending)
    response = send(desk, extra, [("A", {"next_question": row[0].pk}), ("B", {"ending": ending.pk})])
    assert "4 questions at most" in text_of(response)


def test_an_ending_that_would_make_a_way_too_long_is_refused(desk):
    ending = make_ending(ask_how=False)
    row = make_question("Q4?", ending, ending)
    for number in (3, 2, 1):
        row = make_question(f"Q{number}?", row, ending)
    values = {"name": ending.name, "heading": "H", "text": "", "say": "", "topic": ending.topic_id, "ask_how": "on"}
    values |= {"places": inline_formset([])}
    address = reverse("wagtailsnippets_referrals_finderending:edit", args=[ending.pk])
    response = desk.post(address, nested_form_data(values))
    assert "4 questions at most" in text_of(response)
    ending.refresh_from_db()
    assert not ending.ask_how
    assert desk.post(address, nested_form_data({**values, "danger": "on"})).status_code == 302


def test_the_rule_sees_each_fault_and_lets_a_good_graph_be():
    good = Graph(words={1: "a", 2: "b", 3: "c"}, answers={1: [("x", 2), ("y", 3)], 2: [("z", 3)]}, asks_how={3})
    assert not any(faults_of(good, key) for key in good.words)
    good.answers[2] = [("z", 1)]
    assert "circle" in faults_of(good, 1)[0][0]
    good.answers[2] = []
    assert "no answers" in faults_of(good, 2)[0][0]
    good.answers[2] = [("z", None)]
    assert "nowhere" in faults_of(good, 2)[0][0]


@pytest.mark.parametrize("kind", ["finderquestion", "finderending"])
def test_what_is_led_to_is_not_deleted(desk, kind):
    ending = make_ending()
    question = make_question("Inner?", ending, ending)
    make_question("Outer?", question, ending)
    record = question if kind == "finderquestion" else ending
    response = desk.post(reverse(f"wagtailsnippets_referrals_{kind}:delete", args=[record.pk]), follow=True)
    assert "cannot be deleted while it is led to by: “Answer" in text_of(response)
    bulk = reverse("wagtail_bulk_action", args=["referrals", kind, "delete"])
    desk.post(f"{bulk}?id={record.pk}")
    assert type(record).objects.filter(pk=record.pk).exists()
    with pytest.raises(ProtectedError):
        record.delete()


def test_the_first_question_is_not_deleted(desk):
    first = FinderSettings.current().first_question
    response = desk.post(reverse("wagtailsnippets_referrals_finderquestion:delete", args=[first.pk]), follow=True)
    assert "it is the first question" in text_of(response)


def test_a_circle_that_came_in_by_another_door_is_marked_and_breaks_nothing(desk, reader):
    ending = make_ending()
    inner = make_question("Inner?", ending, ending)
    outer = make_question("Outer?", inner, ending)
    FinderAnswer.objects.create(question=inner, text="Round", next_question=outer)
    FinderSettings.objects.update(first_question=outer)
    page = desk.get(reverse("finder_ways"))
    assert "This goes in a circle: “Inner?” → “Outer?” → “Inner?”" in text_of(page)
    assert soup_of(Client(), START).h1.text == "Outer?"


def test_the_overview_shows_every_way_and_what_is_wrong(desk):
    html = text_of(desk.get(reverse("finder_ways")))
    for row in SEED["question"]:
        assert row["name"] in html
        assert all(answer["text"] in html for answer in row["answers"])
    assert all(row["name"] in html for row in SEED["ending"])
    assert "need you" not in html
    make_ending("Nobody comes here")
    html = text_of(desk.get(reverse("finder_ways")))
    assert "It names no service" in html
    assert "Nothing leads here" in html


def test_the_overview_is_for_those_who_may_change_it(reader):
    assert reader.get(reverse("finder_ways")).status_code == 302


def test_every_form_of_the_finder_opens(desk):
    for address in [
        reverse("wagtailsnippets_referrals_finderquestion:list"),
        reverse("wagtailsnippets_referrals_finderquestion:add"),
        reverse("wagtailsnippets_referrals_finderquestion:edit", args=[FinderQuestion.objects.first().pk]),
        reverse("wagtailsnippets_referrals_finderending:list"),
        reverse("wagtailsnippets_referrals_finderending:edit", args=[FinderEnding.objects.first().pk]),
        reverse("wagtailsettings:edit", args=["referrals", "findersettings"]),
    ]:
        assert desk.get(address, follow=True).status_code == 200


@pytest.mark.parametrize("record", [FinderQuestion, FinderEnding], ids=["question", "ending"])
def test_nothing_goes_live_while_an_editor_is_still_typing(desk, record):
    kind = record._meta.model_name
    for address in [
        reverse(f"wagtailsnippets_referrals_{kind}:add"),
        reverse(f"wagtailsnippets_referrals_{kind}:edit", args=[record.objects.first().pk]),
    ]:
        assert b"data-w-autosave-interval-value" not in desk.get(address).content
    pages = reverse("wagtailadmin_pages:edit", args=[Page.objects.get(depth=2).pk])
    assert b"data-w-autosave-interval-value" in desk.get(pages).content, "the mark that this test looks for"


def test_editors_of_a_site_older_than_the_finder_may_keep_it(editor):
    LoadedContent.objects.filter(name="grants:referrals:finder").delete()
    group = editor.groups.get()
    group.permissions.remove(*group.permissions.filter(codename__contains="finder"))
    assert LoadedContent.objects.filter(name="grants:referrals").exists()
    grant_editors()
    assert editor.groups.get().permissions.filter(codename="change_finderquestion").exists()


def test_without_a_first_question_there_is_still_help(reader):
    FinderSettings.objects.update(first_question=None)
    soup = soup_of(reader, START)
    assert soup.select_one("main a.plate")
    assert soup.select_one('main .more a[href="/get-help/"]')


# --- What it comes with


def test_it_is_loaded_once(reader):
    before = FinderQuestion.objects.count()
    assert seeds.load_finder() == []
    assert FinderQuestion.objects.count() == before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('next = "home"', 'next = "nothing"', "'nothing'"),
        ('{text = "Noise", ending = "noise"}', '{text = "Noise", next = "what"}', "goes in a circle"),
        ('{text = "Noise", ending = "noise"}', '{text = "Noise"}', "leads nowhere"),
        ('services = ["report-fraud"', 'services = ["report-frog"', "'report-frog'"),
        ('heading = "Report it online"', 'headline = "Report it online"', "unknown key 'headline'"),
    ],
)
def test_a_fault_in_the_file_is_refused_and_named(tmp_path, old, new, told):
    FinderSettings.objects.all().delete()
    FinderAnswer.objects.all().delete()
    FinderQuestion.objects.all().delete()
    FinderEnding.objects.all().delete()
    LoadedContent.objects.filter(name=seeds.NAME).delete()
    file = tmp_path / "finder.toml"
    text = seeds.FILE.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SeedError, match=re.escape(told)):
        seeds.load_finder(file)


def test_every_page_of_the_finder_is_plain_and_kind(reader):
    """The words of templates and of records together, as readers get them; names of services are not ours."""
    said = {}
    for _, address, soup in every_page(reader):
        for sheet in soup.select("main .sheet, main .crumbs, main .danger"):
            sheet.decompose()
        parts = [part.get_text(" ", strip=True) for part in soup.main.select("h1, h2, p, li")]
        said[address] = " ".join(part if part[-1:] in ".?!”" else f"{part}." for part in parts if part)
    everything = NAMES.sub("it", " ".join(said.values()).replace("”", "."))
    assert blaming_terms(everything) == []
    assert textstat.flesch_kincaid_grade(everything) <= 6
    assert not re.search(r"\b0\d{3}", " ".join(str(row) for row in SEED["ending"]))
