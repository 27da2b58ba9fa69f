"""The quick exit and the quiet visit in a real browser, with a profile of its own: what Back shows, what history keeps.

Four pages are read, the reader leaves, and goes back until the page before the visit. "Painted" is what the browser
drew: its own frames are searched for the red of the 999 plate, which every page of ours has and the others have not.
"""

import base64
import io
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image

from tests.browser import chromium

PAGES = [
    "/key-priorities/",
    "/key-priorities/domestic-abuse/",
    "/get-help/",
    "/get-help/national-domestic-abuse-helpline/",
]
PLATE = (0x94, 0x1A, 0x1D)


class Elsewhere(BaseHTTPRequestHandler):
    """Other people's sites: where a reader comes from, and where the exit leads (slow on request)."""

    slow = 0

    def do_GET(self):
        if self.path == "/weather":
            time.sleep(Elsewhere.slow)
        page = f"<!doctype html><title>{self.path[1:]}</title><body style='background:#00f'><h1>{self.path[1:]}</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *args):
        """Keep the test's output readable."""


@pytest.fixture(scope="module")
def elsewhere():
    server = ThreadingHTTPServer(("localhost", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def site(demo, elsewhere):
    """The demo with its exit leading to a site of the test's: no test may depend on somebody else's server."""

    def set_exit(address):
        with closing(sqlite3.connect(demo.folder / "demo" / "demo.sqlite3", timeout=20)) as database, database:
            database.execute("UPDATE safeguarding_site_sitesettings SET exit_url = ?", [address])

    set_exit(f"{elsewhere}/weather")
    yield demo
    set_exit("https://www.bbc.co.uk/weather")


class Visit:
    """A browser with a fresh profile, at a page of another site, and what it has drawn since `watch`."""

    def __init__(self, launcher, folder, site, elsewhere, **options):
        shutil.rmtree(folder, ignore_errors=True)
        self.folder, self.site, self.elsewhere = folder, site, elsewhere
        self.context = launcher.launch_persistent_context(
            folder,
            executable_path=chromium.find(),
            args=chromium.FLAGS,
            # As people have it: a page left behind is kept whole for Back.
            ignore_default_args=["--disable-back-forward-cache"],
            viewport={"width": 800, "height": 600},
            **options,
        )
        self.page = self.context.pages[0]
        self.cdp = self.context.new_cdp_session(self.page)
        self.frames = []
        self.cdp.on("Page.screencastFrame", self.keep)
        self.page.goto(f"{elsewhere}/start")

    def keep(self, frame):
        self.frames.append(frame["data"])
        self.cdp.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    def watch(self):
        self.frames.clear()
        self.cdp.send("Page.startScreencast", {"format": "png"})

    def painted_ours(self):
        """Say whether a page of ours was drawn since `watch`."""
        self.cdp.send("Page.stopScreencast")
        pictures = [Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB") for data in self.frames]
        assert pictures
        return any(
            {colour: count for count, colour in picture.getcolors(1 << 24)}.get(PLATE, 0) > 100 for picture in pictures
        )

    def read(self, pages=PAGES):
        """Follow links as a reader does: a link to each page is put into the one before."""
        for path in pages:
            self.page.evaluate(
                """url => {
                    const link = document.createElement("a");
                    link.href = url; link.textContent = "on"; link.id = "on";
                    document.body.prepend(link);
                }""",
                self.site.url + path,
            )
            self.page.locator("#on").click()
            self.page.wait_for_url(lambda url, path=path: url.split("?")[0].endswith(path))
            self.page.wait_for_load_state()

    def start_quiet(self):
        self.page.get_by_role("link", name="Quiet visit").click()
        self.page.wait_for_url("**v=q*")
        self.page.wait_for_load_state()

    def leave(self):
        self.page.get_by_role("link", name="Leave this page").click(no_wait_after=True)
        self.page.wait_for_url("**/weather")
        self.page.wait_for_load_state()

    def back_button(self):
        """Press the browser's own Back: a mouse's fourth button. It skips entries that a script made by itself."""
        for kind in ("mousePressed", "mouseReleased"):
            self.cdp.send(
                "Input.dispatchMouseEvent", {"type": kind, "x": 400, "y": 500, "button": "back", "clickCount": 1}
            )
        self.settle()

    def back_script(self, steps=1):
        self.page.evaluate(f"setTimeout(() => history.go(-{steps}))")
        self.settle()

    def settle(self):
        """Wait until the address has stood still for a while: leaving again goes over two pages."""
        still, last = 0, ""
        while still < 6:
            self.page.wait_for_timeout(100)
            still = still + 1 if self.page.url == last else 0
            last = self.page.url

    def at_site(self):
        return self.page.url.startswith(self.site.url)

    def history(self):
        """Close the browser; return {address without host: (title, how often listed as a visit)} from its own file."""
        self.context.close()
        with closing(sqlite3.connect(self.folder / "Default" / "History")) as database:
            rows = database.execute(
                "SELECT urls.url, urls.title, count(visits.id) FROM urls LEFT JOIN visits ON visits.url = urls.id "
                # Chromium lists the end of each chain of redirects and replacements (PAGE_TRANSITION_CHAIN_END).
                "AND visits.transition & 0x20000000 GROUP BY urls.id"
            ).fetchall()
        return {url.removeprefix(self.site.url): (title, visits) for url, title, visits in rows}

    def copies_on_disk(self, words):
        """Return the names of files in the profile that hold `words`, compressed or not. After `history`."""
        return [file.name for file in self.folder.rglob("*") if file.is_file() and words in file.read_bytes()]


@pytest.fixture
def browse(site, elsewhere, launcher, tmp_path):
    """Return a function that starts a visit."""
    visits = []

    def start(**options):
        visits.append(Visit(launcher, tmp_path / str(len(visits)), site, elsewhere, **options))
        return visits[-1]

    yield start
    for visit in visits:
        visit.context.close()


def leave_after_reading(visit):
    visit.read()
    visit.leave()


def leave_after_a_quiet_visit(visit):
    visit.read(PAGES[:1])
    visit.start_quiet()
    visit.read(PAGES[1:])
    visit.leave()


def stay_in_a_quiet_visit(visit):
    visit.read(PAGES[:1])
    visit.start_quiet()
    visit.read(PAGES[1:])


def leave_by_plain_link(visit):
    """As without JavaScript, where playwright cannot put links into pages: the addresses are typed."""
    for path in PAGES:
        visit.page.goto(visit.site.url + path)
    visit.page.get_by_role("link", name="Leave this page").click()
    visit.page.wait_for_url("**/weather")


WAYS = [
    ("Leave this page", leave_after_reading, {}),
    ("the same, no JavaScript", leave_by_plain_link, {"java_script_enabled": False}),
    ("quiet visit, then leave", leave_after_a_quiet_visit, {}),
    ("quiet visit, Back", stay_in_a_quiet_visit, {}),
]


def go_back(visit, press):
    """Go back four times; return how often the reader then stood on a page of ours that shows itself."""
    shown = 0
    for _ in PAGES:
        press()
        shown += visit.at_site() and not visit.page.evaluate("document.documentElement.hidden")
    return shown


def test_what_back_shows_and_what_history_keeps(browse, capsys):
    lines = []
    found = {}
    for name, leave, options in WAYS:
        for means in ("button", "script"):
            if means == "script" and options:
                continue  # without JavaScript no script can go back
            visit = browse(**options)
            leave(visit)
            press = visit.back_button if means == "button" else visit.back_script
            if visit.at_site():  # the first Back leaves what is rightly drawn now
                press()
            visit.watch()
            shown = go_back(visit, press)
            painted = visit.painted_ours()
            kept = visit.history()
            listed = [path for path in PAGES if any(url.split("?")[0] == path and row[1] for url, row in kept.items())]
            known = [path for path in PAGES if any(url.split("?")[0] == path for url in kept)]
            copies = visit.copies_on_disk(b"Domestic abuse")
            found[name, means] = (shown, painted, len(listed), len(known), copies)
            lines.append(
                f"  {name:26}{means:9}{shown:>10}{'yes' if painted else 'no':>10}{len(listed):>10}{len(known):>10}   "
                f"{', '.join(copies) or 'none'}"
            )
    with capsys.disabled():
        print(
            f"\n\n  {'4 pages read, then':26}{'Back by':9}{'shown':>10}{'painted':>10}{'listed':>10}{'known':>10}   files with the words"
        )
        print(*lines, sep="\n")
    for (name, _), (shown, painted, listed, known, copies) in found.items():
        if "no JavaScript" in name:
            assert (shown, painted, listed) == (len(PAGES), True, len(PAGES))
        else:
            assert (shown, painted) == (0, False), name
        # What the pages say of the browser's own list: a quiet visit is not in it; addresses may stay known.
        assert listed == 0 if name == "quiet visit, then leave" else listed
        assert known == len(PAGES)
        # Only titles, in that list: the pages themselves lie nowhere.
        assert set(copies) <= {"History", "History-journal"}


def shown_by(visit):
    return not visit.page.evaluate("document.documentElement.hidden")


def test_the_screen_is_blank_at_once_though_the_next_site_is_slow(browse, monkeypatch):
    monkeypatch.setattr(Elsewhere, "slow", 1.5)
    visit = browse()
    visit.read(PAGES[:2])
    # Asked in the same breath as the tap: no time passes between. The bench says how long it takes to be drawn.
    blank = visit.page.evaluate(
        """() => {
            document.querySelector(".exit a").click();
            return [document.documentElement.hidden, document.title];
        }"""
    )
    assert blank == [True, "One moment"]
    visit.page.wait_for_url("**/weather")


@pytest.mark.parametrize("steps", [2, 3, 4])
def test_a_step_over_several_pages_shows_none_either(browse, steps):
    visit = browse()
    leave_after_reading(visit)
    visit.watch()
    visit.back_script(steps)
    assert visit.page.url.endswith("/weather")
    assert not visit.painted_ours()


def test_who_comes_back_on_purpose_is_let_in(browse):
    visit = browse()
    leave_after_reading(visit)
    visit.page.goto(visit.site.url + PAGES[1])
    visit.settle()
    assert visit.page.url == visit.site.url + PAGES[1]
    assert shown_by(visit)


def test_back_to_a_page_without_the_exit_does_not_show_it_either(browse):
    visit = browse()
    visit.read(["/practitioners/", "/key-priorities/domestic-abuse/"])
    visit.leave()
    visit.watch()
    visit.back_button()
    assert not visit.at_site()
    assert not visit.painted_ours()


def test_back_shows_pages_as_ever_while_nobody_has_left(browse):
    visit = browse()
    visit.read(PAGES[:2])
    visit.back_button()
    assert visit.page.url == visit.site.url + PAGES[0]
    assert shown_by(visit)


def press_three_shifts(page):
    for _ in range(3):
        page.keyboard.press("Shift")


def press_escape_twice(page):
    for _ in range(2):
        page.keyboard.press("Escape")


@pytest.mark.parametrize("press", [press_three_shifts, press_escape_twice])
def test_keys_leave_too(browse, press):
    visit = browse()
    visit.read(PAGES[:2])
    press(visit.page)
    visit.page.wait_for_url("**/weather")
    visit.back_button()
    assert not visit.at_site()


def test_each_press_is_told_to_a_screen_reader_and_other_keys_start_anew(browse):
    visit = browse()
    visit.read(PAGES[:2])
    status = visit.page.locator(".exit [role=status]")
    visit.page.keyboard.press("Shift")
    assert status.text_content() == "Press Shift twice more to leave this page."
    visit.page.keyboard.press("Shift")
    assert status.text_content() == "Press Shift once more to leave this page."
    visit.page.keyboard.press("a")
    assert status.text_content() == ""
    for _ in range(2):
        visit.page.keyboard.press("Shift")
    visit.settle()
    assert visit.at_site()


def test_a_page_without_the_exit_has_no_keys_for_it(browse):
    visit = browse()
    visit.read(["/practitioners/"])
    press_three_shifts(visit.page)
    visit.settle()
    assert visit.at_site()


def test_the_exit_can_be_tried_without_leaving(browse):
    visit = browse()
    visit.read(["/stay-safe-online/"])
    visit.page.get_by_role("button", name="Try it without leaving").click()
    press_three_shifts(visit.page)
    assert "That works" in visit.page.locator(".exit_practice").inner_text()
    visit.settle()
    assert visit.at_site()
    press_three_shifts(visit.page)  # tried once; the next time is meant
    visit.page.wait_for_url("**/weather")


def test_without_an_answer_of_ours_the_exit_leads_on_all_the_same(browse):
    visit = browse()
    visit.read(PAGES[:2])
    visit.page.route("**/leave/", lambda route: None)  # never answered
    visit.page.locator(".exit a").first.click(no_wait_after=True)
    visit.page.wait_for_url("**/weather", timeout=5000)


def test_a_browser_without_the_history_functions_replaces_the_page_and_says_what_back_does(browse):
    visit = browse()
    visit.page.add_init_script("Object.defineProperty(window, 'navigation', {value: undefined})")
    visit.read(PAGES[:2])
    assert visit.page.get_by_text("Back can show this page").is_visible()
    visit.leave()
    visit.back_button()
    assert visit.page.url == visit.site.url + PAGES[0]


def test_with_the_history_functions_that_warning_is_not_shown(browse):
    visit = browse()
    visit.read(PAGES[:1])
    assert not visit.page.get_by_text("Back can show this page").is_visible()


def test_without_javascript_the_page_says_that_back_returns(browse):
    visit = browse(java_script_enabled=False)
    visit.page.goto(visit.site.url + PAGES[1])
    assert visit.page.get_by_text("Back can show this page").is_visible()
    assert not visit.page.get_by_role("link", name="Quiet visit").is_visible()
    visit.page.goto(visit.site.url + PAGES[1] + "?v=q")
    assert "JavaScript is off" in visit.page.locator(".quiet").inner_text()


def test_a_quiet_visit_goes_on_through_links_filters_and_places_in_a_page_and_ends_when_told(browse):
    visit = browse()
    page = visit.page
    visit.read(PAGES[:1])
    visit.start_quiet()
    page.get_by_role("link", name="Get help", exact=True).first.click()
    page.wait_for_url("**/get-help/?v=q")
    page.locator(".filters summary").click()
    page.locator("#q").fill("drink")
    page.locator("#q").press("Enter")
    page.wait_for_url("**q=drink**v=q")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    assert page.evaluate("navigation.entries().length") == 1
    page.get_by_role("link", name="End it").click()
    page.wait_for_url(lambda url: "v=q" not in url)
    assert page.locator(".quiet").count() == 0


def test_back_to_where_a_quiet_visit_began_leaves_as_well(browse):
    visit = browse()
    visit.read(PAGES[:2])
    visit.start_quiet()
    visit.back_button()
    assert visit.page.url.endswith("/weather")


@pytest.mark.parametrize(("width", "height"), [(360, 640), (360, 560)])
@pytest.mark.parametrize("touch", [True, False])
@pytest.mark.parametrize("path", ["/", *PAGES])
def test_the_exit_is_in_reach_of_a_thumb_and_covers_nothing(site, tab, width, height, touch, path):
    page = tab(width, height, has_touch=touch, is_mobile=touch)
    page.goto(site.url + path)
    bar = page.locator(".exit")
    place = bar.bounding_box()
    assert place["y"] + place["height"] == pytest.approx(height, abs=1)
    assert place["height"] <= 60
    for link in bar.locator("a").all():
        assert link.bounding_box()["height"] >= 44
    # The last words of the page can be read whole, above the bar.
    page.evaluate("[document.documentElement, document.querySelector('.view')].forEach(e => e.scrollTo(0, 1e6))")
    last = page.locator("footer p, footer li").last
    box = last.bounding_box()
    assert box["y"] + box["height"] <= bar.bounding_box()["y"] + 1
