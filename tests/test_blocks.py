"""Each block: its example is its documentation, its entry in the gallery and its test."""

import html5lib
import pytest
from wagtail import blocks

from priorities.blocks import PanelBlock, WayBlock
from referrals.blocks import ChecksBlock, ServicesBlock, WhoDealsBlock
from safeguarding_site.blocks import SourceBlock, StoryBlock
from safeguarding_site.blocks.story import sections
from tests.make import make_information, make_priority

STORY = StoryBlock()
OTHERS = {
    "way": WayBlock(),
    "panel": PanelBlock(),
    "source": SourceBlock(),
    "services": ServicesBlock(),
    "checks": ChecksBlock(),
    "who_deals": WhoDealsBlock(),
}
ALL_BLOCKS = {**STORY.child_blocks, **OTHERS}
every_block = pytest.mark.parametrize("name", sorted(ALL_BLOCKS))


def empty_value(block):
    """Return what a half-filled draft holds: every part there, none filled (house rule: drafts may)."""
    if isinstance(block, blocks.StructBlock):
        return block.to_python(
            {name: None for name in block.child_blocks if name not in ("items", "groups", "do", "dont", "services")}
        )
    return None


@every_block
def test_a_block_is_described_and_has_an_example(name):
    block = ALL_BLOCKS[name]
    assert len(block.get_description()) > 20
    assert block.get_preview_value() or isinstance(block, blocks.StaticBlock)
    assert block.meta.template.endswith(f"blocks/{name}.html")


@every_block
@pytest.mark.django_db
def test_the_example_of_a_block_renders_as_valid_html(name):
    html = ALL_BLOCKS[name].bind(ALL_BLOCKS[name].get_preview_value()).render()
    parser = html5lib.HTMLParser(strict=True)
    parser.parseFragment(html, container="ol" if name == "source" else "div")
    assert html.strip()


@every_block
@pytest.mark.django_db
def test_a_block_survives_an_empty_draft(name):
    block = ALL_BLOCKS[name]
    html = block.bind(empty_value(block)).render()
    assert "None" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(STORY.child_blocks))
def test_the_admin_previews_a_block_in_the_sites_own_look(desk, page_at, name):
    page = page_at("/about/")
    block_id = page.body.stream_block.child_blocks[name].definition_prefix
    html = desk.get(f"/admin/block-preview/?id={block_id}").content.decode()
    assert "site.css" in html
    assert 'class="wrap page' in html


@pytest.mark.django_db
def test_the_gallery_shows_every_block(desk):
    html = desk.get("/admin/blocks/").content.decode()
    for name in STORY.child_blocks:
        assert f'<section id="{name}">' in html


@pytest.mark.django_db
def test_the_gallery_is_for_staff(reader):
    assert reader.get("/admin/blocks/").status_code == 302


def test_smaller_headings_need_a_heading_block_above_them():
    steps = {"type": "steps", "value": {"items": [{"title": "Ring", "text": ""}]}}
    with pytest.raises(blocks.StreamBlockValidationError) as error:
        STORY.clean(STORY.to_python([steps]))
    assert "Heading block" in str(error.value.block_errors[0])
    STORY.clean(STORY.to_python([{"type": "heading", "value": "What to do"}, steps]))


def test_a_link_leads_to_one_place():
    block = STORY.child_blocks["links"].child_blocks["items"].child_block
    for page, url in [(None, ""), (None, "http://example.org/")]:
        with pytest.raises(blocks.StructBlockValidationError):
            block.clean(block.to_python({"text": "Somewhere", "page": page, "url": url}))
    assert block.clean(block.to_python({"text": "Somewhere", "url": "https://example.org/"}))["url"]


def test_a_table_needs_a_heading_on_each_column():
    block = STORY.child_blocks["table"]
    table = {"columns": [{"type": "text", "heading": ""}], "rows": [{"values": ["x"]}]}
    with pytest.raises(blocks.StructBlockValidationError):
        block.clean(block.to_python({"caption": "Facts", "table": table}))


def test_sections_have_anchors_of_their_own():
    story = STORY.to_python([{"type": "heading", "value": "Signs"}, {"type": "heading", "value": "Signs"}])
    anchors = [section["anchor"] for section in sections(story)]
    assert len(set(anchors)) == 2


@pytest.mark.django_db
def test_a_page_whose_linked_page_is_gone_still_answers(reader, page_at):
    target = make_information()
    page = make_information()
    page.body = STORY.to_python(
        [
            {"type": "links", "value": {"items": [{"text": "The other page", "page": target.pk}]}},
            {"type": "prose", "value": f'<p>Read <a linktype="page" id="{target.pk}">that</a>.</p>'},
        ]
    )
    page.save_revision().publish()
    assert f'href="{target.url}"' in reader.get(page.url).content.decode()
    target.delete()
    html = reader.get(page.url)
    assert html.status_code == 200
    assert "The other page" in html.content.decode()


@pytest.mark.django_db
def test_an_empty_priority_page_can_be_previewed(desk):
    page = make_priority()
    response = page.make_preview_request(preview_mode="")
    assert response.status_code == 200
