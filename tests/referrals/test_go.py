"""Going there: the short addresses of services, what is counted of them, and what goes on paper."""

import csv
import io
from datetime import date, timedelta

import pytest
import segno
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from referrals import go
from referrals.models import ShortAddress, WeeklyCount
from referrals.models.service import Service
from safeguarding_site.editing.roles import grant_editors
from safeguarding_site.models import SiteSettings, User
from safeguarding_site.weeks import week_of
from tests.make import make_service

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
THERE = "https://example.org/help"


@pytest.fixture(autouse=True)
def _grant():
    grant_editors()


@pytest.fixture
def phone():
    """A reader's telephone."""
    return Client(headers={"User-Agent": PHONE})


@pytest.fixture
def fresh_process(monkeypatch):
    monkeypatch.setattr(go, "remembered", {})


def broken_for(table):
    """Return a wrapper round the database's own cursor, for which a table cannot be reached."""

    def run(execute, sql, params, many, context):
        if table in sql:
            raise OperationalError("the server closed the connection: /go/secret/ 192.0.2.1")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(run)


def contacts(service, *rows):
    stream = [{"type": kind, "value": value} for kind, value in rows]
    service.contacts = service.contacts.stream_block.to_python(stream)
    service.save()
    return service


def uses(service):
    return list(WeeklyCount.objects.filter(service=service).values_list("week", "uses"))


# Where it leads


def test_a_short_address_leads_to_the_service_and_leaves_no_trace(phone):
    make_service(slug="helpline", url=THERE)
    response = phone.get("/go/helpline/")
    assert response.status_code == 302
    assert response["Location"] == THERE
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert not response.content


@pytest.mark.parametrize("path", ["/go/helpline", "/go/HelpLine/"])
def test_it_can_be_typed_from_paper(phone, path):
    make_service(slug="helpline", url=THERE)
    assert phone.get(path)["Location"] == THERE


def test_only_a_form_to_report_with_stands_in_for_a_website(phone):
    form = ("form", {"url": "https://example.org/form"})
    service = contacts(make_service(slug="report", kind=Service.Kind.REPORT), form)
    assert phone.get("/go/report/")["Location"] == "https://example.org/form"
    service.url = THERE
    service.save()
    assert phone.get("/go/report/")["Location"] == THERE
    contacts(make_service(slug="advice", kind=Service.Kind.ADVICE), form)
    assert phone.get("/go/advice/")["Location"] == "/get-help/advice/"


def test_a_service_without_a_website_leads_to_its_page_here(phone):
    make_service(slug="helpline")
    location = phone.get("/go/helpline/")["Location"]
    assert location == "/get-help/helpline/"
    assert phone.get(location).status_code == 200


def test_an_old_address_survives_a_new_name_and_slug(phone):
    service = make_service(slug="old-name", url=THERE)
    service.name, service.slug = "New name", "new-name"
    service.save_revision().publish()
    assert phone.get("/go/old-name/")["Location"] == THERE
    assert phone.get("/go/new-name/")["Location"] == THERE


def test_an_address_on_paper_is_not_taken_over_by_another_service(phone):
    service = make_service(slug="old-name", url=THERE)
    service.slug = "new-name"
    service.save()
    second = make_service(slug="old-name", url="https://example.com/")
    assert phone.get("/go/old-name/")["Location"] == THERE
    code = second.short_addresses.get()
    assert code.neutral
    assert phone.get(str(code))["Location"] == "https://example.com/"


def test_the_code_of_a_deleted_service_leads_to_the_directory_and_comes_back_with_it(phone):
    make_service(slug="helpline", url=THERE).delete()
    assert phone.get("/go/helpline/")["Location"] == "/get-help/"
    make_service(slug="helpline", url=THERE)
    assert phone.get("/go/helpline/")["Location"] == THERE


def test_an_ended_service_leads_to_the_directory_and_a_draft_is_not_there_yet(phone):
    make_service(slug="over", url=THERE, status=Service.Status.ENDED)
    make_service(slug="draft", url=THERE, live=False)
    assert phone.get("/go/over/")["Location"] == "/get-help/"
    assert phone.get("/go/draft/").status_code == 404


def test_an_unknown_code_gets_the_sites_404_with_its_numbers(phone):
    response = phone.get("/go/nowhere/")
    assert response.status_code == 404
    assert b'href="tel:999"' in response.content


@pytest.mark.parametrize(
    "path",
    [
        "/go/helpline/?next=https://evil.example/",
        "/go/helpline/?url=//evil.example&q=secret",
        "/go/helpline?https://evil.example",
    ],
)
def test_a_query_is_neither_followed_nor_passed_on(phone, path):
    make_service(slug="helpline", url=THERE)
    assert phone.get(path)["Location"] == THERE


@pytest.mark.parametrize(
    "path",
    [
        "/go/https://evil.example/",
        "/go//evil.example/",
        "/go/%2F%2Fevil.example/",
        "/go/..%2f..%2fevil.example/",
        "/go/evil.example/",
        "/go/helpline/https://evil.example/",
        "/go/helpline%0d%0aLocation:%20https://evil.example/",
        "/go/javascript:alert(1)/",
        "/go/" + "x" * 5000 + "/",
    ],
)
def test_nobody_can_make_it_lead_anywhere_else(phone, path):
    make_service(slug="helpline", url=THERE)
    response = phone.get(path, follow=True)
    assert response.status_code == 404
    assert not any("//" in address for address, _ in response.redirect_chain)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example/", "http://evil.example/", "data:text/html,x"])
def test_a_record_that_came_in_unchecked_does_not_make_it_dangerous(phone, url):
    service = make_service(slug="helpline")
    Service.objects.filter(pk=service.pk).update(url=url)
    assert phone.get("/go/helpline/")["Location"] == "/get-help/helpline/"


def test_nothing_can_be_sent_to_it(phone):
    make_service(slug="helpline", url=THERE)
    assert phone.post("/go/helpline/").status_code == 405


# Codes


def test_every_service_with_content_has_the_address_of_its_slug():
    assert Service.objects.exists()
    for service in Service.objects.all():
        assert service.short_addresses.filter(code=service.slug.lower()).exists()


def test_saving_again_makes_no_second_code():
    service = make_service()
    service.save()
    service.save_revision().publish()
    assert service.short_addresses.count() == 1


def test_a_neutral_code_spells_no_word(phone):
    service = make_service(url=THERE)
    codes = {ShortAddress.make_neutral(service).code for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 6 and not set(code) & set("aeiouyl") for code in codes)
    assert phone.get(f"/go/{codes.pop()}/")["Location"] == THERE


def test_short_addresses_are_no_places_where_a_service_is_shown():
    # Wagtail would otherwise list them, and the counts, when an editor asks where a service is used.
    service = make_service(slug="helpline")
    WeeklyCount.objects.create(service=service, week=date(2026, 3, 2))
    assert not ReferenceIndex.model_is_indexable(ShortAddress)
    assert not ReferenceIndex.get_references_to(service).exists()


# Counting


def test_uses_are_counted_by_week(phone, monkeypatch):
    service = make_service(slug="helpline", url=THERE)
    code = ShortAddress.make_neutral(service)
    for day in [date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 9)]:  # a Monday, its Sunday, the next Monday
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        phone.get("/go/helpline/")
    phone.get(str(code))
    assert uses(service) == [(date(2026, 3, 2), 2), (date(2026, 3, 9), 2)]


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "WhatsApp/2.23.20.0",
        "facebookexternalhit/1.1",
        "Slackbot-LinkExpanding 1.0",
        "Mozilla/5.0 (Windows NT 6.1) SkypeUriPreview Preview/0.5",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0",
        "curl/8.5.0",
        "python-requests/2.32",
        "",
    ],
)
def test_programs_are_led_there_and_not_counted(reader, agent):
    service = make_service(slug="helpline", url=THERE)
    assert reader.get("/go/helpline/", headers={"User-Agent": agent})["Location"] == THERE
    assert uses(service) == []


def test_a_telephone_with_bot_in_its_name_is_no_program(reader):
    service = make_service(slug="helpline", url=THERE)
    reader.get("/go/helpline/", headers={"User-Agent": "Mozilla/5.0 (Linux; Android 13; CUBOT X70) Chrome/140.0"})
    assert len(uses(service)) == 1


def test_head_and_an_unknown_code_are_not_counted(phone):
    service = make_service(slug="helpline", url=THERE)
    assert phone.head("/go/helpline/")["Location"] == THERE
    phone.get("/go/nowhere/")
    assert uses(service) == []
    assert not WeeklyCount.objects.exists()


def test_nothing_is_kept_but_service_week_and_number():
    assert {field.name for field in WeeklyCount._meta.get_fields()} == {"id", "service", "week", "uses"}
    assert {field.name for field in ShortAddress._meta.get_fields()} == {"id", "code", "service", "neutral"}


def test_a_use_writes_to_no_other_table_and_names_no_reader(phone, django_assert_max_num_queries):
    make_service(slug="helpline", url=THERE)
    with django_assert_max_num_queries(4) as seen:
        phone.get("/go/helpline/?q=secret", headers={"Referer": "https://before.example/"}, REMOTE_ADDR="192.0.2.77")
    written = [query["sql"] for query in seen if not query["sql"].startswith("SELECT")]
    assert written
    assert all("referrals_weeklycount" in sql for sql in written)
    assert not any(word in sql for sql in written for word in ["192.0.2.77", "secret", "Mozilla", "before.example"])


# Without a database


def test_a_database_that_cannot_count_stops_nobody(phone, caplog):
    service = make_service(slug="helpline", url=THERE)
    with broken_for("referrals_weeklycount"):
        response = phone.get("/go/helpline/?q=secret")
    transaction.set_rollback(False)  # the test's own transaction, which the failure has marked
    assert response["Location"] == THERE
    assert uses(service) == []
    assert "not counted: OperationalError" in caplog.text
    assert not any(word in caplog.text for word in ["helpline", "secret", "192.0.2.1", "Mozilla"])


@pytest.mark.usefixtures("fresh_process")
def test_without_a_database_a_code_leads_where_it_led_before(phone):
    make_service(slug="helpline", url=THERE)
    phone.get("/go/helpline/")
    with broken_for(""):
        response = phone.get("/go/helpline/?q=secret")
    assert response.status_code == 302
    assert response["Location"] == THERE
    assert response["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("fresh_process")
def test_without_a_database_a_code_not_met_yet_leads_to_the_directory(phone):
    make_service(slug="helpline", url=THERE)
    with broken_for(""):
        assert phone.get("/go/helpline/")["Location"] == "/get-help/"


@pytest.mark.usefixtures("fresh_process")
def test_with_a_database_a_change_shows_at_once(phone):
    service = make_service(slug="helpline", url=THERE)
    phone.get("/go/helpline/")
    service.url = "https://example.com/"
    service.save()
    assert phone.get("/go/helpline/")["Location"] == "https://example.com/"


@pytest.mark.usefixtures("fresh_process")
def test_what_is_remembered_has_an_end(phone, monkeypatch):
    monkeypatch.setattr(go, "REMEMBERED_AT_MOST", 2)
    for number in range(4):
        make_service(slug=f"line-{number}", url=THERE)
        phone.get(f"/go/line-{number}/")
    phone.get("/go/nowhere/")
    assert set(go.remembered) == {"line-0", "line-1"}


# At the desk

PAGES = ["short_addresses", "posters", "poster", "signposting_counts", "signposting_csv"]


@pytest.mark.parametrize("name", PAGES)
def test_readers_see_none_of_the_desks_pages(reader, name):
    response = reader.get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("name", PAGES)
def test_staff_who_may_not_change_services_see_none_either(client, name):
    user = User.objects.create_user("wren", email="wren@example.org", password="a long pass phrase")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    assert client.get(reverse(name))["Location"] == "/admin/"
    assert reverse("short_addresses") not in client.get("/admin/").content.decode()


def test_qr_codes_and_new_codes_are_for_staff_only(reader):
    service = make_service(slug="helpline")
    assert reader.get(reverse("qr_svg", args=["helpline"])).status_code == 302
    assert reader.post(reverse("make_neutral", args=[service.pk])).status_code == 302
    assert reader.get("/go/helpline/qr.svg").status_code == 404
    assert service.short_addresses.count() == 1


def test_the_menu_shows_editors_the_way(desk):
    html = desk.get("/admin/").content.decode()
    assert reverse("short_addresses") in html
    assert reverse("signposting_counts") in html


def test_an_editor_makes_a_neutral_address(desk):
    service = make_service(slug="helpline")
    response = desk.post(reverse("make_neutral", args=[service.pk]), follow=True)
    code = service.short_addresses.get(neutral=True)
    assert f"/go/{code.code}/" in response.content.decode()
    assert desk.get(reverse("make_neutral", args=[service.pk])).status_code == 405


def test_the_qr_code_holds_the_short_address(desk):
    make_service(slug="helpline")
    response = desk.get(reverse("qr_svg", args=["helpline"]))
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"] == 'attachment; filename="code.svg"'
    expected = io.BytesIO()
    segno.make_qr("http://testserver/go/helpline/").save(expected, kind="svg", scale=10)
    assert response.content == expected.getvalue()
    assert b"helpline" not in response.content


def print_poster(desk, *services, **values):
    choice = {"heading": "Someone to talk to", "services": [service.pk for service in services], **values}
    return desk.post(reverse("posters"), choice, follow=True).content.decode()


def test_a_poster_repeats_the_number_on_eight_strips(desk):
    html = BeautifulSoup(print_poster(desk, make_service(phone="0808 2000 247")), "html.parser")
    assert html.h1.text == "Someone to talk to"
    assert [strip.get_text(strip=True) for strip in html.select(".strip")] == ["0808 2000 247"] * 8
    assert html.select_one(".line .number").text == "0808 2000 247"
    assert len(html.select(".line svg")) == 1


def test_a_poster_does_not_say_whose_it_is(desk):
    service = make_service(name="Refuge line", slug="refuge-line", purpose="If a partner hurts you.", url=THERE)
    html = print_poster(desk, service)
    site = SiteSettings.current()
    for word in [site.name, site.partnership, "Safer", "testserver", "Refuge", "refuge", "If a partner", "example.org"]:
        assert word not in html, word
    assert "<title>Someone to talk to</title>" in html
    assert "If a partner hurts you." in print_poster(desk, service, purpose="on")


def test_a_poster_uses_a_neutral_code_and_makes_it_once(desk):
    service = make_service(slug="refuge-line")
    first = print_poster(desk, service)
    second = print_poster(desk, service)
    code = service.short_addresses.get(neutral=True)
    assert segno.make_qr(f"http://testserver/go/{code.code}/").svg_inline(omitsize=True) in first
    assert first == second


def test_a_poster_takes_several_services_with_a_heading_of_its_own(desk):
    html = print_poster(desk, make_service(phone="0800 1111"), make_service(phone="116 123"), heading="You can ring")
    soup = BeautifulSoup(html, "html.parser")
    assert soup.h1.text == "You can ring"
    assert {number.text for number in soup.select(".line .number")} == {"0800 1111", "116 123"}
    assert all("0800 1111" in strip.text and "116 123" in strip.text for strip in soup.select(".strip"))


def test_a_service_without_a_telephone_is_on_the_strips_by_its_text_number_or_code(desk):
    text = contacts(make_service(), ("text", {"instruction": "Text SHOUT to 85258", "number": "85258"}))
    soup = BeautifulSoup(print_poster(desk, text), "html.parser")
    assert soup.select_one(".strip").get_text(strip=True) == "Text SHOUT to 85258"
    online = contacts(make_service(), ("webchat", {"url": "https://example.org/chat"}))
    soup = BeautifulSoup(print_poster(desk, online), "html.parser")
    assert len(soup.select(".strip svg")) == 8
    soup = BeautifulSoup(print_poster(desk, text, online), "html.parser")
    assert not soup.select(".strip svg")
    assert len(soup.select(".line svg")) == 2


def test_too_many_services_or_none_are_refused_in_words(desk):
    assert "Choose one at least." in print_poster(desk)
    assert "You chose 5. Choose 4 at most" in print_poster(desk, *[make_service() for _ in range(5)])


def test_a_service_that_readers_may_not_see_is_on_no_poster(desk):
    html = print_poster(desk, make_service(live=False, phone="0808 2000 247"))
    assert 'class="strip"' not in html
    assert not ShortAddress.objects.filter(neutral=True).exists()


def this_week(back=0):
    return week_of(timezone.localdate()) - timedelta(weeks=back)


def test_small_numbers_are_not_told(desk):
    service = make_service(name="Often and seldom")
    WeeklyCount.objects.create(service=service, week=this_week(), uses=37)
    WeeklyCount.objects.create(service=service, week=this_week(1), uses=10)
    WeeklyCount.objects.create(service=service, week=this_week(2), uses=9)
    seldom = make_service(name="Seldom")
    WeeklyCount.objects.create(service=seldom, week=this_week(), uses=8)
    soup = BeautifulSoup(desk.get(reverse("signposting_counts")).content, "html.parser")
    (row,) = soup.select("main table tbody tr")
    cells = row.find_all("td")
    assert [cell.get_text(strip=True) for cell in cells] == ["fewer than 10"] * 10 + ["10", "37"]
    # No bar either, from which one could be read.
    assert [len(cell.find_all("rect")) for cell in cells] == [1] * 10 + [2, 2]
    assert "Seldom" in soup.find(id="few").text.split(", ")


def test_the_file_holds_a_year_and_no_small_number(desk):
    service = make_service(name="Often")
    WeeklyCount.objects.create(service=service, week=this_week(), uses=12)
    WeeklyCount.objects.create(service=service, week=this_week(30), uses=3)
    response = desk.get(reverse("signposting_csv"))
    rows = [row for row in csv.DictReader(io.StringIO(response.content.decode())) if row["service"] == "Often"]
    assert len(rows) == 53
    assert rows[-1] == {"service": "Often", "week": this_week().isoformat(), "uses": "12"}
    assert {row["uses"] for row in rows[:-1]} == {"fewer than 10"}


def test_counts_are_shown_before_there_are_any(desk):
    assert desk.get(reverse("signposting_counts")).status_code == 200


def test_the_counts_take_few_queries_however_many_services(desk, django_assert_max_num_queries):
    for _ in range(5):
        WeeklyCount.objects.create(service=make_service(), week=this_week(), uses=50)
    with django_assert_max_num_queries(20):
        desk.get(reverse("signposting_counts"))
