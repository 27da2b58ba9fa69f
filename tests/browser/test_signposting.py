"""Getting to the right door: as a resident without JavaScript, as a practitioner, and at any hour."""

import datetime

import pytest


def test_a_resident_without_javascript_finds_a_service_by_three_filters(demo, tab):
    page = tab(360, 740, java_script_enabled=False)
    page.goto(demo.url + "/")
    page.get_by_role("link", name="Get help", exact=True).click()
    page.locator(".filters summary").click()
    page.locator("#filter-topic").select_option("domestic-abuse")
    page.locator("#filter-for").select_option("men")
    page.locator("#filter-by").select_option("phone")
    page.get_by_role("button", name="Show services").click()
    page.get_by_role("link", name="Men's Advice Line").click()
    assert page.locator("main a.plate").first.get_attribute("href") == "tel:08088010327"
    assert not page.locator("main .now").count()


def test_a_practitioner_reaches_the_channel_form_in_three_clicks(demo, tab):
    page = tab()
    page.goto(demo.url + "/")
    page.get_by_role("link", name="For practitioners").click()
    page.get_by_role("link", name="Channel referral").click()
    form = page.locator("#form a").first
    assert form.get_attribute("href").startswith("https://www.gov.uk/")
    assert form.get_attribute("rel") == "noreferrer"
    assert form.get_attribute("target") is None


def test_no_page_has_a_field_for_details_about_a_person(demo, tab):
    page = tab()
    for path in ["/", "/get-help/", "/practitioners/channel-referral/", "/contact/", "/get-help/childline/"]:
        page.goto(demo.url + path)
        fields = page.locator("textarea, input:not([type=search]):not([type=checkbox])")
        assert fields.count() == 0, path


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        # Karma Nirvana: Monday to Friday, 9am to 5pm. Summer time ended on 25 October 2026.
        ("2026-11-24T12:00:00Z", "Open now."),
        ("2026-11-24T17:00:00Z", "Closed now. Opens at 9am tomorrow."),
        ("2026-11-27T18:00:00Z", "Closed now. Opens at 9am on Monday."),
        ("2026-10-23T08:00:00Z", "Open now."),
        ("2026-10-26T08:30:00Z", "Closed now. Opens at 9am today."),
        # The night before a day of 23 hours, and of 25.
        ("2026-03-28T23:30:00Z", "Closed now. Opens at 9am on Monday."),
        ("2026-10-24T23:30:00Z", "Closed now. Opens at 9am tomorrow."),
    ],
)
def test_open_now_is_said_of_the_moment_the_page_is_looked_at(demo, tab, moment, words):
    page = tab(timezone_id="America/New_York")
    page.clock.set_fixed_time(datetime.datetime.fromisoformat(moment))
    page.goto(demo.url + "/get-help/karma-nirvana/")
    assert page.locator(".now").first.inner_text().strip() == words
    page.emulate_media(media="print")
    assert not page.locator(".now").first.is_visible()
