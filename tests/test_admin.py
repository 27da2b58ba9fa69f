"""An editor at the desk: can change every word, and cannot break the site."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture
from wagtail.test.utils.form_data import nested_form_data, streamfield

from priorities.models import HomePage, PriorityPage
from safeguarding_site.editing.roles import EDITORS, grant_editors
from safeguarding_site.models import (
    Alert,
    EmergencyFacts,
    FactToCheck,
    InformationPage,
    SiteImage,
    SiteSettings,
    Topic,
    User,
)
from tests.make import make_information
from tests.test_seed import CONTRACT

pytestmark = pytest.mark.django_db
FIXTURES = CONTRACT


def page_form(page, **changes):
    """Return what a browser sends from the editor of an information page with an empty body."""
    empty_comments = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "summary": page.summary,
            "body": streamfield([]),
            "sources": streamfield([]),
            "comments": empty_comments,
            "action-publish": "1",
            **changes,
        }
    )


def setting_form(setting, **changes):
    """Return what a browser sends from the form of a setting as it stands, with some fields changed."""
    values = {field.name: field.value_from_object(setting) for field in setting._meta.fields if field.name != "id"}
    return nested_form_data({**values, "footer_links": streamfield([]), **changes})


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_an_editor_changes_a_page_and_readers_see_it(desk, reader):
    page = make_information()
    response = desk.post(edit_address(page), page_form(page, summary="What we are working on"))
    assert response.status_code == 302
    assert "What we are working on" in Client().get(page.url).content.decode()


def test_every_kind_of_page_opens_in_the_editor(desk):
    for page in [HomePage.objects.get(), PriorityPage.objects.first(), InformationPage.objects.first()]:
        assert desk.get(edit_address(page)).status_code == 200


def test_a_mistake_is_told_on_its_field_and_nothing_is_lost(desk):
    page = make_information()
    html = desk.post(
        edit_address(page), page_form(page, summary="Kept words", reviewed_on="2999-01-01")
    ).content.decode()
    assert "This day has not come yet" in html
    assert "Say which team reviewed it" in html
    assert "Kept words" in html


@pytest.mark.parametrize("path", FIXTURES)
def test_a_page_of_the_contract_cannot_be_deleted_moved_or_unpublished(desk, page_at, editor, path):
    page = page_at(path)
    for action in ["delete", "unpublish", "move"]:
        desk.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    desk.post(f"{bulk}?id={page.pk}")
    page.refresh_from_db()
    assert page.live
    permissions = page.permissions_for_user(editor)
    assert not permissions.can_delete()
    assert not permissions.can_move()
    assert not permissions.can_unpublish()


def test_the_address_of_a_page_of_the_contract_stays(page_at):
    page = page_at("/get-help/")
    page.slug = "help"
    with pytest.raises(ValidationError, match="Posters and other sites"):
        page.full_clean()


def test_a_page_of_the_contract_does_not_expire(page_at):
    page = page_at("/contact/")
    page.expire_at = timezone.now()
    with pytest.raises(ValidationError, match="always there"):
        page.full_clean()


def test_the_key_of_a_topic_stays():
    topic = Topic.objects.get(key="domestic-abuse")
    topic.key = "da"
    with pytest.raises(ValidationError, match="go by this key"):
        topic.full_clean()


def test_rows_made_by_hand_have_no_key_and_do_not_collide(admin_client):
    for title in ("First", "Second"):
        row = {"title": title, "state": "missing", "how": "", "page": "", "check_by": ""}
        address = reverse("wagtailsnippets_safeguarding_site_facttocheck:add")
        assert admin_client.post(address, row).status_code == 302


def test_a_role_that_may_not_settle_facts_does_not_see_them(client, page_at):
    user = User.objects.create_user("walt", password="a long pass phrase")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    assert b"Facts nobody has told us" not in client.get("/admin/").content
    assert b"Still missing or in doubt" not in client.get(edit_address(page_at("/privacy/"))).content


def test_a_permission_that_was_taken_away_stays_away(editor):
    group = Group.objects.get(name=EDITORS)
    group.permissions.remove(*group.permissions.filter(codename="change_emergencyfacts"))
    grant_editors()
    assert not group.permissions.filter(codename="change_emergencyfacts").exists()


def test_no_page_can_be_made_private(desk, page_at, reader):
    page = page_at("/")
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    desk.post(address, {"restriction_type": "login"})
    assert Client().get("/").status_code == 200


def test_the_way_to_what_to_do_in_danger_cannot_be_lost(page_at):
    home = page_at("/")
    home.ways = home.ways.stream_block.to_python([])
    with pytest.raises(ValidationError, match="in danger"):
        home.full_clean()


def test_national_numbers_are_not_an_editors_to_change(desk):
    facts = EmergencyFacts.objects.get()
    address = reverse("wagtailsettings:edit", args=["safeguarding_site", "emergencyfacts", facts.pk])
    desk.post(address, setting_form(facts, emergency="998", police="102", family_connect="01952 111111"))
    facts.refresh_from_db()
    assert (facts.emergency, facts.police, facts.family_connect) == ("999", "101", "01952 111111")


def test_an_ordinary_page_can_be_deleted(desk):
    page = make_information()
    desk.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not InformationPage.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize(
    ("parent", "allowed"),
    [
        ("/", {"informationpage"}),
        ("/key-priorities/", {"prioritypage"}),
        ("/key-priorities/domestic-abuse/", set()),
        ("/about/", set()),
        ("/get-help/", set()),
    ],
)
def test_a_page_can_be_made_only_where_it_makes_sense(page_at, parent, allowed):
    page = page_at(parent)
    models = {model._meta.model_name for model in page.creatable_subpage_models() if model.can_create_at(page)}
    assert models == allowed


def test_no_page_of_ours_can_stand_above_the_home_page():
    root = HomePage.objects.get().get_parent()
    assert not InformationPage.can_create_at(root)
    assert not HomePage.can_create_at(root)  # there is one already


def test_an_alert_must_end_and_after_it_starts(desk):
    address = reverse("wagtailsnippets_safeguarding_site_alert:add")
    alert = {"level": "note", "text": "Closed", "link_text": "", "link_page": "", "starts_at": "2026-12-01 09:00"}
    assert b"This field is required" in desk.post(address, alert | {"ends_at": ""}).content
    assert (
        b"Choose a time after the alert starts" in desk.post(address, alert | {"ends_at": "2026-11-01 09:00"}).content
    )
    assert not Alert.objects.exists()
    assert desk.post(address, alert | {"ends_at": "2026-12-24 09:00"}).status_code == 302
    assert Alert.objects.get().text == "Closed"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("https://SAFER.example/about/", "our own site"),
        ("https://www.safer.example/", "our own site"),
        ("http://example.org/", "starting with https://"),
    ],
)
def test_the_exit_cannot_lead_to_this_site_or_off_https(desk, settings, address, message):
    settings.ALLOWED_HOSTS = ["safer.example", "testserver"]
    site = SiteSettings.objects.get()
    form = reverse("wagtailsettings:edit", args=["safeguarding_site", "sitesettings", site.pk])
    assert message in desk.post(form, setting_form(site, exit_url=address)).content.decode()
    site.refresh_from_db()
    assert site.exit_url.startswith("https://www.bbc.co.uk/")


def test_an_emergency_number_must_be_one(desk):
    facts = EmergencyFacts.objects.get()
    address = reverse("wagtailsettings:edit", args=["safeguarding_site", "emergencyfacts", facts.pk])
    html = desk.post(address, setting_form(facts, family_connect="ring us")).content.decode()
    assert "Write the number in digits and spaces" in html
    facts.refresh_from_db()
    assert facts.family_connect == "01952 385385"


def test_the_first_page_of_the_admin_lists_what_is_missing(desk):
    html = desk.get("/admin/").content.decode()
    assert "Facts nobody has told us yet" in html
    assert "Family Connect" in html


def test_the_editor_of_a_page_tells_what_that_page_lacks(desk, page_at):
    page = page_at("/privacy/")
    assert "Still missing or in doubt on this page" in desk.get(edit_address(page)).content.decode()
    FactToCheck.objects.filter(page=page).update(state="settled")
    assert "Still missing or in doubt on this page" not in desk.get(edit_address(page)).content.decode()
    assert "Still missing" not in desk.get("/privacy/").content.decode()


def test_a_picture_needs_words_for_those_who_do_not_see_it(desk, tmp_path):
    file = tmp_path / "street.png"
    Picture.new("RGB", (8, 8)).save(file)
    with file.open("rb") as upload:
        html = desk.post(reverse("wagtailimages:add"), {"title": "Street", "file": upload, "description": ""}).content
    assert b"This field is required" in html
    assert not SiteImage.objects.exists()


def test_a_picture_on_a_page_loads_late_and_with_its_words(reader, tmp_path):
    file = tmp_path / "street.png"
    Picture.new("RGB", (8, 8)).save(file)
    with file.open("rb") as opened:
        image = SiteImage.objects.create(title="Street", description="A street", file=ImageFile(opened, "street.png"))
    page = make_information()
    page.body = page.body.stream_block.to_python(
        [{"type": "picture", "value": {"image": image.pk, "alt": "A terrace of houses", "caption": ""}}]
    )
    page.save_revision().publish()
    picture = BeautifulSoup(reader.get(page.url).content, "html.parser").select_one("main img")
    assert picture["alt"] == "A terrace of houses"
    assert picture["loading"] == "lazy"


def test_a_preview_is_never_held(desk, page_at):
    page = page_at("/about/")
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    response = desk.get(address)
    assert response.status_code == 200
    assert "no-cache" in response["Cache-Control"] or "no-store" in response["Cache-Control"]
