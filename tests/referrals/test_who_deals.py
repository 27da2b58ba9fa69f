"""Who deals with this: every row leads to somebody, and each service page takes a hint about a mistake."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import blocks

from referrals.blocks import WhoDealsBlock
from referrals.models import Service
from referrals.usage import where_shown
from safeguarding_site.models import EmergencyFacts, SiteSettings
from tests.make import make_priority, make_service

pytestmark = pytest.mark.django_db
CRIME = "/key-priorities/crime-and-wellbeing/"
ROW = {"situation": "Noise", "who": "The council"}


def soup_of(reader, path):
    return BeautifulSoup(reader.get(path).content, "html.parser")


def words(tag):
    return " ".join(tag.get_text(" ").split())


def page_with(*rows):
    page = make_priority()
    page.body = page.body.stream_block.to_python(
        [{"type": "heading", "value": "Who deals with this?"}, {"type": "who_deals", "value": {"items": list(rows)}}]
    )
    page.save_revision().publish()
    return page


def row_of(reader, page):
    (row,) = soup_of(reader, page.url).select(".who_deals article")
    return row


def test_a_row_that_names_somebody_but_no_way_to_them_is_refused_on_its_field():
    block = WhoDealsBlock().child_blocks["items"].child_block
    with pytest.raises(blocks.StructBlockValidationError) as error:
        block.clean(block.to_python(ROW))
    assert set(error.value.block_errors) == {"how"}


@pytest.mark.parametrize("way", ["urgent", "how", "service"])
def test_a_row_with_one_way_to_them_is_enough(way):
    block = WhoDealsBlock().child_blocks["items"].child_block
    ways = {"urgent": True, "how": "Tell them online.", "service": make_service().pk}
    assert block.clean(block.to_python({**ROW, way: ways[way]}))


def test_an_emergency_says_whom_to_call_from_the_one_record(reader):
    page = page_with({**ROW, "urgent": True})
    assert row_of(reader, page).select_one('a[href="tel:999"]')
    EmergencyFacts.objects.update(emergency="112")
    assert words(row_of(reader, page).p) == "An emergency: call 112"


def test_a_service_is_linked_and_its_number_follows_the_record(reader):
    service = make_service(name="Night team", phone="0800 1111")
    page = page_with({**ROW, "service": service.pk})
    row = row_of(reader, page)
    assert row.select_one(f'a[href="/get-help/{service.slug}/"]').text == "Night team"
    assert row.select_one('a[href="tel:08001111"]')
    service.contacts[0].value["number"] = "0808 2000 247"
    service.save_revision().publish()
    assert row_of(reader, page).select_one('a[href="tel:08082000247"]')


@pytest.mark.parametrize("state", ["draft", "ended", "deleted"])
def test_a_service_out_of_sight_leaves_a_row_that_still_leads_somewhere(reader, state):
    service = make_service(name="Gone team")
    page = page_with({**ROW, "service": service.pk})
    if state == "deleted":
        service.delete()
    else:
        Service.objects.filter(pk=service.pk).update(**{"draft": {"live": False}, "ended": {"status": "ended"}}[state])
    row = row_of(reader, page)
    assert "Gone team" not in row.text
    assert "The council" in row.text
    assert row.select_one('a[href="/get-help/"]')


def test_a_service_that_is_closed_for_now_says_so(reader):
    page = page_with({**ROW, "service": make_service(status="closed").pk})
    assert "closed for now" in row_of(reader, page).text


def test_an_empty_row_of_a_draft_renders():
    block = WhoDealsBlock()
    empty = dict.fromkeys(block.child_blocks["items"].child_block.child_blocks)
    html = block.bind(block.to_python({"items": [empty]})).render()
    assert "None" not in html


def test_more_rows_with_services_cost_no_more_queries(reader):
    def cost(rows):
        page = page_with(*({**ROW, "service": make_service(topics=[]).pk} for _ in range(rows)))
        reader.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            reader.get(page.url)
        return len(queries)

    assert cost(20) == cost(1)


def test_a_service_named_in_a_row_is_known_to_be_shown_there():
    service = make_service(topics=[])
    page = page_with({**ROW, "service": service.pk})
    assert where_shown(service) == [page.title]


def test_the_crime_page_leads_each_trouble_to_somebody(reader):
    rows = {words(row.h3): row for row in soup_of(reader, CRIME).select(".who_deals article")}
    assert len(rows) >= 12
    for situation, row in rows.items():
        assert row.select("dl a, a[href^='tel:']"), situation
    assert [situation for situation, row in rows.items() if row.select_one('a[href="tel:999"]')] == [
        "Loud threats next door, now",
        "A break-in or another crime, now",
    ]
    assert rows["Mattresses or bags dumped in the street"].select_one('a[href="/get-help/govuk-report-fly-tipping/"]')
    assert rows["Noise, again and again"].select_one('a[href="/get-help/council-noise/"]')


# --- Report a mistake


def hint(reader, service):
    return soup_of(reader, f"/get-help/{service.slug}/").select_one(".reviewed")


def test_a_mistake_is_reported_with_a_reference_that_gives_nothing_away(reader):
    service = make_service(name="Refuge line", slug="refuge-line")
    text = hint(reader, service)
    assert [link["href"] for link in text.select("a")] == ["/contact/"]
    assert service.reference in words(text)
    for secret in [service.name, service.slug, service.main_topic.name, service.main_topic.key]:
        assert secret.lower() not in str(text).lower()


def test_the_mail_address_stands_beside_the_reference_once_it_is_known(reader):
    service = make_service()
    SiteSettings.objects.update(contact_email="website@example.org")
    assert [link["href"] for link in hint(reader, service).select("a")] == ["/contact/", "mailto:website@example.org"]


def test_reporting_a_mistake_needs_no_form_and_no_cookie(reader):
    service = make_service()
    response = reader.get(f"/get-help/{service.slug}/")
    assert not response.cookies
    assert b"<form" not in response.content.split(b"<main")[1]


@pytest.mark.both
def test_an_editor_finds_a_service_by_its_reference(desk):
    wanted, other = make_service(name="Wanted"), make_service(name="Other")
    listing = reverse("wagtailsnippets_referrals_service:list")
    assert "Reference" in desk.get(listing).content.decode()
    for typed in [wanted.reference, f" s{wanted.pk} "]:
        html = desk.get(listing, {"q": typed}).content.decode()
        assert "Wanted" in html
        assert wanted.reference in html
        assert other.reference not in html
