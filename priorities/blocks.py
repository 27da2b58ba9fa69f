from wagtail import blocks

from safeguarding_site.blocks import LinkingBlock, WordsBlock
from safeguarding_site.icons import icon_choices
from safeguarding_site.page_links import address_of


class WayValue(blocks.StructValue):
    @property
    def address(self):
        """The place it leads to, or nothing when its page is gone, unpublished or not chosen yet."""
        places = {"danger": "#now", "local": "#ring"}
        page = self.get("page")
        return places.get(self.get("goes_to")) or (address_of(page) if page and page.live else "")


class WayBlock(LinkingBlock):
    """A quick way in from the home page."""

    text = blocks.CharBlock(max_length=30, help_text="In the reader’s own words: “I’m worried about a child”.")
    icon = blocks.ChoiceBlock(choices=icon_choices)
    goes_to = blocks.ChoiceBlock(
        choices=[
            ("danger", "What to do in danger, on this page"),
            ("local", "The local numbers, on this page"),
            ("page", "Another page"),
        ],
        default="page",
        label="Leads to",
    )
    page = blocks.PageChooserBlock(required=False, help_text="Only if it leads to another page.")
    urgent = blocks.BooleanBlock(required=False, label="Red", help_text="For danger to life, and nothing else.")

    class Meta:
        icon = "arrow-right"
        value_class = WayValue
        label = "Way in"
        template = "priorities/blocks/way.html"
        description = "A large button on the home page."
        preview_value = {"text": "I’m worried about a child", "icon": "child", "goes_to": "local", "urgent": False}

    def find_faults(self, cleaned):
        faults = super().find_faults(cleaned)
        if cleaned["goes_to"] == "page" and not cleaned["page"]:
            faults["page"] = "Choose the page it leads to."
        return faults


class PanelBlock(LinkingBlock):
    """A short text at the foot of the home page, with the page that says more."""

    heading = blocks.CharBlock(max_length=60)
    text = WordsBlock()
    link_text = blocks.CharBlock(max_length=60)
    page = blocks.PageChooserBlock()

    class Meta:
        icon = "form"
        label = "Short text with a link"
        link_texts = ["link_text"]
        template = "priorities/blocks/panel.html"
        description = "A heading, a few sentences and the page that says more."
        preview_value = {
            "heading": "Who we are",
            "text": "<p>The council, the NHS and the police, working together.</p>",
            "link_text": "How we are checked",
            "page": None,
        }
