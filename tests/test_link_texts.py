"""Words of links and of pictures: what says nothing is refused where it stands, and nothing that was typed is lost."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture
from wagtail import blocks
from wagtail.fields import RichTextField
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from priorities.blocks import PanelBlock, WayBlock
from priorities.models import PriorityPage
from referrals.models import GuidePage, Service
from safeguarding_site.blocks import (
    CalloutBlock,
    FactBlock,
    FooterLinkBlock,
    LinkBlock,
    PictureBlock,
    ProseBlock,
    QuestionsBlock,
    SourceBlock,
    StepsBlock,
    WordsBlock,
)
from safeguarding_site.editing import alt_texts, link_texts
from safeguarding_site.models import Alert, InformationPage, SiteImage, SiteSettings
from tests.make import make_information, make_service
from tests.test_admin import edit_address, page_form, setting_form


@pytest.mark.parametrize(
    "text",
    [
        "here",
        "Click here",
        "CLICK HERE!",
        "→ here ←",
        "“Click  here”",
        "click\u00a0here",
        "more",
        "Read more…",
        "Find out more >>",
        "link",
        "This page",
        "see this link.",
        "Click here to report fly-tipping",
        "tap on this",
        "For more information",
        "Download",
    ],
)
def test_words_that_name_no_place_are_refused_with_what_to_write(text):
    fault = link_texts.find_fault(text)
    assert "does not say where the link leads" in fault
    assert " ".join(text.split()) in fault
    assert "Report fly-tipping on GOV.UK" in fault


@pytest.mark.parametrize("text", ["https://www.gov.uk/report", "HTTP://example.org", "www.gov.uk", "(www.gov.uk/x)."])
def test_a_bare_address_is_refused(text):
    assert "Write the name of the page" in link_texts.find_fault(text)


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "→", "...", "\u200b"])
def test_a_link_without_words_is_refused(text):
    assert "no words" in link_texts.find_fault(text)


@pytest.mark.parametrize(
    "text",
    [
        "Get help",
        "About this site",
        "Report fly-tipping on GOV.UK",
        "Read more on the page for everyone",
        "the guide for that",
        "0800 1111",
        "website@example.org",
        "Here and Now, a group for carers",
        "Linkworkers",
        "Moreton",
        "how www addresses work",
        "آج مدد حاصل کریں",
    ],
)
def test_words_that_name_a_place_will_do(text):
    assert link_texts.find_fault(text) == ""


def test_every_link_of_a_text_is_told_once():
    html = '<p><a href="https://example.org/">Click <b>here</b></a>, <a linktype="page" id="1">more</a>, '
    html += '<a linktype="service" id="1">more</a>, <a href="https://example.org/">the guide</a></p>'
    first, second = link_texts.find_faults(html)
    assert "“Click here”" in first
    assert "“more”" in second


LINK_HERE = '<p>Report it <a href="https://example.org/">here</a>.</p>'


@pytest.mark.parametrize(
    ("block", "value", "path"),
    [
        (ProseBlock(), LINK_HERE, []),
        (WordsBlock(), LINK_HERE, []),
        (CalloutBlock(), {"kind": "note", "title": "Note", "text": LINK_HERE}, ["text"]),
        (StepsBlock(), {"items": [{"title": "Tell them", "text": LINK_HERE}]}, ["items", 0, "text"]),
        (QuestionsBlock(), {"items": [{"question": "How?", "answer": LINK_HERE}]}, ["items", 0, "answer"]),
        (LinkBlock(), {"text": "here", "url": "https://example.org/"}, ["text"]),
        (FactBlock(), {"text": "<p>A fact</p>", "source": "here", "url": "https://example.org/"}, ["source"]),
        (SourceBlock(), {"says": "A fact", "publisher": "here", "url": "https://example.org/"}, ["publisher"]),
        (WayBlock(), {"text": "here", "icon": "phone", "goes_to": "danger"}, ["text"]),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, blocks.Block) else "",
)
def test_a_block_refuses_the_link_at_the_part_that_holds_it(block, value, path):
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(value))
    error = refused.value
    for step in path:
        error = error.block_errors[step]
    assert "“here” does not say" in "".join(error.messages)


@pytest.mark.django_db
@pytest.mark.parametrize(("block", "name"), [(FooterLinkBlock(), "text"), (PanelBlock(), "link_text")])
def test_a_link_to_a_page_is_refused_too(block, name, page_at):
    value = {"heading": "Who we are", "text": "<p>Us</p>", "page": page_at("/about/").pk, name: "more"}
    with pytest.raises(blocks.StructBlockValidationError) as refused:
        block.clean(block.to_python({key: value[key] for key in block.child_blocks}))
    assert list(refused.value.block_errors) == [name]


@pytest.mark.django_db
def test_a_link_in_the_footer_may_take_the_title_of_its_page(page_at):
    block = FooterLinkBlock()
    assert block.clean(block.to_python({"page": page_at("/about/").pk, "text": ""}))["page"]


def test_two_faults_of_a_link_are_told_at_once():
    block = LinkBlock()
    with pytest.raises(blocks.StructBlockValidationError) as refused:
        block.clean(block.to_python({"text": "here", "url": "http://example.org/"}))
    assert sorted(refused.value.block_errors) == ["text", "url"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/key-priorities/", "/get-help/"])
def test_every_rich_text_field_of_a_page_refuses_it(page_at, path):
    page = page_at(path)
    fields = [field.name for field in page._meta.fields if isinstance(field, RichTextField)]
    for name in fields:
        setattr(page, name, LINK_HERE)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert sorted(refused.value.message_dict) == sorted(fields)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [PriorityPage, GuidePage])
def test_every_rich_text_field_of_a_page_with_several_refuses_it(model):
    page = model.objects.first()
    fields = sorted(field.name for field in page._meta.fields if isinstance(field, RichTextField))
    for name in fields:
        setattr(page, name, LINK_HERE)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert sorted(refused.value.message_dict) == fields
    assert len(fields) > 2


@pytest.mark.django_db
def test_a_title_and_a_services_name_are_links_too():
    with pytest.raises(ValidationError, match="the title is a link. “Read more”"):
        InformationPage(title="Read more", slug="x").clean()
    with pytest.raises(ValidationError, match="its name is a link. “here”"):
        Service(name="here").clean()


@pytest.mark.django_db
def test_an_alert_names_where_its_link_leads(page_at):
    later = timezone.now() + timedelta(days=1)
    alert = Alert(text="Closed", link_text="Read more", link_page=page_at("/about/"), ends_at=later)
    with pytest.raises(ValidationError) as refused:
        alert.full_clean()
    assert "“Read more”" in refused.value.message_dict["link_text"][0]


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["action-publish", "save"])
def test_the_editor_is_told_on_the_block_and_keeps_every_word(desk, action):
    page = make_information()
    story = streamfield([("prose", rich_text(f"<p>A sentence of mine.</p>{LINK_HERE}"))])
    form = nested_form_data({"body": story, "summary": "Kept words"})
    values = page_form(page) | form
    values.pop("action-publish")
    answer = desk.post(edit_address(page), values | {action: "1"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Kept words" in html
    stream = BeautifulSoup(html, "html.parser").select_one("#body-root, [data-block]")
    told = json.dumps(stream.attrs)
    assert "does not say where the link leads" in told
    assert "A sentence of mine" in told
    page.refresh_from_db()
    assert page.summary == ""
    assert not page.get_latest_revision_as_object().body


@pytest.mark.django_db
def test_a_link_in_the_footer_is_told_on_the_form_of_the_settings(desk, page_at):
    site = SiteSettings.objects.get()
    address = reverse("wagtailsettings:edit", args=["safeguarding_site", "sitesettings", site.pk])
    links = streamfield([("link", {"page": page_at("/about/").pk, "text": "click here"})])
    before = site.footer_links.get_prep_value()
    html = desk.post(address, setting_form(site, footer_links=links)).content.decode()
    assert "does not say where the link leads" in html
    site.refresh_from_db()
    assert site.footer_links.get_prep_value() == before


@pytest.mark.django_db
def test_a_link_without_words_in_a_draft_makes_no_empty_link(reader):
    page = make_information()
    items = {"items": [{"text": "", "url": "https://example.org/"}]}
    page.body = page.body.stream_block.to_python([{"type": "links", "value": items}])
    page.save_revision().publish()
    assert b'href="https://example.org/"' not in reader.get(page.url).content


# --- Pictures

DESCRIBED = "Two neighbours talk at a garden gate"


@pytest.mark.parametrize(
    "text",
    [
        "IMG_1234.jpg",
        "img_1234",
        "DSC 0042",
        "front_door",
        "my street.PNG",
        "20260104",
        "image",
        "Photo",
        "Picture of",
        "a picture of the",
        "Image 2",
        "Untitled",
        "...",
    ],
)
def test_alternative_text_that_describes_nothing_is_refused(text):
    fault = alt_texts.find_fault(text)
    assert f"“{text}”" in fault
    assert DESCRIBED in fault


@pytest.mark.parametrize(
    "text", [DESCRIBED, "Ironbridge", "Photo of Telford town park", "The 3 steps: notice, check, share"]
)
def test_alternative_text_that_describes_will_do(text):
    assert alt_texts.find_fault(text) == ""


@pytest.fixture
def picture(db, tmp_path):
    file = tmp_path / "street.png"
    Picture.new("RGB", (8, 8)).save(file)
    with file.open("rb") as opened:
        return SiteImage.objects.create(title="street", description=DESCRIBED, file=ImageFile(opened, "street.png"))


def clean_picture(picture, alt):
    block = PictureBlock()
    return block.clean(block.to_python({"image": picture.pk, "alt": alt, "caption": ""}))


def test_alternative_text_is_typed_once(picture, reader):
    clean_picture(picture, "")
    page = make_information()
    page.body = page.body.stream_block.to_python([{"type": "picture", "value": {"image": picture.pk, "alt": ""}}])
    page.save_revision().publish()
    assert BeautifulSoup(reader.get(page.url).content, "html.parser").select_one("main img")["alt"] == DESCRIBED


def test_a_block_refuses_a_picture_that_nobody_described(picture):
    with pytest.raises(blocks.StructBlockValidationError) as refused:
        clean_picture(picture, "IMG_1234.jpg")
    assert list(refused.value.block_errors) == ["alt"]
    picture.description = ""
    picture.save()
    with pytest.raises(blocks.StructBlockValidationError):
        clean_picture(picture, "")


@pytest.mark.parametrize("description", ["", "street.png", "Image"])
def test_no_way_of_uploading_gets_round_the_words(desk, tmp_path, description):
    file = tmp_path / "street.png"
    Picture.new("RGB", (8, 8)).save(file)
    for address, prefix in [
        (reverse("wagtailimages:add"), ""),
        (reverse("wagtailimages_chooser:create"), "image-chooser-upload-"),
        (reverse("wagtailimages:add_multiple"), ""),
    ]:
        with file.open("rb") as upload:
            values = {f"{prefix}title": "Street", f"{prefix}file": upload, f"{prefix}description": description}
            if "multiple" in address:
                values |= {"files[]": values[f"{prefix}file"]}
            answer = desk.post(address, values, headers={"x-requested-with": "XMLHttpRequest"})
        assert answer.status_code == 200
        assert not SiteImage.objects.exists()


def test_the_words_of_a_picture_cannot_be_emptied_later(desk, picture):
    address = reverse("wagtailimages:edit", args=[picture.pk])
    html = desk.post(address, {"title": "Street", "description": "photo", "collection": picture.collection_id}).content
    assert "does not say what the picture shows" in html.decode()
    picture.refresh_from_db()
    assert picture.description == DESCRIBED


@pytest.mark.django_db
def test_a_service_inside_a_sentence_needs_words_that_name_it():
    service = make_service(name="Night Line")
    block = ProseBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(f'<p>Ring <a linktype="service" id="{service.pk}">this link</a>.</p>'))
    block.clean(block.to_python(f'<p>Ring <a linktype="service" id="{service.pk}">our friends</a>.</p>'))
