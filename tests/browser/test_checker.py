"""Wagtail's checker, with our rules: it tells an editor what only the finished page shows."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_demo import sign_in

BOLD_LINE = "What to do"


@pytest.fixture
def desk(demo, tab):
    """The text of a page that no other test changes, open in the editor with the panel of checks beside it."""
    page = tab(1600, 1000)
    sign_in(page, demo)
    page.goto(demo.url + "/admin/pages/search/?q=Stay+safe+online")
    page.get_by_role("link", name="Stay safe online").first.click()
    page.wait_for_url("**/edit/")
    page.get_by_role("button", name="Toggle checks").click()
    return page


def found(page):
    return page.locator("[data-checks-panel] [data-content-checker-row]")


def test_the_panel_counts_a_bold_line_that_stands_for_a_heading(desk):
    expect(desk.locator("[data-content-word-count]")).to_have_text(re.compile(r"\d{2,}"), timeout=20_000)
    expect(found(desk)).to_have_count(0)  # what we ship has no fault

    # What is typed sooner Wagtail takes for part of the page as it was opened, and looks no further.
    desk.wait_for_timeout(3000)
    text = desk.locator("[data-draftail-editor-wrapper]").first.get_by_role("textbox").first
    text.click()
    desk.keyboard.press("Control+Home")
    desk.keyboard.type(BOLD_LINE)
    desk.keyboard.press("Enter")
    expect(text.locator("[data-block]").first).to_have_text(BOLD_LINE)  # the editor draws a moment later
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Home")
    desk.keyboard.press("Shift+End")
    desk.wait_for_function("words => getSelection().toString() === words", arg=BOLD_LINE)
    desk.keyboard.press("Control+b")
    expect(text.locator("[style*='font-weight: bold']").first).to_have_text(BOLD_LINE)
    expect(found(desk)).to_have_count(1, timeout=20_000)
    expect(found(desk)).to_contain_text("A paragraph that looks like a heading")
    expect(found(desk)).to_contain_text("Use a Heading block")
    expect(desk.locator("[data-side-panel-toggle=checks] [data-side-panel-toggle-counter]")).to_have_text("1")


def test_an_editor_sees_the_checker_on_the_page_and_a_reader_does_not(desk, demo, tab):
    desk.goto(demo.url + "/contact/")
    desk.locator("wagtail-userbar").get_by_role("button", name="View Wagtail quick actions").click()
    desk.locator("wagtail-userbar").get_by_role("menuitem", name="Checks").wait_for()
    reader = tab()
    reader.goto(demo.url + "/contact/")
    assert reader.locator("wagtail-userbar").count() == 0
