"""Headings: whatever an editor puts into a page, no level is left out (WCAG 1.3.1)."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.fields import RichTextField, StreamField

from priorities.models import HomePage, PriorityIndexPage, PriorityPage
from referrals.models import GetHelpPage, GuidePage, PractitionersPage
from safeguarding_site.models import InformationPage, SearchPage, SitePage
from safeguarding_site.seeds import content_folders
from tests.make import make_service

pytestmark = pytest.mark.django_db
KINDS = [
    GetHelpPage,
    GuidePage,
    HomePage,
    InformationPage,
    PractitionersPage,
    PriorityIndexPage,
    PriorityPage,
    SearchPage,
]
every_kind = pytest.mark.parametrize("kind", KINDS)


def levels_of(page):
    html = page.make_preview_request().rendered_content
    headings = BeautifulSoup(html, "html.parser").main.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    return [int(heading.name[1]) for heading in headings]


def is_an_outline(levels):
    steps = zip(levels, levels[1:], strict=False)
    return levels[:1] == [1] and levels.count(1) == 1 and all(later - earlier <= 1 for earlier, later in steps)


def emptied(kind):
    """Return a page of this kind with nothing in it that may be left out; not saved."""
    page = kind.objects.first()
    for field in kind._meta.fields:
        if field.model is kind and field.blank and not field.is_relation:
            value = [] if isinstance(field, StreamField) else field.get_default()
            setattr(page, field.name, value)
    return page


def as_sent(block):
    return block.get_prep_value(block.normalize(block.get_preview_value()))


def ways_to_begin(stream):
    """Return streams with each block first, as far as the editor lets it stand first; else below a heading."""
    for name, block in stream.child_blocks.items():
        if name == "picture":  # it has no heading, and no image to show here
            continue
        child = {"type": name, "value": as_sent(block)}
        if name == "services":
            child["value"] = {"services": [make_service().pk]}
        try:
            yield stream.clean(stream.to_python([child]))
        except ValidationError:
            if "heading" in stream.child_blocks:
                yield stream.clean(stream.to_python([{"type": "heading", "value": "A section"}, child]))


def test_every_kind_of_page_is_looked_at():
    def kinds(model):
        for kind in model.__subclasses__():
            yield from kinds(kind)
            if not kind._meta.abstract:
                yield kind

    assert sorted(KINDS, key=str) == sorted(kinds(SitePage), key=str)
    assert content_folders()


@every_kind
def test_an_empty_page_has_an_outline(kind):
    assert is_an_outline(levels_of(emptied(kind)))


@every_kind
def test_no_block_an_editor_may_put_first_leaves_a_level_out(kind):
    page = emptied(kind)
    for field in kind._meta.fields:
        if isinstance(field, StreamField):
            for value in ways_to_begin(field.stream_block):
                setattr(page, field.name, value)
                assert is_an_outline(levels_of(page)), (field.name, [child.block_type for child in value])
            setattr(page, field.name, [])


def test_smaller_headings_first_would_leave_a_level_out():
    page = emptied(InformationPage)
    page.body = page.body.stream_block.to_python([{"type": "prose", "value": "<h3>Small</h3><p>Words</p>"}])
    assert levels_of(page) == [1, 3]
    assert not is_an_outline(levels_of(page))


@every_kind
def test_the_editor_offers_no_level_that_the_page_has_no_place_for(kind):
    fields = [field for field in kind._meta.fields if isinstance(field, RichTextField)]
    for field in fields:
        assert not {"h2", "h3", "h4", "h5", "h6"} & set(field.features)
    streams = [field.stream_block for field in kind._meta.fields if isinstance(field, StreamField)]
    features = {
        name for stream in streams for block in all_of(stream) for name in getattr(block, "features", None) or []
    }
    assert not {"h1", "h2", "h4", "h5", "h6"} & features


def all_of(block):
    yield block
    for child in [*getattr(block, "child_blocks", {}).values(), *filter(None, [getattr(block, "child_block", None)])]:
        yield from all_of(child)
