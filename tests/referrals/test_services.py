"""A service is one record: what it refuses, what it hides, and where its number shows."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from referrals.addresses import an_outside_address, find_address
from referrals.checking import due_for_a_check
from referrals.models import Check, Service
from referrals.models.service import AUDIENCES
from referrals.numbers import a_number_that_rings
from referrals.services import night_line, services_for
from safeguarding_site.models import EmergencyFacts, Topic
from tests.make import make_information, make_service

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "number",
    ["999", "111", "101", "116 123", "116000", "0800 1111", "01952 385385", "0808 2000 247", "08 08 16 89 111"],
)
def test_a_number_that_rings_is_accepted(number):
    a_number_that_rings(number)


@pytest.mark.parametrize(
    "number", ["ring us", "12", "1952385385", "0195", "+1 202 555 0100", "01952 385385 option 1", ""]
)
def test_what_is_no_number_is_refused_with_an_example(number):
    with pytest.raises(ValidationError, match="01952 385385"):
        a_number_that_rings(number)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://10.0.0.8/form",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/",
        "https://[::1]/",
        "https://intranet/",
        "https://printer.local/",
    ],
)
def test_an_address_that_not_everybody_can_open_is_refused(address):
    with pytest.raises(ValidationError):
        an_outside_address(address)


def test_a_draft_service_stays_out_of_sight(reader):
    service = make_service(name="Hidden helper", live=False)
    found = BeautifulSoup(reader.get("/get-help/?q=hidden").content, "html.parser")
    assert "Hidden helper" not in found.select_one("#services").text
    assert reader.get(f"/get-help/{service.slug}/").status_code == 404
    assert "Hidden helper" not in reader.get("/key-priorities/domestic-abuse/").content.decode()


def test_an_ended_service_is_no_longer_offered(reader):
    service = make_service(status="ended")
    assert reader.get(f"/get-help/{service.slug}/").status_code == 404
    assert service.name not in reader.get("/key-priorities/domestic-abuse/").content.decode()


def test_a_changed_number_is_right_on_every_page_at_once(reader):
    service = Service.objects.get(slug="act-early")
    for child in service.contacts:
        if child.block_type == "phone":
            child.value["number"] = "0800 999 1234"
    service.save_revision().publish()
    for path in ["/key-priorities/counter-terrorism/", "/get-help/act-early/", "/practitioners/channel-referral/"]:
        html = reader.get(path).content.decode()
        assert "tel:08009991234" in html, path
        assert "0800 011 3764" not in html, path


def test_crisis_lines_stand_before_others_and_the_one_to_ring_first_before_all():
    topic = Topic.objects.get(key="domestic-abuse")
    cards = services_for(topic, EmergencyFacts.current())
    assert cards[0].name == "National Domestic Abuse Helpline"
    kinds = [card.kind for card in cards[1:]]
    assert kinds == sorted(kinds, key=lambda kind: kind != "crisis")


def test_loading_is_no_check(reader):
    assert not Check.objects.exists()
    assert b"Not yet checked by us" in reader.get("/get-help/act-early/").content


def test_a_check_shows_with_its_day_and_an_old_one_says_so(reader):
    service = Service.objects.get(slug="act-early")
    today = timezone.localdate()
    Check.objects.create(service=service, checked_on=today - timedelta(days=200), how="rang", team="the desk")
    html = reader.get("/get-help/act-early/").content.decode()
    assert "more than six months ago" in html
    Check.objects.create(service=service, checked_on=today, how="website", team="the desk")
    html = reader.get("/get-help/act-early/").content.decode()
    assert f"Checked {today:%-d %B %Y}" in html
    assert "more than six months ago" not in html


def test_a_check_cannot_be_of_a_day_to_come():
    check = Check(
        service=Service.objects.first(), checked_on=timezone.localdate() + timedelta(days=1), how="rang", team="x"
    )
    with pytest.raises(ValidationError, match="has not come yet"):
        check.full_clean()


def test_taking_referrals_falls_back_to_ask_when_it_is_old():
    service = make_service(taking_referrals="yes", taking_referrals_on=timezone.localdate())
    assert service.takes_referrals_now == "yes"
    service.taking_referrals_on = timezone.localdate() - timedelta(days=43)
    assert service.takes_referrals_now == "ask"


ADDRESS_FIELDS = [
    {"purpose": "Come to 12 Oak Tree Lane"},
    {"what_happens": "We are at TF3 4NT."},
    {"who_for": "People near Mill Street"},
    {"question": "Is it still at tf34nt?"},
    {"contacts": [{"type": "in_person", "value": {"address": "somewhere safe"}}]},
    {"contacts": [{"type": "phone", "value": {"number": "0800 1111", "label": "at 3 Hill Road"}}]},
]


@pytest.mark.parametrize("fields", ADDRESS_FIELDS, ids=lambda fields: next(iter(fields)))
def test_a_confidential_record_cannot_hold_an_address(fields):
    service = make_service(confidential_address=True)
    for name, value in fields.items():
        setattr(service, name, service.contacts.stream_block.to_python(value) if name == "contacts" else value)
    with pytest.raises(ValidationError) as error:
        service.full_clean()
    assert set(error.value.message_dict) == set(fields)


def test_marking_a_record_confidential_scrubs_its_earlier_versions():
    service = make_service(what_happens="Come to 12 Oak Tree Lane, TF3 4NT.")
    assert "TF3 4NT" in str(service.latest_revision.content)
    service.what_happens = "Ring first."
    service.confidential_address = True
    service.save_revision().publish()
    for revision in service.revisions.all():
        assert "TF3 4NT" not in str(revision.content)
        assert "Oak Tree Lane" not in str(revision.content)


def test_a_service_in_use_cannot_be_deleted_or_unpublished_and_the_pages_are_named(desk):
    service = Service.objects.get(slug="national-domestic-abuse-helpline")
    for action in ["delete", "unpublish"]:
        address = reverse(f"wagtailsnippets_referrals_service:{action}", args=[service.pk])
        html = desk.post(address, follow=True).content.decode()
        assert "cannot be" in html
        assert "Domestic abuse" in html
    bulk = reverse("wagtail_bulk_action", args=["referrals", "service", "delete"])
    assert "cannot be" in desk.post(f"{bulk}?id={service.pk}", follow=True).content.decode()
    service.refresh_from_db()
    assert service.live


def test_a_service_that_no_page_shows_can_be_deleted(desk):
    service = make_service(topics=[])
    desk.post(reverse("wagtailsnippets_referrals_service:delete", args=[service.pk]))
    assert not Service.objects.filter(pk=service.pk).exists()


def test_every_service_has_a_page_with_a_print_view_of_nothing_but_facts(reader):
    for service in Service.objects.filter(live=True):
        response = reader.get(f"/get-help/{service.slug}/")
        assert response.status_code == 200, service.slug


def test_a_service_page_stays_within_twelve_queries(reader, django_assert_max_num_queries):
    reader.get("/get-help/act-early/")
    with django_assert_max_num_queries(12):
        reader.get("/get-help/act-early/")


def test_nothing_unverified_is_shown():
    drafts = Service.objects.exclude(question="")
    assert drafts.exists()
    assert not drafts.filter(live=True).exists()


def test_a_number_in_a_sentence_follows_its_record(reader):
    service = make_service(name="Some line", phone="0800 1111")
    page = make_information()
    page.body = page.body.stream_block.to_python(
        [{"type": "prose", "value": f'<p>Ring <a linktype="service" id="{service.pk}">them</a>.</p>'}]
    )
    page.save_revision().publish()
    assert 'href="tel:08001111"' in Client().get(page.url).content.decode()
    service.contacts[0].value["number"] = "0808 2000 247"
    service.save_revision().publish()
    html = Client().get(page.url).content.decode()
    assert 'href="tel:08082000247"' in html
    assert "0808 2000 247" in html


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        ("domestic-abuse", "National Domestic Abuse Helpline"),
        ("child-sexual-exploitation", "Childline"),
        ("alcohol-and-drugs", "FRANK"),
        ("counter-terrorism", "Samaritans"),
    ],
)
def test_each_topic_says_who_answers_at_two_in_the_morning(topic, line):
    card, of_topic = night_line(Topic.objects.get(key=topic), EmergencyFacts.current())
    assert card.name == line
    assert of_topic is (topic != "counter-terrorism")


def test_a_priority_page_names_the_line_for_the_night(reader):
    html = reader.get("/key-priorities/counter-terrorism/").content.decode()
    assert "In the middle of the night" in html
    assert "answers anyone" in html


def test_a_half_filled_draft_can_be_previewed():
    response = Service(name="New one", slug="new-one").make_preview_request()
    assert response.status_code == 200
    assert "New one" in response.content.decode()


def test_a_confidential_address_leaves_by_no_output(desk, reader):
    service = make_service(name="A safe house", what_happens="Come to 12 Oak Tree Lane, TF3 4NT.")
    service.what_happens = "Ring first."
    service.confidential_address = True
    service.save_revision().publish()
    edit = reverse("wagtailsnippets_referrals_service:edit", args=[service.pk])
    history = reverse("wagtailsnippets_referrals_service:history", args=[service.pk])
    first, last = service.revisions.order_by("pk")[0], service.latest_revision
    compare = reverse("wagtailsnippets_referrals_service:revisions_compare", args=[service.pk, first.pk, last.pk])
    revert = reverse("wagtailsnippets_referrals_service:revisions_revert", args=[service.pk, first.pk])
    preview = service.make_preview_request().content.decode()
    export = desk.get(reverse("services_spreadsheet_download")).content.decode("utf-8-sig")
    public = [f"/get-help/{service.slug}/", "/get-help/?q=safe", "/key-priorities/domestic-abuse/", "/sitemap.xml"]
    shown = [reader.get(path).content.decode() for path in public]
    shown += [desk.get(path).content.decode() for path in (edit, history, compare, revert)]
    for output in [*shown, preview, export]:
        assert "Oak Tree" not in output
        assert "TF3 4NT" not in output


def test_an_editor_sees_which_services_are_due_for_a_check(desk):
    old, fresh = Service.objects.filter(live=True)[:2]
    today = timezone.localdate()
    for service in Service.objects.filter(live=True):
        Check.objects.create(service=service, checked_on=today, how="rang", team="the desk")
    assert "All of them were checked" in desk.get("/admin/").content.decode()
    check = old.checks.get()
    check.checked_on = today - timedelta(days=190)
    check.save()
    assert [service.pk for service in due_for_a_check()] == [old.pk]
    html = desk.get("/admin/").content.decode()
    assert old.name in html
    assert "Record a check" in html
    fresh.checks.get().delete()
    assert [service.pk for service in due_for_a_check()] == [fresh.pk, old.pk]


def test_recording_a_check_starts_with_its_service(desk):
    service = Service.objects.get(slug="act-early")
    address = f"{reverse('wagtailsnippets_referrals_check:add')}?service={service.pk}"
    html = desk.get(address).content.decode()
    assert f'value="{service.pk}"' in html


def test_an_editor_ticks_whom_a_service_is_for(desk):
    service = Service.objects.get(slug="mens-advice-line")
    html = desk.get(reverse("wagtailsnippets_referrals_service:edit", args=[service.pk])).content
    boxes = BeautifulSoup(html, "html.parser").select('input[type=checkbox][name="audiences"]')
    assert {box["value"] for box in boxes if box.has_attr("checked")} == set(service.audiences)
    assert len(boxes) == len(AUDIENCES)


def test_a_service_that_is_closed_for_now_is_nowhere_offered_as_open(reader):
    service = Service.objects.get(slug="national-domestic-abuse-helpline")
    service.status = "closed"
    service.save_revision().publish()
    page = BeautifulSoup(reader.get("/key-priorities/domestic-abuse/").content, "html.parser")
    assert service.name not in page.select_one(".danger").text
    assert service.name not in page.select_one(".night").text
    directory = BeautifulSoup(reader.get("/get-help/?topic=domestic-abuse").content, "html.parser")
    assert service.name not in directory.select_one("#crisis").text
    assert "Closed for now" in directory.text
    assert not BeautifulSoup(reader.get(f"/get-help/{service.slug}/").content, "html.parser").select("[data-hours]")


def test_an_ended_service_is_gone_from_sentences_guides_and_blocks(reader):
    for slug in ("act-early", "prevent-referral-form"):
        service = Service.objects.get(slug=slug)
        service.status = "ended"
        service.save_revision().publish()
    html = reader.get("/practitioners/channel-referral/").content.decode()
    assert "0800 011 3764" not in html
    assert "gov.uk/guidance/get-help" not in BeautifulSoup(html, "html.parser").select_one("#form").decode()


def test_a_check_shows_wherever_the_record_is_shown_and_survives_a_publish(reader):
    service = Service.objects.get(slug="act-early")
    revision = service.save_revision()
    check = Check.objects.create(service=service, how="rang", team="the desk")
    revision.publish()
    day = f"Checked {timezone.localdate():%-d %B %Y}"
    assert day in reader.get("/practitioners/channel-referral/").content.decode()
    check.delete()
    assert day not in reader.get("/practitioners/channel-referral/").content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "12 oak tree lane",
        "12 Oak Tree Rd",
        "4 Mill Bank",
        "Flat 3, Oak House",
        "TF3  4NT",
        "TF3\u00a04NT",
        "tf3-4nt",
        "Church Lane",
    ],
)
def test_an_address_is_found_however_it_is_written(text):
    assert find_address(f"We are at {text}.")


@pytest.mark.parametrize("text", ["Ring first.", "Open 9am to 5pm", "Option 2 for an adult", "Text SHOUT to 85258"])
def test_plain_words_are_no_address(text):
    assert not find_address(text)


@pytest.mark.parametrize("value", [5, ["nobody"], {"men": 1}, "men"])
def test_whom_it_is_for_comes_from_the_list(value):
    service = make_service()
    service.audiences = value
    with pytest.raises(ValidationError, match="Choose from the list"):
        service.full_clean()


def test_many_opening_times_fit():
    service = make_service()
    rows = [
        {"days": [day], "opens": f"{hour:02}:00", "closes": f"{hour:02}:30"}
        for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        for hour in range(8, 18)
    ]
    value = [{"type": "phone", "value": {"number": "0800 1111", "hours": {"times": rows, "bank_holidays": "open"}}}]
    service.contacts = service.contacts.stream_block.to_python(value)
    service.full_clean()
    service.save()
    assert len(service.opening) > 255


def test_a_broken_link_in_a_draft_breaks_no_page(reader):
    page = make_information()
    page.body = page.body.stream_block.to_python(
        [{"type": "prose", "value": '<p>Ring <a linktype="service" id="abc">them</a>.</p>'}]
    )
    page.save_revision().publish()
    assert reader.get(page.url).status_code == 200


def test_a_record_with_an_open_question_is_not_published(desk):
    service = Service.objects.get(slug="the-glade-sarc")
    address = reverse("wagtailsnippets_referrals_service:edit", args=[service.pk])
    html = desk.post(
        address, {"name": service.name, "question": service.question, "action-publish": "1", "contacts-count": "0"}
    )
    assert "before you publish" in html.content.decode()
    service.refresh_from_db()
    assert not service.live
