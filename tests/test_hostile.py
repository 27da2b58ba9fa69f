"""Whatever is put into an address, the answer is a clean page: no fault, nothing repeated unescaped, 999 in sight."""

from urllib.parse import quote, urlsplit

import pytest
from bs4 import BeautifulSoup

from safeguarding_site.views import bad_request

VALUES = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"><img src=x onerror='alert(1)'>",
    "javascript address": "javascript:alert(1)",
    "null byte": "a\0b",
    "invalid UTF-8": b"\xff\xfe\xc0\x80",
    "half a character": b"\xed\xa0\x80",
    "up and up": "../../../../../../etc/passwd",
    "up in backslashes": "..\\..\\..\\windows",
    "two slashes": "//evil.example/",
    "encoded twice": "%2e%2e%2f%00%c0%af",
    "10 kB": "a" * 10_240,
    "10 kB of folders": "a/" * 5_120,
    "right to left": "\u202egnp.exe\u2066\u200f",
    "emoji": "🏠👩‍👧",
    "SQL": "'; DROP TABLE wagtailcore_page; -- ' OR '1'='1",
    "header": "a\r\nSet-Cookie: stolen=1\r\n\r\n<b>",
    "template": "{{ 7|add:7 }}{% debug %}${7*7}%s%n",
    "number too large": "9" * 40,
    "negative number": "-1",
    "digits of another script": "١٢٣",
    "nothing": "",
}
ROUTES = [
    "/{}",
    "/{}/",
    "/about/{}/",
    "/key-priorities/domestic-abuse/{}",
    "/get-help/{}/",
    "/go/{}",
    "/go/{}/",
    "/documents/{}/{}",
    "/documents/1/{}",
    "/documents/{}/file.pdf",
    "/media/{}",
    "/static/{}",
    "/info/{}/key_priorities",
    "/_util/authenticate_with_password/{}/1/",
    "/.well-known/{}",
    "/sitemap.xml?p={}",
    "/sitemap.xml?section={}",
    "/robots.txt?{}={}",
    "/?{}={}",
    "/about/?q={}&q={}",
    "/get-help/?q={}",
    "/get-help/?topic={}&page={}&kind={}&open={}",
    "/search/?q={}",
    "/leave/?to={}",
    "/go/nowhere/?next={}",
    "/admin/{}/",
    "/admin/login/?next={}",
]


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_hostile_address_gets_a_clean_answer(reader, route, value):
    response = reader.get(route.replace("{}", quote(value, safe="")))
    assert_clean(response, value, needs_help=not route.startswith(("/admin", "/leave")))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/about/", "/get-help/", "/nowhere/", "/go/nowhere/", "/admin/login/"])
@pytest.mark.parametrize(
    "query",
    ["&".join(f"a{number}=1" for number in range(2000)), "q=" + "%00" * 500, "&" * 5000, "q=%ff%fe", "a[b][]=%", "%"],
    ids=["2,000 parameters", "null bytes", "5,000 times nothing", "invalid UTF-8", "brackets", "a lone %"],
)
def test_a_hostile_query_gets_a_clean_answer(reader, path, query):
    assert_clean(reader.get(f"{path}?{query}"), needs_help="admin" not in path)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/about/", "/nowhere/", "/admin/"])
@pytest.mark.parametrize("value", ["aaaaaaaa\0", "a" * 5000, "<script>", "\xe9" * 10])
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "anything"])
def test_a_hostile_cookie_gets_a_clean_answer(reader, path, value, name):
    reader.cookies[name] = value
    assert_clean(reader.get(path), needs_help="admin" not in path)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header",
    [
        {"host": "evil.example"},
        {"host": "<script>"},
        {"host": ""},
        {"host": "testserver:99999999"},
        {"x-forwarded-host": "evil.example"},
        {"accept-language": "<script>," * 500},
        {"accept-encoding": "identity;q=\0"},
        {"if-modified-since": "Thu, 99 Foo 99999 25:61:61 GMT"},
        {"range": "bytes=9-1,-,a"},
        {"content-type": "multipart/form-data; boundary="},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/get-help/", "/nowhere/", "/go/nowhere/", "/sitemap.xml"])
def test_a_hostile_header_gets_a_clean_answer(reader, path, header):
    assert_clean(reader.get(path, headers=header))


def assert_clean(response, value="", needs_help=True):
    assert response.status_code in (200, 301, 302, 400, 404)
    target = urlsplit(response.headers.get("Location", ""))
    assert target.netloc in ("", "testserver")
    assert target.scheme in ("", "http")
    assert "stolen" not in response.cookies
    if not response.headers.get("Content-Type", "").startswith("text/html") or target.path:
        return
    html = response.content.decode()
    if isinstance(value, str) and set(value) & set("<>\"'"):
        assert value not in html
    soup = BeautifulSoup(html, "html.parser")
    assert not [tag for tag in soup.find_all(True) if tag.has_attr("onerror")]
    assert not soup.select('[href^="javascript:"]')
    assert "alert(1)" not in "".join(script.text for script in soup.find_all("script"))
    if needs_help:
        assert soup.select_one('a[href="tel:999"]')
        assert "(mobiles only)" in soup.text
        assert soup.select_one('a[href="/"]')


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/%00/", "/about/%00", "/go/%00/", "/get-help/?q=%00"])
def test_a_null_byte_is_refused_wherever_it_leads(reader, path):
    assert reader.get(path).status_code == 400


def test_the_page_for_a_request_that_cannot_be_read_needs_no_database(rf):
    response = bad_request(rf.get("/?" + "a=1&" * 2000))
    assert response.status_code == 400
    assert response["Cache-Control"] == "no-store"
    assert_clean(response)
