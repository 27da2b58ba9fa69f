from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from safeguarding_site.editing import alt_texts
from safeguarding_site.editing.link_texts import refuse_unclear_links
from safeguarding_site.rich_text import Features

# No h2: a Heading block makes one and puts it in the page's jump list. No h4: nothing here is that deep.
PROSE_FEATURES = Features("h3", "bold", "ol", "ul", "link")
WORDS_FEATURES = Features("bold", "ul", "link")


class HeadingBlock(blocks.CharBlock):
    def __init__(self, **kwargs):
        super().__init__(max_length=60, **kwargs)

    class Meta:
        icon = "title"
        template = "blocks/heading.html"
        group = "Text"
        description = "Starts a new section and appears in the list “On this page”."
        preview_value = "What it is"


class ProseBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(features=PROSE_FEATURES, validators=[refuse_unclear_links], **kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Text"
        template = "blocks/prose.html"
        group = "Text"
        description = "Ordinary paragraphs and lists. Short sentences, one thought each."
        preview_value = (
            "<p>You do not need proof. If something feels <b>wrong</b>, tell someone.</p>"
            "<h3>Whom you can tell</h3><ul><li>A teacher or a nurse.</li><li>The council’s own team.</li></ul>"
        )


class WordsBlock(blocks.RichTextBlock):
    """A few sentences inside another block."""

    def __init__(self, **kwargs):
        super().__init__(features=WORDS_FEATURES, validators=[refuse_unclear_links], **kwargs)


class SignsGroupBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=60, help_text="Needed only if there are two lists.")
    items = blocks.ListBlock(blocks.CharBlock(max_length=200, label="Sign"), label="Signs")


class SignsBlock(blocks.StructBlock):
    intro = blocks.CharBlock(
        required=False, max_length=250, label="First sentence", help_text="For example that one sign proves nothing."
    )
    groups = blocks.ListBlock(SignsGroupBlock(label="List"), max_num=3, label="Lists")

    class Meta:
        icon = "view"
        label = "Signs to look for"
        template = "blocks/signs.html"
        group = "Lists"
        needs_heading = True
        description = "One, two or three short lists side by side: what somebody may notice."
        preview_value = {
            "intro": "One sign alone may mean nothing. Trust your feeling.",
            "groups": [
                {
                    "heading": "In your own life",
                    "items": ["Someone reads your messages.", "You have no say over money."],
                },
                {"heading": "In someone you know", "items": ["They stop seeing friends.", "They seem afraid to talk."]},
            ],
        }


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock()
    alt = blocks.CharBlock(
        max_length=255,
        label="Alternative text",
        help_text="What the picture shows, for people who cannot see it. One sentence, not the file name.",
    )
    # Left empty it is the picture's own. Not as a keyword: that would be a migration in every app with a stream.
    alt.field.required = False
    caption = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "image"
        label = "Picture"
        template = "blocks/picture.html"
        group = "Evidence"
        description = "A picture that tells something. It loads after the words, and never instead of them."
        # No picture is there to choose before an editor uploads one; the preview shows where it goes.
        preview_value = {"image": None, "alt": "A terrace of three houses", "caption": "Neighbours in Ironbridge"}
        help_text = "Leave the alternative text empty to use the one that came with the picture."

    def clean(self, value):
        cleaned = super().clean(value)
        image, alt = cleaned.get("image"), cleaned.get("alt")
        fault = alt_texts.find_fault(alt or image.description) if image or alt else ""
        if fault:
            raise blocks.StructBlockValidationError({"alt": ValidationError(fault)})
        return cleaned


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(
        max_length=150,
        label="Title of the table",
        help_text="What it is about; a screen reader says it first. Leave the caption inside the table empty.",
    )
    table = TypedTableBlock([("text", blocks.CharBlock(max_length=250))])

    class Meta:
        icon = "table"
        label = "Table"
        template = "blocks/table.html"
        group = "Evidence"
        description = "Facts to compare, a row each. Every column needs a heading. Keep it to three columns."
        preview_value = {
            "caption": "Who deals with what",
            "table": {
                "columns": [{"type": "text", "heading": "What you see"}, {"type": "text", "heading": "Whom to tell"}],
                "rows": [
                    {"values": ["Someone is being threatened", "Call 999"]},
                    {"values": ["Rubbish left in an alley", "The council"]},
                ],
            },
        }

    def clean(self, value):
        cleaned = super().clean(value)
        table = cleaned.get("table")
        if table and any(not column["heading"] for column in table.columns):
            raise blocks.StructBlockValidationError({"table": ValidationError("Give every column a heading.")})
        return cleaned
