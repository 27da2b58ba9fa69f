"""A page that somebody may have to hide: a title and an address that tell nothing, and links that lead there."""

import pytest
from django.urls import reverse

from safeguarding_site.models import Alert, NeutralAddress
from tests.make import make_information
from tests.test_pages import count_queries, soup_of
from tests.test_seed import CONTRACT

pytestmark = pytest.mark.django_db
TELLING = "/key-priorities/domestic-abuse/"


@pytest.fixture
def hidden(page_at):
    """The page on domestic abuse, marked by an editor."""
    page = page_at(TELLING)
    page.neutral_title = "Help and support, part 2"
    page.save_revision().publish()
    return page


@pytest.fixture
def neutral(hidden):
    return str(NeutralAddress.objects.get(page=hidden))


def test_the_neutral_address_serves_the_page_itself_and_its_own_address_stays(reader, neutral):
    assert neutral != TELLING
    for path in (neutral, TELLING, neutral.upper().replace("/S/", "/s/")):
        soup = soup_of(reader, path)
        assert soup.h1.text == "Domestic abuse"
        assert soup.title.text.startswith("Help and support, part 2 – ")
    assert reader.get(neutral)["X-Robots-Tag"] == "noindex"


def test_a_shared_link_shows_a_neutral_preview(reader, neutral):
    head = soup_of(reader, neutral).head
    shown = [tag["content"] for tag in head.select("meta[name=description], meta[property^='og:']")]
    assert "Help and support, part 2" in shown
    assert not any("abuse" in text.lower() for text in [*shown, head.title.text])


def test_every_link_leads_to_the_neutral_address(reader, page_at, hidden, neutral):
    about = page_at("/about/")
    about.body = about.body.stream_block.to_python(
        [
            {"type": "prose", "value": f'<p><a linktype="page" id="{hidden.pk}">in a sentence</a></p>'},
            {"type": "links", "value": {"items": [{"text": "In a list", "page": hidden.pk}]}},
        ]
    )
    about.save_revision().publish()
    Alert.objects.create(text="Read", link_text="this page", link_page=hidden, ends_at="2999-01-01T00:00Z")
    found = 0
    for path in CONTRACT:
        for link in soup_of(reader, path).find_all("a"):
            assert link["href"] != TELLING, path
            found += link["href"] == neutral
    assert found >= len(CONTRACT) + 4  # the alert on every page; home, the list of priorities, sentence and list


@pytest.mark.parametrize("path", ["/", "/key-priorities/", "/about/", "/get-help/"])
def test_neutral_addresses_cost_no_query_more(reader, page_at, path):
    before = count_queries(reader, path)
    page = page_at(TELLING)
    page.neutral_title = "Help and support, part 2"
    page.save_revision().publish()
    assert count_queries(reader, path) == before


def test_the_address_stays_when_the_mark_is_taken_away_and_links_go_back(reader, hidden, neutral):
    hidden.neutral_title = ""
    hidden.save_revision().publish()
    assert soup_of(reader, neutral).title.text.startswith("Domestic abuse")
    assert soup_of(reader, "/").select_one(f'a[href="{TELLING}"]')
    hidden.neutral_title = "Help and support, part 3"
    hidden.save_revision().publish()
    assert str(NeutralAddress.objects.get(page=hidden)) == neutral


@pytest.mark.parametrize("query", ["domestic abuse", "xyzzy", "help"])
def test_search_leads_to_the_neutral_address_too(reader, hidden, neutral, query):
    links = [link["href"] for link in soup_of(reader, f"/search/?q={query}").find_all("a")]
    assert neutral in links
    assert TELLING not in links


def test_a_draft_and_an_unpublished_page_are_not_shown(reader, neutral):
    page = make_information(neutral_title="Something else")
    address = str(NeutralAddress.objects.get(page=page))
    assert reader.get(address).status_code == 200
    page.unpublish()
    assert reader.get(address).status_code == 404
    assert reader.get("/s/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("About domestic matters", "stands in the real title too"),
        ("Help, part 1", "Another page has this neutral title"),
    ],
)
def test_a_neutral_title_that_tells_or_stands_twice_is_refused(desk, page_at, words, reason):
    make_information(title="Other", neutral_title="Help, part 1")
    page = page_at(TELLING)
    page.neutral_title = words
    with pytest.raises(Exception, match=reason):
        page.full_clean()


def test_an_editor_is_shown_the_neutral_address(desk, hidden, neutral):
    assert neutral in desk.get(reverse("wagtailadmin_pages:edit", args=[hidden.pk])).content.decode()
