"""Reading the site in a real browser: small, self-contained, for everyone."""

import gzip

import pytest

from tests.browser.kinds import KINDS
from tests.test_seed import CONTRACT

PRIORITIES = [path for path in CONTRACT if path.count("/") == 3]
PATHS = [*CONTRACT, "/no/such/page/", "/search/?q=boyfriend+hits+me", "/search/?q=xyzzy"]
SMALL = 14_336  # TCP's first flight: ten segments
every_page = pytest.mark.parametrize("path", PATHS)


@every_page
def test_the_first_view_is_small_and_all_ours(demo, tab, path):
    page = tab()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(demo.url + path, wait_until="networkidle")
    assert all(answer.url.startswith(demo.url) or answer.url.startswith("data:") for answer in answers)
    # What the first view waits for: the page, its stylesheet, and scripts that are not deferred.
    waits_for = {demo.url + path}
    waits_for |= {
        link.evaluate("e => e.href") for link in page.locator("link[rel=stylesheet]:not([media=print])").all()
    }
    waits_for |= {script.evaluate("e => e.src") for script in page.locator("script[src]:not([defer])").all()}
    assert len(waits_for) <= 3  # and the icon, which stands in the page
    assert len(answers) <= 6
    size = sum(len(gzip.compress(answer.body(), 9)) for answer in answers if answer.url in waits_for)
    assert size <= SMALL
    assert all(
        answer.headers.get("content-encoding") in ("gzip", "br")
        for answer in answers
        if "svg" not in answer.headers["content-type"]
    )


@pytest.mark.parametrize("path", [*KINDS, "/leave/", "/robots.txt"])
def test_nothing_is_kept_in_the_browser_and_nothing_asked_of_others(demo, tab, path):
    page = tab()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))  # a breach of the Content-Security-Policy, too
    page.on("pageerror", lambda error: said.append(str(error)))
    page.context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Weather"))
    answer = page.goto(demo.url + path, wait_until="networkidle")
    assert "set-cookie" not in answer.headers
    assert [url for url in asked if not url.startswith((demo.url, "data:"))] == (
        ["https://www.bbc.co.uk/weather"] if path == "/leave/" else []
    )
    assert [words for words in said if "404 (Not Found)" not in words] == []
    assert page.context.cookies() == []
    if path == "/leave/":
        return
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0


@pytest.mark.parametrize("path", PRIORITIES)
def test_the_first_screen_of_a_phone_shows_999_55_the_helpline_and_the_exit(demo, tab, path):
    page = tab(360, 740)
    page.goto(demo.url + path)
    lane = page.locator(".exit a").first.bounding_box()
    assert lane["y"] + lane["height"] <= 740
    plates = page.locator(".danger .plate")
    for plate in (plates.nth(0), plates.nth(1)):
        box = plate.bounding_box()
        assert box["y"] + box["height"] <= lane["y"]
    strip = page.locator(".strip").inner_text()
    assert "press 55 (mobiles only)" in " ".join(strip.split())
    assert "Text 999 only if registered" in strip
    assert page.locator('.strip a[href="tel:101"]').bounding_box()["y"] < 740


def test_the_first_screen_of_the_home_page_shows_the_ways_in_and_the_first_priority(demo, tab):
    page = tab(360, 740)
    page.goto(demo.url + "/")
    lane = page.locator(".exit a").first.bounding_box()["y"]
    for part in (".ways li:last-child", ".terrace li:first-child a"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= lane
    page.set_viewport_size({"width": 1280, "height": 800})
    for part in (".ways li:last-child", ".terrace li:last-child"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= 800


def test_the_exit_is_a_plain_link_that_works_without_javascript(demo, tab):
    page = tab(java_script_enabled=False)
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Weather"))
    page.goto(demo.url + "/key-priorities/domestic-abuse/")
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("https://www.bbc.co.uk/weather")


def test_without_a_stylesheet_the_page_reads_from_top_to_bottom(demo, tab):
    page = tab()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(demo.url + "/key-priorities/domestic-abuse/")
    tallest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('svg.i')].map(i => i.getBoundingClientRect().height))"
    )
    assert tallest <= 24
    assert page.locator("h1").is_visible()


def test_print_keeps_every_number(demo, tab):
    page = tab()
    page.goto(demo.url + "/key-priorities/domestic-abuse/")
    page.emulate_media(media="print")
    for plate in page.locator("main .plate").all():
        assert plate.is_visible()
    assert not page.locator(".exit").is_visible()


def test_at_four_hundred_percent_the_words_are_all_there(demo, tab):
    page = tab(320, 200)  # 1280 x 800 at 400 %
    page.goto(demo.url + "/key-priorities/domestic-abuse/")
    exit_box = page.locator(".exit a").first.bounding_box()
    assert exit_box["height"] <= 60
    page.locator("#help h3").first.scroll_into_view_if_needed()
    assert page.locator("#help h3").first.is_visible()
