from wagtail import blocks

from safeguarding_site.blocks.links import LinkingBlock
from safeguarding_site.blocks.text import WordsBlock


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[("note", "Note: good to know"), ("warning", "Warning: be careful")], default="note", label="Kind"
    )
    title = blocks.CharBlock(max_length=80)
    text = WordsBlock()

    class Meta:
        icon = "info-circle"
        label = "Callout"
        template = "blocks/callout.html"
        group = "Text"
        needs_heading = True
        description = "One thing that must not be missed. More than two on a page, and none is read."
        preview_value = {
            "kind": "warning",
            "title": "Do not stop drinking suddenly",
            "text": "<p>If you drink heavily every day, talk to a doctor first.</p>",
        }


class DoDontBlock(blocks.StructBlock):
    do = blocks.ListBlock(blocks.CharBlock(max_length=150), label="Do")
    dont = blocks.ListBlock(blocks.CharBlock(max_length=150), label="Don’t")

    class Meta:
        icon = "tick-inverse"
        label = "Do and don’t"
        template = "blocks/do_dont.html"
        group = "Lists"
        needs_heading = True
        description = "Two short lists side by side: what helps, and what does not."
        preview_value = {
            "do": ["Keep a note of the day and the place.", "Take a picture if it is safe."],
            "dont": ["Go near the people.", "Touch the waste."],
        }


class FactBlock(LinkingBlock):
    text = WordsBlock(help_text="A figure or somebody’s words, with their source below.")
    source = blocks.CharBlock(max_length=100, label="Who says so")
    url = blocks.URLBlock(label="Address")
    year = blocks.CharBlock(required=False, max_length=20)

    class Meta:
        icon = "openquote"
        label = "Fact or quotation"
        link_texts = ["source"]
        template = "blocks/fact.html"
        group = "Evidence"
        description = "A figure or somebody’s words, with the source beside it."
        preview_value = {
            "text": "<p>Friends and family often notice first.</p>",
            "source": "ACT Early",
            "url": "https://actearly.uk/",
            "year": "",
        }
