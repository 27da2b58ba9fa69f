"""Asks a page what a reader with other eyes, hands or settings would meet. The questions are in `access.js`."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

CHECKS = Path(__file__).with_name("access.js").read_text()
AXE = Axe()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def ask(page, check):
    """Return what the function of `access.js` finds."""
    return page.evaluate(f"({CHECKS}).{check}()")


def whole(page, width):
    """Make the window as tall as the page: axe mistakes what stands half under a sticky bar."""
    page.set_viewport_size({"width": width, "height": 800})
    height = page.evaluate(
        "Math.max(document.documentElement.scrollHeight, ...[...document.querySelectorAll('.view')].map(v => v.scrollHeight))"
    )
    page.set_viewport_size({"width": width, "height": height + 100})


def ask_axe(page, but=()):
    """Return the rules that the page breaks, with the elements that break them."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {rule: {"enabled": False} for rule in but},
        "resultTypes": ["violations"],
        "preload": False,  # fetches every stylesheet again, for rules about sound and orientation
    }
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


def style(page, css):
    """Give the page a reader's own style. A policy against inline style does not hold up this way."""
    page.evaluate(
        "css => { const own = new CSSStyleSheet(); own.replaceSync(css); document.adoptedStyleSheets = css ? [own] : []; }",
        css,
    )


def text_size(page, percent):
    """Set the browser's own text size, as its settings do: pictures and pixels stay."""
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * percent // 100}})


def press_tab(page):
    """Press Tab and return where the focus is, or None where it has left the page."""
    page.keyboard.press("Tab")
    return ask(page, "focus")


def tab_to(page, text):
    """Go on with Tab to the stop that says this; every stop on the way must be seen."""
    for _ in range(150):
        stop = press_tab(page)
        assert stop, f"The focus left the page before “{text}”."
        assert not stop["faults"], stop
        if stop["text"] == text:
            return stop
    raise AssertionError(f"No stop says “{text}”.")
