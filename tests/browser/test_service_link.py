"""An editor names a service inside a sentence, and readers get its number."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.test_demo import publish, sign_in

BUTTON = "A service: its number follows the record"


@pytest.fixture
def desk(demo, tab):
    """The first text of an information page, open in the editor with the cursor in front of it."""
    page = tab()
    sign_in(page, demo)
    page.goto(demo.url + "/admin/pages/search/?q=About+us")
    page.get_by_role("link", name="About us").first.click()
    page.wait_for_url("**/edit/")
    text(page).click()
    page.keyboard.press("Control+Home")
    return page


def text(page):
    return page.locator("[data-draftail-editor-wrapper]").first.get_by_role("textbox").first


def choose(page, name):
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Search term").fill(name)
    expect(dialog.get_by_text("There is 1 match")).to_be_visible()
    dialog.get_by_role("link", name=name).click()
    expect(dialog).to_have_count(0)


def select_before_cursor(page, letters):
    for _ in range(letters):
        page.keyboard.press("Shift+ArrowLeft")


def test_the_editor_picks_the_service_and_the_number_follows(desk, demo, tab):
    desk.keyboard.type("Ring them")
    expect(text(desk)).to_contain_text("Ring them")  # the editor draws what was typed a moment later
    select_before_cursor(desk, 4)
    desk.wait_for_function("getSelection().toString() === 'them'")
    desk.get_by_role("button", name=BUTTON).click()
    choose(desk, "Childline")
    expect(text(desk).locator(".TooltipEntity").first).to_have_text("them")
    # The editor writes into the form a quarter of a second after the last change, and shows no sign of it.
    desk.wait_for_timeout(1000)
    publish(desk)

    reader = tab()
    deadline = time.monotonic() + 2  # an edit is live within two seconds, and no sooner is promised
    reader.goto(demo.url + "/about/")
    while "Ring 0800 1111 them" not in reader.locator("main").inner_text() and time.monotonic() < deadline:
        reader.reload()
    expect(reader.locator("main")).to_contain_text("Ring 0800 1111 them")
    assert reader.get_by_role("link", name="0800 1111").first.get_attribute("href") == "tel:08001111"
    assert reader.get_by_role("link", name="them", exact=True).first.get_attribute("href") == "/get-help/childline/"


def test_a_name_changes_with_the_service_and_the_editors_words_stay(desk):
    desk.keyboard.type("/service")  # with nothing selected, the button is in the list that a slash opens
    desk.get_by_role("option", name=BUTTON).click()
    choose(desk, "Childline")
    link = text(desk).locator(".TooltipEntity").first
    expect(link).to_have_text("Childline")

    link.click()
    desk.get_by_role("button", name="Edit", exact=True).click()
    choose(desk, "Samaritans")
    expect(link).to_have_text("Samaritans")

    desk.keyboard.press("ArrowLeft")
    desk.keyboard.type("!")
    expect(link).to_have_text("Samaritan!s")
    link.click()
    desk.get_by_role("button", name="Edit", exact=True).click()
    choose(desk, "Childline")
    expect(link).to_have_text("Samaritan!s")
