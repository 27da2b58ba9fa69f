from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class ServicesBlock(blocks.StructBlock):
    services = blocks.ListBlock(SnippetChooserBlock("referrals.Service"), label="Services")

    class Meta:
        icon = "mobile-alt"
        label = "Services"
        needs_heading = True
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


class CaseBlock(blocks.StructBlock):
    """One thing that may be happening, and the way to those who deal with it."""

    situation = blocks.CharBlock(max_length=80, help_text="What the reader sees or hears, in their words.")
    urgent = blocks.BooleanBlock(
        required=False, label="An emergency", help_text="Shows “Call 999” before everything else in this row."
    )
    who = blocks.CharBlock(
        max_length=120, label="Who deals with it", help_text="Always name somebody. Never only who does not."
    )
    service = SnippetChooserBlock(
        "referrals.Service", required=False, help_text="Its name becomes a link; its number follows the record."
    )
    how = blocks.CharBlock(
        required=False,
        max_length=200,
        label="How to tell them",
        help_text="Needed where there is no service to choose.",
    )
    note = blocks.CharBlock(
        required=False,
        max_length=200,
        label="What to note",
        help_text="What they will ask, and what keeps people safe.",
    )
    then = blocks.CharBlock(
        required=False,
        max_length=200,
        label="What happens then",
        help_text="Only what you know. Leave it out if unsure.",
    )

    def clean(self, value):
        cleaned = super().clean(value)
        if not (cleaned.get("urgent") or cleaned.get("service") or cleaned.get("how")):
            raise blocks.StructBlockValidationError(
                {"how": ValidationError("Give the reader a way to tell them: choose a service, or write it here.")}
            )
        return cleaned


class WhoDealsBlock(blocks.StructBlock):
    items = blocks.ListBlock(CaseBlock(label="Row"), label="Rows")

    class Meta:
        icon = "help"
        label = "Who deals with this?"
        template = "referrals/blocks/who_deals.html"
        group = "Lists"
        needs_heading = True
        description = "A row for each thing that may be happening: who deals with it, how to tell them, what to note."
        preview_value = {
            "items": [
                {"situation": "A fight in the street, now", "urgent": True, "who": "The police"},
                {
                    "situation": "A street light is out",
                    "who": "The council",
                    "how": "Tell them online.",
                    "note": "The street, and the number on the post.",
                    "then": "You get a reference number.",
                },
            ]
        }
