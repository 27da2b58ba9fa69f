"""What every page has, whoever wrote it."""

from datetime import timedelta

import html5lib
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeguarding_site.models import Alert, EmergencyFacts, SiteSettings, Topic
from safeguarding_site.page_links import known_pages
from tests.make import make_information, make_priority
from tests.test_seed import CONTRACT

pytestmark = pytest.mark.django_db
PRIORITIES = [path for path in CONTRACT if path.count("/") == 3]
every_page = pytest.mark.parametrize("path", CONTRACT)
every_priority = pytest.mark.parametrize("path", PRIORITIES)


def soup_of(reader, path):
    return BeautifulSoup(reader.get(path).content, "html.parser")


def count_queries(reader, path):
    reader.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(path).status_code == 200
    return len(queries)


@every_page
def test_a_page_costs_at_most_twelve_queries(reader, path):
    assert count_queries(reader, path) <= 12


@every_page
def test_the_cost_does_not_grow_with_the_number_of_pages(reader, path):
    before = count_queries(reader, path)
    for _ in range(5):
        make_priority()
        make_information()
    assert count_queries(reader, path) <= before


@every_page
def test_the_html_is_valid(reader, path):
    html5lib.HTMLParser(strict=True).parse(reader.get(path).content.decode())


@every_page
def test_a_page_has_one_h1_and_skips_no_heading_level(reader, path):
    levels = [int(heading.name[1]) for heading in soup_of(reader, path).main.find_all(["h1", "h2", "h3", "h4"])]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:], strict=False))


@every_page
def test_ids_are_unique_and_every_link_inside_the_page_leads_somewhere(reader, path):
    soup = soup_of(reader, path)
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for link in soup.select('a[href^="#"]'):
        assert link["href"][1:] in ids


@every_page
def test_every_link_to_this_site_answers(reader, path):
    assert not soup_of(reader, path).select("main a:not([href])")
    for address in {link["href"] for link in soup_of(reader, path).select('a[href^="/"]')}:
        assert reader.get(address).status_code == 200, address


def test_a_heading_cannot_take_the_place_of_a_section_of_the_page(reader):
    story = [{"type": "heading", "value": word} for word in ("Help", "Sources", "Now", "Main", "Next")]
    page = make_priority()
    page.body = page.body.stream_block.to_python(story)
    page.save_revision().publish()
    ids = [tag["id"] for tag in soup_of(reader, page.url).find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_a_link_in_a_sentence_to_a_page_that_is_gone_leaves_its_words(reader):
    target, page = make_information(), make_information()
    page.body = page.body.stream_block.to_python(
        [{"type": "prose", "value": f'<p>Read <a linktype="page" id="{target.pk}">that page</a>.</p>'}]
    )
    page.save_revision().publish()
    assert soup_of(reader, page.url).select_one("main p a")["href"] == target.url
    target.delete()
    assert "that page" in soup_of(reader, page.url).main.text
    assert known_pages.get() is None


def test_the_footer_leaves_out_a_page_that_is_not_published(reader, page_at):
    page = page_at("/about/")
    assert b'href="/about/"' in reader.get("/").content
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert soup_of(reader, "/").footer.select_one('a[href="/about/"]') is None


def test_a_way_in_whose_page_is_gone_is_left_out(reader, page_at):
    assert "Trouble in my street" in reader.get("/").content.decode()
    page_at("/key-priorities/crime-and-wellbeing/").unpublish()
    assert "Trouble in my street" not in reader.get("/").content.decode()


def test_publishing_a_second_page_on_a_topic_leaves_the_topics_page(page_at):
    first = page_at("/key-priorities/domestic-abuse/")
    second = make_priority(topic=first.topic)
    assert Topic.objects.get(pk=first.topic_id).page_id == first.pk
    first.unpublish()
    second.save_revision().publish()
    assert Topic.objects.get(pk=first.topic_id).page_id == second.pk
    second.topic = Topic.objects.get(key="mental-health")
    second.save_revision().publish()
    assert Topic.objects.get(pk=first.topic_id).page_id is None


@every_page
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(reader, path):
    soup = soup_of(reader, path)
    for tag in soup.find_all(["script", "img", "iframe", "source"], src=True) + soup.find_all("link", href=True):
        assert (tag.get("src") or tag["href"]).startswith(("/", "data:image/svg+xml,"))
    assert not soup.find("style")
    assert not soup.find("script", src=False)
    assert not soup.find(style=True)


@every_page
def test_reading_sets_no_cookie(reader, path):
    response = reader.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@every_page
def test_help_is_one_tap_away(reader, path):
    soup = soup_of(reader, path)
    assert soup.select_one('.strip a[href="tel:999"]')
    assert "55 (mobiles only)" in " ".join(soup.select_one(".strip").text.split())
    assert soup.select_one('nav a[href="/get-help/"]')


@every_page
def test_the_silent_call_is_told_in_the_right_order(reader, path):
    text = " ".join(soup_of(reader, path).get_text(" ").split())
    assert "999 then 55" not in text
    assert "99955" not in text
    assert text.index("Call 999") < text.index("55")


@every_priority
def test_a_priority_page_opens_with_what_to_do_in_danger(reader, path):
    sections = soup_of(reader, path).select("main section")
    assert "danger" in sections[0]["class"]
    assert sections[0].select_one('a[href="tel:999"]')
    assert "mobiles only" in sections[0].text
    assert len(sections[0].select("a.plate")) == 2


@every_priority
def test_a_priority_page_keeps_its_sections_in_order(reader, path):
    headings = [heading.text.strip() for heading in soup_of(reader, path).select("main h2")]
    expected = [
        "If someone is in danger",
        "On this page",
        "What it is",
        "Signs to look for",
        "What to do now",
        "Who can help",
        "What happens next",
        "What we are doing",
        "For practitioners",
        "Where the facts come from",
    ]
    assert [heading for heading in headings if heading in expected] == expected


def test_the_contact_address_is_shown_once_it_is_known(reader):
    assert b"mailto:" not in reader.get("/about/").content
    SiteSettings.objects.update(contact_email="website@example.org")
    assert b'href="mailto:website@example.org"' in reader.get("/about/").content


def test_a_telephone_number_is_a_link_that_dials_it(reader):
    for plate in soup_of(reader, "/get-help/").select("a.plate"):
        assert plate["href"] == "tel:" + "".join(plate.text.split())


def test_a_changed_team_number_is_right_everywhere_at_once(reader):
    EmergencyFacts.objects.update(family_connect="01952 000000")
    for path in ["/", "/get-help/", "/key-priorities/child-sexual-exploitation/", "/nowhere/"]:
        html = reader.get(path).content.decode()
        assert "01952 000000" in html
        assert "01952 385385" not in html


def test_a_demonstration_says_so_and_asks_not_to_be_listed(reader):
    assert b"demonstration" in reader.get("/about/").content
    assert b'content="noindex"' in reader.get("/about/").content
    SiteSettings.objects.update(demonstration=False)
    assert b"A demonstration" not in reader.get("/about/").content
    assert b"noindex" not in reader.get("/about/").content


@pytest.mark.parametrize(
    ("begins", "ends", "shown"),
    [(-1, 1, True), (1, 2, False), (-2, -1, False)],
    ids=["now", "later", "over"],
)
def test_an_alert_shows_between_its_two_moments(reader, begins, ends, shown):
    now = timezone.now()
    Alert.objects.create(
        text="The line is down", starts_at=now + timedelta(hours=begins), ends_at=now + timedelta(hours=ends)
    )
    assert (b"The line is down" in reader.get("/").content) is shown


def test_a_page_never_reviewed_says_so_and_a_review_is_shown_with_its_team(reader, page_at):
    assert b"has not reviewed this page yet" in reader.get("/about/").content
    page = page_at("/about/")
    today = timezone.localdate()
    page.reviewed_on, page.reviewed_by, page.review_due = today, "the board", today + timedelta(days=180)
    page.save_revision().publish()
    html = reader.get("/about/").content.decode()
    assert "by the board" in html
    assert "Next review by" in html


def test_an_overdue_review_is_said_to_the_reader(reader, page_at):
    page = page_at("/about/")
    today = timezone.localdate()
    page.reviewed_on, page.reviewed_by = today - timedelta(days=400), "the board"
    page.review_due = today - timedelta(days=35)
    page.save_revision().publish()
    assert b"due for another look since" in reader.get("/about/").content


def test_a_service_stands_on_the_pages_of_its_topics(reader):
    html = reader.get("/key-priorities/domestic-abuse/").content.decode()
    assert "National Domestic Abuse Helpline" in html
    assert "FRANK" not in html


def test_a_new_topic_takes_a_hue_and_an_icon_from_the_list(reader):
    topic = Topic.objects.create(key="hate-crime", name="Hate crime", hue="umber", icon="heart")
    page = make_priority(topic=topic)
    html = reader.get(page.url).content.decode()
    assert "hue--umber" in html
    assert reader.get("/key-priorities/").content.decode().count("terrace__text") == 6


def test_a_readers_page_has_no_indentation_and_loses_no_space_between_words(reader):
    html = reader.get("/key-priorities/domestic-abuse/").content.decode()
    assert "\n " not in html
    words = BeautifulSoup(html, "html.parser").main.get_text()
    assert "Call 999. If you cannot speak, wait to be asked" in " ".join(words.split())
