"""Every kind of page, for every reader: WCAG 2.2 AA, what a machine can tell of it. Keyboard: test_keyboard.py."""

import io
import re

import pytest
from pypdf import PdfReader

from tests.browser.access import ask, ask_axe, style, text_size, whole
from tests.browser.kinds import KINDS, NO_PAGE, NOT_UNDERSTOOD, NOTHING_FITS

LOOKS = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }
"""  # WCAG 1.4.12
LAYOUT = ["sideways", "clipped", "overlapping"]


@pytest.fixture(scope="module", params=KINDS)
def opened(request, browser, demo):
    """One tab a page, for all tests of it."""
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(demo.url + request.param)
    yield tab
    context.close()


@pytest.fixture
def page(opened):
    opened.set_viewport_size({"width": 1280, "height": 800})
    opened.emulate_media(media="screen", reduced_motion="no-preference", **LOOKS["light"])
    style(opened, "")
    return opened


@pytest.fixture
def blank(tab):
    """Return a function that shows a scrap of HTML, to see a check find its fault."""

    def show(html, **options):
        page = tab(**options)
        page.set_content(f"<!doctype html><html lang=en><title>x</title><body>{html}")
        return page

    return show


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(page, look, width):
    page.emulate_media(**LOOKS[look])
    whole(page, width)
    # axe errs in forced colours (see pale() in access.js), and the narrowest page has the next one's colours. The
    # contrast takes most of axe's time; our own comparison is made everywhere.
    but = ["color-contrast"] if look == "forced" or width == 320 else []
    assert ask_axe(page, but) == []
    assert ask(page, "pale") == []


def test_axe_finds_nothing_where_a_thumb_scrolls(browser, demo):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    for path in ["/", "/key-priorities/domestic-abuse/", "/get-help/", "/get-help/childline/", "/about/", NO_PAGE]:
        page.goto(demo.url + path)
        whole(page, 360)
        assert ask_axe(page) == [], path
    context.close()


def test_axe_can_find_something(blank):
    found = dict(ask_axe(blank("<main><h1>x</h1><img src=x><p style='color:#aaa'>pale</p></main>")))
    assert {"image-alt", "color-contrast"} <= set(found)
    assert ask(blank("<p style='color:#aaa'>pale</p>"), "pale") != []


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_pressed_has_an_edge(page, look):
    page.emulate_media(**LOOKS[look])
    assert ask(page, "edgeless") == []


def test_a_missing_edge_is_found(blank):
    assert ask(blank("<a class=plate href=x>999</a>"), "edgeless") != []
    assert ask(blank("<a class=plate href=x style='border:2px solid #ddd'>999</a>"), "edgeless") != []


def test_landmarks_and_headings_make_an_outline(page):
    assert ask(page, "landmarks") == []
    assert ask(page, "headings") == []
    assert page.locator("html").get_attribute("lang") == "en-GB"


def test_a_broken_outline_is_found(blank):
    page = blank("<nav>a</nav><nav>b</nav><main></main><main></main><h1>x</h1><h3>y</h3>")
    assert len(ask(page, "landmarks")) == 5
    assert ask(page, "headings") == ["h3 “y” follows level 1"]


@pytest.mark.parametrize("width", [360, 1280])
def test_targets_are_large_enough(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    assert ask(page, "small") == []


def test_a_small_target_is_found(blank):
    crowd = "<a style='display:block;line-height:{}px' href=x>x</a>" * 2
    assert ask(blank(crowd.format(20, 20)), "small") != []
    assert ask(blank(crowd.format(24, 24)), "small") == []
    assert ask(blank("<p>A word and <a href=x>x</a>, or <a href=x>y</a>"), "small") == []


@pytest.mark.parametrize(("width", "height"), [(320, 256), (320, 740), (360, 740), (768, 1024), (1280, 800)])
def test_no_page_scrolls_sideways_or_hides_words(page, width, height):
    """320 × 256 is a window of 1280 × 1024 at 400 %."""
    page.set_viewport_size({"width": width, "height": height})
    assert {check: ask(page, check) for check in LAYOUT} == dict.fromkeys(LAYOUT, [])


@pytest.mark.parametrize("width", [320, 1280])
def test_wider_text_spacing_loses_nothing(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    style(page, SPACING)
    assert {check: ask(page, check) for check in LAYOUT} == dict.fromkeys(LAYOUT, [])


@pytest.mark.parametrize("width", [360, 1280])
def test_text_of_twice_the_size_loses_nothing(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    text_size(page, 200)
    try:
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        assert {check: ask(page, check) for check in LAYOUT} == dict.fromkeys(LAYOUT, [])
    finally:
        text_size(page, 100)


def test_lost_words_are_found(blank):
    page = blank("<div style='height:1em;overflow:hidden'>one<br>two</div>")
    assert ask(page, "clipped") != []
    page = blank("<p style='margin:0'>one</p><p style='margin:-1.2em 0 0'>two</p>")
    assert ask(page, "overlapping") != []
    page = blank("<p style='width:2000px;text-align:end'>one</p>")
    assert ask(page, "sideways") != []
    assert ask(page, "clipped") != []


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves(page, motion):
    page.emulate_media(reduced_motion=motion)
    assert ask(page, "moving") == []


def test_movement_is_found(blank):
    assert ask(blank("<style>p{transition:color 1s}</style><p>x"), "moving") != []
    assert ask(blank("<style>@keyframes a{to{opacity:0}}p{animation:a 9s}</style><p>x"), "moving") != []


def test_every_field_has_a_label(page):
    assert ask(page, "unlabelled") == []


def test_a_field_without_a_label_is_found(blank):
    assert ask(blank("<input name=x>"), "unlabelled") != []
    assert ask(blank("<label>Word <input name=x></label>"), "unlabelled") == []


def test_a_value_that_is_not_understood_is_said_with_the_form(demo, tab):
    page = tab()
    page.goto(demo.url + NOT_UNDERSTOOD)
    form = page.locator(".filters form")
    said = page.locator("#" + form.get_attribute("aria-describedby"))
    assert "was not understood" in said.inner_text()
    assert said.get_by_role("link", name="Start again").is_visible()


@pytest.mark.parametrize(("path", "said"), [(NOTHING_FITS, "0 services"), ("/get-help/?by=text", "services")])
def test_the_title_says_first_how_many_services_a_choice_leaves(demo, tab, path, said):
    page = tab()
    page.goto(demo.url + path)
    assert re.match(rf"\d+ {said.split()[-1]}, Get help – ", page.title())
    assert said in page.title()


def printed(page):
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return squeezed(" ".join(sheet.extract_text() for sheet in reader.pages))


def squeezed(text):
    return re.sub(r"\s", "", text)


def numbers(page):
    return {squeezed(link.inner_text()) for link in page.locator("a[href^='tel:'], a[href^='sms:']").all()}


def test_paper_keeps_every_number(page):
    expected = {number for number in numbers(page) if number}
    assert "999" in expected
    text = printed(page)
    assert {number for number in expected if number not in text} == set()


def test_a_number_that_paper_loses_is_found(blank):
    page = blank("<style>@media print{.off{display:none}}</style><a class=off href='tel:1'>0800 1111</a>")
    assert numbers(page) == {"08001111"}
    assert "08001111" not in printed(page)
