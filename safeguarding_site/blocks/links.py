from django.core.exceptions import ValidationError
from wagtail import blocks

from safeguarding_site.editing.link_texts import find_fault
from safeguarding_site.page_links import address_of


class LinkingBlock(blocks.StructBlock):
    """A block with words that become a link, named in Meta.link_texts: they must say where it leads."""

    class Meta:
        link_texts = ["text"]

    def find_faults(self, cleaned):
        """Return {part: what is wrong with it}."""
        found = {name: find_fault(cleaned[name]) for name in self.meta.link_texts if cleaned.get(name)}
        return {name: fault for name, fault in found.items() if fault}

    def clean(self, value):
        cleaned = super().clean(value)
        faults = self.find_faults(cleaned)
        if faults:
            raise blocks.StructBlockValidationError({name: ValidationError(fault) for name, fault in faults.items()})
        return cleaned


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


class LinkBlock(LinkingBlock):
    """A link to a page of this site or to an address elsewhere: one of the two."""

    text = blocks.CharBlock(max_length=100, help_text="Name the place it leads to. Not “click here”.")
    page = blocks.PageChooserBlock(required=False, label="Page of this site")
    url = blocks.URLBlock(required=False, label="Or an address elsewhere", help_text="Starting with https://")
    note = blocks.CharBlock(required=False, max_length=150, label="Line under the link")

    class Meta:
        icon = "link"
        value_class = LinkValue

    def find_faults(self, cleaned):
        faults = super().find_faults(cleaned)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            faults["page"] = "Choose a page of this site or write an address: one of the two."
        elif cleaned["url"] and not cleaned["url"].startswith("https://"):
            faults["url"] = "Use an address that starts with https://"
        return faults


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


class FooterLinkBlock(LinkingBlock):
    page = blocks.PageChooserBlock()
    text = blocks.CharBlock(required=False, max_length=60, help_text="The page’s title, if left empty.")

    class Meta:
        icon = "link"
        label = "Link"


class SourceBlock(LinkingBlock):
    says = blocks.CharBlock(max_length=150, label="What it says", help_text="In a few words: which fact it stands for.")
    publisher = blocks.CharBlock(max_length=100)
    url = blocks.URLBlock(label="Address")
    year = blocks.CharBlock(required=False, max_length=20)

    class Meta:
        icon = "openquote"
        label = "Source"
        link_texts = ["publisher"]
        template = "blocks/source.html"
        description = "Where a fact on the page comes from."
        preview_value = {
            "says": "What domestic abuse means in law",
            "publisher": "Norwich City Council",
            "url": "https://www.norwich.gov.uk/",
            "year": "2021",
        }
