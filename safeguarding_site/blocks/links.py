from django.core.exceptions import ValidationError
from wagtail import blocks

from safeguarding_site.page_links import address_of


class LinkValue(blocks.StructValue):
    @property
    def address(self):
        """The place this leads to, or nothing when its page is gone or not filled in yet."""
        page = self.get("page")
        if page:
            return address_of(page) if page.live else ""
        return self.get("url") or ""

    @property
    def is_outside(self):
        return not self.get("page") and bool(self.get("url"))


class LinkBlock(blocks.StructBlock):
    """A link to a page of this site or to an address elsewhere: one of the two."""

    text = blocks.CharBlock(max_length=100, help_text="Name the place it leads to. Not “click here”.")
    page = blocks.PageChooserBlock(required=False, label="Page of this site")
    url = blocks.URLBlock(required=False, label="Or an address elsewhere", help_text="Starting with https://")
    note = blocks.CharBlock(required=False, max_length=150, label="Line under the link")

    class Meta:
        icon = "link"
        value_class = LinkValue

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            message = "Choose a page of this site or write an address: one of the two."
            raise blocks.StructBlockValidationError({"page": ValidationError(message)})
        if cleaned["url"] and not cleaned["url"].startswith("https://"):
            raise blocks.StructBlockValidationError(
                {"url": ValidationError("Use an address that starts with https://")}
            )
        return cleaned


class LinksBlock(blocks.StructBlock):
    items = blocks.ListBlock(LinkBlock(), label="Links")

    class Meta:
        icon = "list-ul"
        label = "List of links"
        template = "blocks/links.html"
        group = "Lists"
        description = "Where to go next: pages of this site or other sites, each with a line of its own."
        preview_value = {
            "items": [
                {
                    "text": "Report fly-tipping on GOV.UK",
                    "page": None,
                    "url": "https://www.gov.uk/report-flytipping",
                    "note": "It finds the right council from a postcode.",
                }
            ]
        }


class FooterLinkBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock()
    text = blocks.CharBlock(required=False, max_length=60, help_text="The page’s title, if left empty.")

    class Meta:
        icon = "link"
        label = "Link"


class SourceBlock(blocks.StructBlock):
    says = blocks.CharBlock(max_length=150, label="What it says", help_text="In a few words: which fact it stands for.")
    publisher = blocks.CharBlock(max_length=100)
    url = blocks.URLBlock(label="Address")
    year = blocks.CharBlock(required=False, max_length=20)

    class Meta:
        icon = "openquote"
        label = "Source"
        template = "blocks/source.html"
        description = "Where a fact on the page comes from."
        preview_value = {
            "says": "What domestic abuse means in law",
            "publisher": "Norwich City Council",
            "url": "https://www.norwich.gov.uk/",
            "year": "2021",
        }
