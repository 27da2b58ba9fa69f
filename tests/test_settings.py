"""The environment: a missing or wrong variable stops the start with its name and an example."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
ENOUGH = {
    "SECRET_KEY": "k" * 50,
    "SITE_URL": "https://safer.example",
    "DATABASE_URL": "postgres://user:password@localhost/safer",
}


def start(**environment):
    """Read the settings in a process of their own; return its exit status and the last line it wrote."""
    code = "from django.conf import settings as s; s.DEBUG; print(s.SITE_URL, s.ALLOWED_HOSTS, s.SESSION_COOKIE_SECURE)"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=HOUSE,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "safeguarding_site.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, (result.stdout + result.stderr).strip().splitlines()[-1]


def test_an_empty_environment_refuses_to_start_and_names_the_variable():
    status, message = start()
    assert status != 0
    assert "SECRET_KEY is not set" in message
    assert "Example:" in message


@pytest.mark.parametrize("name", sorted(ENOUGH))
def test_each_compulsory_variable_is_asked_for_by_name(name):
    status, message = start(**{key: value for key, value in ENOUGH.items() if key != name})
    assert status != 0
    assert f"{name} is not set" in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SITE_URL", "safer.example"),
        ("SITE_URL", "https://safer.example/path"),
        ("DATABASE_URL", "mysql://user@localhost/safer"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgres://localhost"),
        ("SITE_URL", "https://*"),
        ("SITE_URL", "https://safer.example:port"),
        ("SITE_URL", "https://safer.example?x=1"),
        ("SITE_URL", "https://user:word@safer.example"),
        ("DATABASE_URL", "sqlite:///"),
        ("ALLOWED_HOSTS", "https://safer.example"),
        ("ALLOWED_HOSTS", "*"),
        ("DEBUG", "maybe"),
        ("PAGE_CACHE", "2"),
        ("EMAIL_URL", "carrier-pigeon://loft"),
    ],
)
def test_a_malformed_value_is_refused_with_its_name_and_what_was_expected(name, value):
    status, message = start(**ENOUGH, **{name: value}) if name not in ENOUGH else start(**{**ENOUGH, name: value})
    assert status != 0
    assert name in message
    assert "expected" in message


def test_the_least_environment_is_a_safe_one():
    status, message = start(**ENOUGH)
    assert status == 0
    assert "https://safer.example" in message
    assert "'safer.example'" in message
    assert message.endswith("True")  # cookies of the admin travel over https only


def test_every_variable_is_documented_and_every_documented_one_is_read():
    source = (HOUSE / "safeguarding_site/settings.py").read_text() + (HOUSE / "deploy/gunicorn.conf.py").read_text()
    read = set(re.findall(r'setting\(\s*"([A-Z_]+)"', source)) | set(re.findall(r'environ\.get\("([A-Z_]+)"', source))
    documented = set(re.findall(r"^#? ?([A-Z_]+)=", (HOUSE / ".env.example").read_text(), re.MULTILINE))
    assert read == documented
