"""The real site: `make demo` itself, in a folder of the test's own, read with Chromium."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import chromium

HOUSE = Path(__file__).resolve().parent.parent.parent


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Demo:
    """A running `make demo`: its address, its folder, what it printed."""

    def __init__(self, folder, port=None):
        self.folder = folder
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "log.txt"

    def start(self):
        folder_and_port = {"DEMO_DIR": str(self.folder / "demo"), "PORT": str(self.port)}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["make", "demo"],
                cwd=HOUSE,
                env={**os.environ, **folder_and_port},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1)
                return self
            except OSError:
                time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def stop(self, how=signal.SIGINT):
        """Stop it as Ctrl-C does: the signal reaches the whole process group."""
        os.killpg(self.process.pid, how)
        self.process.wait(timeout=20)

    @property
    def login(self):
        return (self.folder / "demo" / "editor-login.txt").read_text().split()


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    running = Demo(tmp_path_factory.mktemp("demo")).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def launcher():
    """Playwright's way to start this machine's Chromium."""
    if chromium.find() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No Chromium, and CI=true: nothing may be left out.")
        pytest.skip("No Chromium on this machine.")
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(launcher):
    running = launcher.launch(executable_path=chromium.find(), args=chromium.FLAGS)
    yield running
    running.close()


@pytest.fixture
def tab(browser):
    """Return a function that opens a tab of a fresh, forgetful browser."""
    contexts = []

    def open_tab(width=1280, height=800, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return context.new_page()

    yield open_tab
    for context in contexts:
        context.close()
