from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class ServicesBlock(blocks.StructBlock):
    services = blocks.ListBlock(SnippetChooserBlock("referrals.Service"), label="Services")

    class Meta:
        icon = "mobile-alt"
        label = "Services"
        template = "referrals/blocks/services.html"
        group = "Lists"
        description = "Services to ring or write to, as cards. Their numbers and hours come from the records."
        preview_value = {"services": []}


class ChecksGroupBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=60)
    items = blocks.ListBlock(blocks.CharBlock(max_length=200))


class ChecksBlock(blocks.StructBlock):
    intro = blocks.CharBlock(required=False, max_length=250, label="First sentence")
    groups = blocks.ListBlock(ChecksGroupBlock(label="List"), max_num=3, label="Lists")

    class Meta:
        icon = "tick"
        label = "Checklist"
        template = "referrals/blocks/checks.html"
        group = "Lists"
        needs_heading = True
        description = "What to have ready, with a box before each line to tick on paper. Nothing can be typed here."
        preview_value = {
            "intro": "Have this ready before you ring.",
            "groups": [{"heading": "What happened", "items": ["What raised the worry, and when", "The words used"]}],
        }
