"""`make demo` as a stranger runs it: the edit stays, Ctrl-C leaves nothing, each trouble gets one clear sentence."""

import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.browser.conftest import HOUSE, Demo


def sign_in(page, demo):
    name, password = demo.login
    page.goto(demo.url + "/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")


def publish(page):
    page.locator("[data-w-dropdown-target=toggle], .footer__container button").first.wait_for()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    page.locator(".messages .success, .messages li.success").wait_for()


def processes_in_group(leader):
    listing = subprocess.run(["ps", "-eo", "pgid="], capture_output=True, text=True, check=True).stdout
    return [line for line in listing.split() if line == str(leader)]


@pytest.fixture
def own_demo(tmp_path):
    """A demo that the test stops itself; stopped afterwards if the test did not get that far."""
    running = Demo(tmp_path).start()
    yield running
    if running.process.poll() is None:
        running.stop()


def test_an_edit_is_live_survives_a_restart_and_ctrl_c_leaves_no_process(own_demo, tmp_path, tab):
    demo = own_demo
    assert re.search(r"Login +editor / \S+", demo.log.read_text())
    page = tab()
    sign_in(page, demo)
    page.goto(demo.url + "/admin/pages/search/?q=About+us")
    page.get_by_role("link", name="About us").first.click()
    page.wait_for_url("**/edit/")
    page.locator("#id_summary").fill("A sentence by our editor")
    publish(page)

    reader = tab()
    deadline = time.monotonic() + 2
    reader.goto(demo.url + "/about/")
    while "A sentence by our editor" not in reader.content():
        assert time.monotonic() < deadline
        reader.reload()

    demo.stop()
    assert processes_in_group(demo.process.pid) == []

    started = time.monotonic()
    again = Demo(tmp_path, demo.port).start()
    assert time.monotonic() - started < 20
    try:
        reader.goto(again.url + "/about/")
        assert "A sentence by our editor" in reader.content()
        assert demo.login[1] not in again.log.read_text()  # printed once, at the first start
    finally:
        again.stop()


def run_demo(**environment):
    result = subprocess.run(
        ["make", "demo"],
        cwd=environment.pop("cwd", HOUSE),
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode != 0
    return result.stdout + result.stderr


def test_a_busy_port_gets_one_clear_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = run_demo(DEMO_DIR=str(tmp_path), PORT=str(port))
    assert f"Port {port} is in use" in said
    assert f"make demo PORT={port + 1}" in said
    assert "Traceback" not in said


def test_a_port_that_is_no_number_is_refused(tmp_path):
    assert "is not a number" in run_demo(DEMO_DIR=str(tmp_path), PORT="eight")


@pytest.fixture
def fresh_clone(tmp_path):
    """A folder with what a first start needs, and no environment yet."""
    for name in ["Makefile", "requirements.lock", "requirements-dev.lock"]:
        shutil.copy(HOUSE / name, tmp_path)
    shutil.copytree(HOUSE / "deploy", tmp_path / "deploy")
    return tmp_path


def fake_python(folder, body):
    file = folder / "python-for-test"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return str(file)


def test_an_old_python_is_named_as_the_trouble(fresh_clone):
    said = run_demo(cwd=fresh_clone, PYTHON=fake_python(fresh_clone, "exit 1"))
    assert "Python 3.11 or newer is needed" in said


def test_a_python_without_venv_is_told_what_to_install(fresh_clone):
    python = fake_python(fresh_clone, 'case "$2" in *ensurepip*) exit 1;; esac\nexit 0')
    assert "apt-get install python3-venv" in run_demo(cwd=fresh_clone, PYTHON=python)


def test_no_network_on_the_first_run_is_said(fresh_clone):
    said = run_demo(
        cwd=fresh_clone,
        PIP_INDEX_URL="http://127.0.0.1:9/",
        PIP_RETRIES="0",
        PIP_NO_CACHE_DIR="1",
        PIP_CONFIG_FILE=os.devnull,
    )
    assert "needs a network" in said
    assert not Path(fresh_clone / ".venv" / "locked").exists()
