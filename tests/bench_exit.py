"""How long it takes from the tap on the exit to a blank screen, drawn, in Chromium, while the next site hangs."""

import statistics

from playwright.sync_api import sync_playwright

from tests.bench import Server
from tests.browser import chromium

RUNS = 20
PAGE = "/key-priorities/domestic-abuse/"
# Two frames later the browser has drawn what the page was when the first of them began.
TAP = """() => new Promise(done => {
    const started = performance.now();
    document.querySelector(".exit a").click();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started)));
})"""


def main():
    server = Server("safeguarding_site.wsgi")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
            times = []
            for _ in range(RUNS):
                page = browser.new_page(viewport={"width": 360, "height": 640})
                page.route("**/leave/", lambda route: None)  # hangs
                page.goto(f"http://127.0.0.1:{server.port}{PAGE}")
                times.append(page.evaluate(TAP))
                page.unroute_all(behavior="ignoreErrors")
                page.close()
            browser.close()
        print(
            f"The exit, from tap to blank screen: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms"
        )
    finally:
        server.stop()


if __name__ == "__main__":
    main()
