"""A service inside a sentence: what the editor's button stores, who knows of it, and how a seed writes it."""

import json

import pytest
from django.core.management import CommandError, call_command
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.fields import RichTextField
from wagtail.models import Page, ReferenceIndex

from priorities.models import PriorityPage
from referrals.models import GetHelpPage, GuidePage
from referrals.usage import where_shown
from safeguarding_site import seeds
from safeguarding_site.blocks import ProseBlock, WordsBlock
from safeguarding_site.rich_text import Features
from tests.make import make_information, make_service

pytestmark = pytest.mark.django_db

SEED = 'type = "safeguarding_site.InformationPage"\ntitle = "New"\n[[body]]\nheading = "x"\n[[body]]\nprose = "{}"'


@pytest.fixture
def seed(tmp_path, monkeypatch):
    """Write a page file with one paragraph, in a content folder of the test's own."""
    monkeypatch.setattr(seeds, "content_folders", lambda: [tmp_path / "content"])

    def write(prose):
        file = tmp_path / "content" / "pages" / "new.toml"
        file.parent.mkdir(parents=True)
        file.write_text(SEED.format(prose), encoding="utf-8")

    return write


def sentence(service):
    return f'<p data-block-key="abcde">Ring <a linktype="service" id="{service.pk}">our <b>friends</b></a> now.</p>'


def page_with(service):
    page = make_information()
    page.body = page.body.stream_block.to_python([{"type": "prose", "value": sentence(service)}])
    page.save_revision().publish()
    return page


@pytest.mark.parametrize("block", [ProseBlock(), WordsBlock()])
def test_a_sentence_survives_the_editor(block):
    service = make_service(name="Night Line")
    converter = block.field.widget.converter
    stored = converter.from_database_format(sentence(service))
    (entity,) = json.loads(stored)["entityMap"].values()
    assert entity == {
        "type": "SERVICE_LINK",
        "mutability": "MUTABLE",
        "data": {"id": str(service.pk), "string": "Night Line"},
    }
    assert converter.to_database_format(stored) == sentence(service)


def test_without_the_button_the_words_stay_and_the_link_goes():
    converter = ContentstateConverter(["bold", "link"])
    stored = converter.to_database_format(converter.from_database_format(sentence(make_service())))
    assert "linktype" not in stored
    assert "friends" in stored


def test_a_service_that_is_gone_opens_in_the_editor_without_a_name():
    service = make_service()
    text = sentence(service)
    service.delete()
    converter = ContentstateConverter(Features())
    (entity,) = json.loads(converter.from_database_format(text))["entityMap"].values()
    assert entity["data"]["string"] == ""


@pytest.mark.parametrize("model", [PriorityPage, GetHelpPage, GuidePage])
def test_every_rich_text_field_offers_the_button(model):
    fields = [field for field in model._meta.fields if isinstance(field, RichTextField)]
    assert fields
    for field in fields:
        assert "SERVICE_LINK" in json.dumps(field.formfield().widget.options["entityTypes"], default=str)


def test_the_editor_gets_the_button_and_the_address_of_the_list(desk, page_at):
    html = desk.get(f"/admin/pages/{page_at('/about/').pk}/edit/").content.decode()
    assert "js/service-link.js" in html
    assert "/admin/snippets/choose/referrals/service/" in html


def test_wagtail_knows_where_a_sentence_names_a_service():
    service = make_service(topics=())
    page = page_with(service)
    (reference,) = ReferenceIndex.get_references_to(service).filter(object_id=str(page.pk))
    assert reference.content_path.startswith("body.")
    assert page.title in where_shown(service)


def test_a_service_named_in_a_sentence_cannot_be_deleted(desk):
    service = make_service(topics=())
    page = page_with(service)
    answer = desk.post(f"/admin/snippets/referrals/service/delete/{service.pk}/", follow=True)
    assert page.title in answer.content.decode()
    service.refresh_from_db()


def test_a_service_named_nowhere_can_be_deleted(desk):
    service = make_service(topics=())
    desk.post(f"/admin/snippets/referrals/service/delete/{service.pk}/", follow=True)
    assert not type(service).objects.filter(pk=service.pk).exists()


def test_a_seed_names_a_service_by_its_slug(seed, reader):
    service = make_service(phone="0808 2000 247", slug="act-now", topics=())
    seed("<p>Ring <a href='service:act-now'>them</a>.</p>")
    seeds.load_pages()
    page = Page.objects.get(slug="new").specific
    assert f'<a linktype="service" id="{service.pk}">them</a>' in page.body[1].value.source
    assert '<a class="nb" href="tel:08082000247">0808 2000 247</a>' in reader.get("/new/").content.decode()
    assert page.title in where_shown(service)


@pytest.mark.parametrize(
    ("address", "message"),
    [("service:nobody", "there is no service 'nobody'"), ("servant:nobody", "neither with / nor with https://")],
)
def test_a_seeds_link_to_nothing_is_refused_by_file_and_key(seed, address, message):
    seed(f"<p>Ring <a href='{address}'>them</a>.</p>")
    with pytest.raises(CommandError) as error:
        call_command("load_content", verbosity=0)
    assert message in str(error.value)
    assert "new.toml: body[1].prose" in str(error.value)
