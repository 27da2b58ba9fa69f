from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail import blocks

from safeguarding_site.blocks.callouts import CalloutBlock, DoDontBlock, FactBlock
from safeguarding_site.blocks.links import LinksBlock
from safeguarding_site.blocks.safety import ExitPracticeBlock, QuietVisitBlock
from safeguarding_site.blocks.steps import QuestionsBlock, StepsBlock, TimelineBlock
from safeguarding_site.blocks.text import HeadingBlock, PictureBlock, ProseBlock, SignsBlock, TableBlock


def needs_heading(child):
    """Say whether a block holds an h3, which must not follow the page's h1 directly (WCAG 1.3.1)."""
    if getattr(child.block.meta, "needs_heading", False):
        return True
    return isinstance(child.block, ProseBlock) and "<h3" in (child.value.source if child.value else "")


class StoryBlock(blocks.StreamBlock):
    """The body of a page, in the order a reader meets it."""

    heading = HeadingBlock()
    prose = ProseBlock()
    signs = SignsBlock()
    steps = StepsBlock()
    timeline = TimelineBlock()
    callout = CalloutBlock()
    do_dont = DoDontBlock()
    questions = QuestionsBlock()
    links = LinksBlock()
    fact = FactBlock()
    picture = PictureBlock()
    table = TableBlock()
    quiet_visit = QuietVisitBlock()
    exit_practice = ExitPracticeBlock()

    class Meta:
        template = "blocks/story.html"

    def clean(self, value):
        cleaned = super().clean(value)
        for place, child in enumerate(cleaned):
            if child.block_type == "heading":
                break
            if needs_heading(child):
                error = ValidationError("Put a Heading block above this one: it has smaller headings of its own.")
                raise blocks.StreamBlockValidationError(block_errors={place: error})
        return cleaned


def sections(story):
    """Return the story as sections, each with `heading`, `anchor` and `blocks`; the first may have no heading."""
    found = []
    taken = set()
    for child in story or []:
        if child.block_type == "heading":
            anchor = f"s-{slugify(child.value or '')}"  # apart from the ids of the page's own sections
            while anchor in taken:
                anchor += "-more"
            taken.add(anchor)
            found.append({"heading": child.value, "anchor": anchor, "blocks": []})
        else:
            if not found:
                found.append({"heading": "", "anchor": "", "blocks": []})
            found[-1]["blocks"].append(child)
    return found
