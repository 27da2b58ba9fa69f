"""The content the site comes with: loaded once, refused when wrong, and the editors' from then on."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from priorities.models import HomePage, PriorityPage
from safeguarding_site import seeds
from safeguarding_site.models import EmergencyFacts, FactToCheck, SiteSettings, Topic
from tests.make import make_information

pytestmark = pytest.mark.django_db

CONTRACT = [
    "/",
    "/key-priorities/",
    "/key-priorities/child-sexual-exploitation/",
    "/key-priorities/domestic-abuse/",
    "/key-priorities/crime-and-wellbeing/",
    "/key-priorities/alcohol-and-drugs/",
    "/key-priorities/counter-terrorism/",
    "/get-help/",
    "/practitioners/",
    "/search/",
    "/stay-safe-online/",
    "/about/",
    "/contact/",
    "/accessibility/",
    "/privacy/",
]


def write_page(folder, path, text):
    file = folder / "content" / "pages" / f"{path}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A content folder of the test's own, read beside nothing else."""
    monkeypatch.setattr(seeds, "content_folders", lambda: [tmp_path / "content"])
    return tmp_path


@pytest.mark.both
@pytest.mark.parametrize("path", CONTRACT)
def test_every_page_of_the_contract_is_there(reader, path):
    assert reader.get(path).status_code == 200


@pytest.mark.both
def test_loading_again_changes_nothing():
    before = list(Page.objects.values_list("path", "latest_revision_id", "last_published_at"))
    assert seeds.load_all() == []
    assert list(Page.objects.values_list("path", "latest_revision_id", "last_published_at")) == before


def test_an_editors_words_are_never_overwritten(page_at):
    page = page_at("/about/")
    page.summary = "Our own words"
    page.save_revision().publish()
    Topic.objects.filter(key="domestic-abuse").update(name="Abuse at home")
    seeds.load_all()
    assert page_at("/about/").summary == "Our own words"
    assert Topic.objects.get(key="domestic-abuse").name == "Abuse at home"


def test_a_page_that_an_editor_deleted_or_renamed_does_not_come_back(page_at):
    page_at("/key-priorities/domestic-abuse/").delete()
    moved = page_at("/key-priorities/alcohol-and-drugs/")
    moved.slug = "drinking"
    moved.save(clean=False)  # a manager's decision, past the guard of the contract's addresses
    seeds.load_all()
    assert not Page.objects.filter(url_path__regex="/key-priorities/(domestic-abuse|alcohol-and-drugs)/").exists()


def test_a_page_that_an_editor_made_at_a_seeds_address_is_left_alone(folder):
    mine = make_information(slug="new", title="Mine")
    write_page(folder, "new", 'type = "safeguarding_site.InformationPage"\ntitle = "Seed"')
    assert seeds.load_pages() == []
    assert Page.objects.get(pk=mine.pk).title == "Mine"


def test_a_loaded_page_has_a_history_to_go_back_to(page_at):
    page = page_at("/about/")
    assert page.latest_revision is not None
    assert page.live_revision == page.latest_revision


def test_links_in_sentences_are_kept_by_page_and_follow_it(reader, page_at):
    page = page_at("/key-priorities/crime-and-wellbeing/")
    page.slug = "in-your-street"
    page.save(clean=False)
    assert b'href="/key-priorities/in-your-street/"' in reader.get("/").content


def test_wagtails_welcome_page_is_gone_and_ours_is_the_home():
    assert Site.objects.get().root_page.specific_class is HomePage
    assert not Page.objects.filter(title__contains="Welcome to your new").exists()


def test_a_topic_knows_the_page_about_it():
    for page in PriorityPage.objects.all():
        assert Topic.objects.get(pk=page.topic_id).page_id == page.pk


def test_what_nobody_has_told_us_is_listed_for_editors():
    assert FactToCheck.objects.still_open().count() > 40
    first, second = FactToCheck.objects.all()[:2]
    assert "Family Connect" in first.title
    assert "Emergency Duty Team" in second.title


GOOD = 'type = "safeguarding_site.InformationPage"\ntitle = "New"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = ", "not valid TOML"),
        ('title = "New"', "key type is missing"),
        ('type = "safeguarding_site.InformationPage"', "key title is missing"),
        ('type = "safeguarding_site.NoPage"\ntitle = "New"', "no page of this site"),
        (GOOD + 'sumary = "x"', "unknown key 'sumary'"),
        ('type = "safeguarding_site.Topic"\ntitle = "New"', "no page of this site"),
        ('type = 5\ntitle = "New"', "expected text in quotes"),
        (GOOD + 'body = "x"', "expected a list"),
        (GOOD + "[[body]]\nprose = 5", "expected text in quotes"),
        (GOOD + 'redirects_from = "/old"', "expected a list"),
        (
            GOOD + '[[body]]\n[body.table]\ncaption = "x"\n[body.table.table]\ncolumns = [{heading = "x"}]\nrows = []',
            "needs a type",
        ),
        (GOOD + '[[body]]\nheadline = "x"', "unknown block 'headline'"),
        (GOOD + '[[body]]\nheading = "x"\nprose = "y"', "one block each"),
        (GOOD + '[[body]]\nheading = ""', "body"),
        (GOOD + '[[body]]\nheading = "x"\n[[body]]\n[body.steps]\nsteps = []', "unknown key 'steps'"),
        (GOOD + "[[body]]\nprose = '<p><a href=\"/nowhere/\">x</a></p>'", "no page '/nowhere/'"),
        (GOOD + "[[body]]\nprose = '<p><a href=\"javascript:x\">x</a></p>'", "neither with / nor with https://"),
        (GOOD + 'reviewed_on = 2999-01-01\nreviewed_by = "Us"', "has not come yet"),
        ('type = "priorities.HomePage"\ntitle = "Second home"', "cannot stand under"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_nothing_is_loaded(folder, text, message):
    write_page(folder, "new", text)
    before = Page.objects.count()
    with pytest.raises(CommandError) as error:
        call_command("load_content", verbosity=0)
    assert message in str(error.value)
    assert "new.toml" in str(error.value)
    assert Page.objects.count() == before


def test_a_page_under_no_page_is_refused(folder):
    write_page(folder, "nowhere/new", GOOD)
    with pytest.raises(seeds.SeedError, match="no page /nowhere/"):
        seeds.load_pages()


def test_rich_text_is_cleaned_as_the_editor_would_clean_it(folder, page_at):
    body = """[[body]]\nheading = "x"\n[[body]]\nprose = '<p style="color:red">Kept<script>alert(1)</script></p><h1>Big</h1>'"""
    write_page(folder, "new", GOOD + body)
    seeds.load_pages()
    source = page_at("/new/").body[1].value.source
    assert "Kept" in source
    assert "style" not in source
    assert "<script" not in source
    assert "<h1" not in source


def test_the_site_record_follows_the_address_the_site_is_known_by(settings):
    settings.SITE_URL = "https://safertelford.example"
    seeds.sync_site()
    assert Site.objects.get().root_url == "https://safertelford.example"


def test_settings_that_exist_are_not_loaded_again():
    SiteSettings.objects.update(name="Another name")
    EmergencyFacts.objects.update(police="102")
    seeds.load_all()
    assert SiteSettings.objects.get().name == "Another name"
    assert EmergencyFacts.objects.get().police == "102"
