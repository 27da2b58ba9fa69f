"""What every answer tells the browser: strict for readers, as Wagtail needs it for staff, never left out."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model

from tests.test_seed import CONTRACT

pytestmark = pytest.mark.django_db
PATHS = [
    *CONTRACT,
    "/no/such/page/",
    "/leave/",
    "/go/nothing/",
    "/robots.txt",
    "/sitemap.xml",
    "/healthz",
    "/get-help/?q=x",
]
every_path = pytest.mark.parametrize("path", PATHS)


def policy_of(response):
    parts = response["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@every_path
def test_a_reader_gets_the_strict_headers(reader, path):
    response = reader.get(path)
    policy = policy_of(response)
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


def test_a_page_from_memory_has_them_too(settings):
    settings.PAGE_CACHE = True
    first, second = Client().get("/about/"), Client().get("/about/")
    assert second["Age"] == "0"  # it does come from memory
    for name in ("Content-Security-Policy", "Referrer-Policy", "Permissions-Policy", "X-Frame-Options"):
        assert second[name] == first[name]


def test_a_broken_page_has_them_too(reader, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("safeguarding_site.models.pages.InformationPage.serve", fail)
    reader.raise_request_exception = False
    response = reader.get("/about/")
    assert response.status_code == 500
    assert response["Referrer-Policy"] == "no-referrer"
    assert policy_of(response)["default-src"] == "'none'"


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/"])
def test_the_desk_may_frame_its_own_previews_and_send_its_forms(reader, path):
    response = reader.get(path)
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    policy = policy_of(response)
    assert policy["default-src"] == policy["frame-ancestors"] == "'self'"
    assert "http" not in response["Content-Security-Policy"]


def test_a_document_keeps_wagtails_stricter_policy(reader, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    document = get_document_model()(title="Plan")
    document.file.save("plan.pdf", ContentFile(b"%PDF-1.4"))
    document.save()
    response = reader.get(document.url)
    b"".join(response.streaming_content)
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Referrer-Policy"] == "no-referrer"
