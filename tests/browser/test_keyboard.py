"""Every kind of page and every journey by keyboard alone. The focus is seen wherever it goes: WCAG 2.1.1, 2.4.3, 2.4.7, 2.4.11."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.access import ask, press_tab, tab_to
from tests.browser.kinds import KINDS

WINDOWS = [(320, 256), (360, 640), (1280, 560)]  # the first is 1280 × 1024 at 400 %


@pytest.fixture(scope="module", params=KINDS)
def opened(request, browser, demo):
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(demo.url + request.param)
    yield tab
    context.close()


@pytest.fixture(params=WINDOWS, ids=lambda size: f"{size[0]}x{size[1]}")
def page(opened, request):
    width, height = request.param
    opened.set_viewport_size({"width": width, "height": height})
    opened.evaluate("document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)")
    opened.locator("body").evaluate("e => { e.tabIndex = -1; e.focus(); e.removeAttribute('tabindex'); }")
    return opened


def walk(page):
    """Return each stop from the first to the last."""
    stops = []
    while stop := press_tab(page):
        stops.append(stop)
        assert len(stops) < 300, "The focus goes round in circles."
    return stops


def backward(stops):
    """Return each step that goes up within a column; to the top of another column is no fault."""
    return [
        (one["what"], other["what"])
        for one, other in pairwise(stops)
        if other["bottom"] <= one["top"] and other["left"] < one["right"] and other["right"] > one["left"]
    ]


def test_the_focus_is_seen_at_every_stop_and_goes_down_the_page(page):
    expected = len(ask(page, "targets"))
    stops = walk(page)
    assert [(stop["what"], stop["faults"]) for stop in stops if stop["faults"]] == []
    assert len(stops) == expected
    assert backward([stop for stop in stops if not stop["floats"]]) == []
    assert stops[0]["text"] == "Skip to the page"
    assert stops[1]["text"].startswith("Leave this page") or not page.locator(".exit").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_focus_is_seen_in_every_colour(demo, tab, scheme, forced):
    page = tab(360, 640, color_scheme=scheme, forced_colors=forced)
    for path in ["/", "/key-priorities/domestic-abuse/", "/get-help/"]:
        page.goto(demo.url + path)
        assert [(stop["what"], stop["faults"]) for stop in walk(page) if stop["faults"]] == []


def test_a_hidden_or_leaping_focus_is_found(tab):
    page = tab()
    page.set_content("""
        <style>
          a { display: block } a:focus { outline: 3px solid #000 }
          .none:focus { outline: none } .pale:focus { outline: 3px solid #eee }
          .bar, .under { position: fixed; inset: auto 0 0; block-size: 60px }
          .high { position: absolute; inset-block-start: 0 }
        </style>
        <p>Words<p><a href=x>one</a><a class=none href=x>two</a><a class=pale href=x>three</a>
        <a class=under href=x>four</a><a class=high href=x>five</a><div class=bar></div>
    """)
    stops = walk(page)
    assert [stop["faults"] for stop in stops] == [[], ["no outline"], ["a pale outline"], ["covered by div.bar “”"], []]
    assert backward(stops) != []


@pytest.fixture
def home(demo, tab):
    page = tab(360, 740)
    page.route(re.compile(f"^(?!{demo.url})https?:"), lambda route: route.fulfill(body="Somewhere else"))
    page.goto(demo.url + "/")
    return page


def follow(page, text, address):
    """Go to the link by Tab, press Enter, and arrive."""
    stop = tab_to(page, text)
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    return stop


def call(page):
    """Go on to the next number and return it."""
    for _ in range(30):
        stop = press_tab(page)
        assert not stop["faults"], stop
        if page.evaluate("document.activeElement.protocol") == "tel:":
            return page.evaluate("document.activeElement.pathname")
    raise AssertionError("No number within thirty stops.")


def test_someone_in_danger_finds_the_helpline_and_the_way_out(home, demo):
    follow(home, "Domestic abuse", "**/domestic-abuse/")
    follow(home, "Skip to the page", "**/domestic-abuse/#main")
    assert [call(home), call(home)] == ["999", "08082000247"]
    home.goto(demo.url + "/key-priorities/domestic-abuse/")
    press_tab(home)
    assert press_tab(home)["text"].startswith("Leave this page")
    home.keyboard.press("Enter")
    home.wait_for_url(lambda url: not url.startswith(demo.url))


def test_a_neighbour_finds_whom_to_tell(home):
    follow(home, "Trouble in my street", "**/crime-and-wellbeing/")
    tab_to(home, "Who deals with this?")
    home.keyboard.press("Enter")
    assert press_tab(home)["text"] == "call 999"
    assert "Mattresses" in home.locator(".who_deals").inner_text()


def test_someone_who_drinks_finds_who_answers(home):
    follow(home, "Alcohol and drugs", "**/alcohol-and-drugs/")
    tab_to(home, "Who can help")
    home.keyboard.press("Enter")
    assert call(home)  # the line for the middle of the night
    assert home.evaluate("document.activeElement.closest('section').id") == "help"


def test_a_teacher_reaches_the_form(home):
    follow(home, "For practitioners", "**/practitioners/")
    follow(home, "Channel referral", "**/channel-referral/")
    tab_to(home, "The form")
    home.keyboard.press("Enter")
    press_tab(home)
    assert home.evaluate("document.activeElement.href").startswith("https://www.gov.uk/")


def test_the_menu_says_where_one_is(home):
    follow(home, "Get help", "**/get-help/")
    tab_to(home, "Get help")
    assert home.evaluate("document.activeElement.ariaCurrent") == "page"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_directory_is_narrowed_down_and_widened_again(demo, tab, width):
    page = tab(width, 740)
    page.goto(demo.url + "/get-help/")
    if width == 360:
        tab_to(page, "Choose what you need")
        page.keyboard.press("Enter")
    tab_to(page, "About")
    page.keyboard.type("Domestic")
    tab_to(page, "By")
    page.keyboard.type("Phone")
    tab_to(page, "Show services")
    page.keyboard.press("Enter")
    page.wait_for_url("**topic=domestic-abuse**")
    expect(page).to_have_title(re.compile(r"^\d+ services, Get help"))
    tag = next(t for t in page.locator(".tags a").all_inner_texts() if t.startswith("Phone"))
    follow(page, tag.strip(), re.compile("topic=domestic-abuse$"))
