from safeguarding_site.blocks.callouts import CalloutBlock, DoDontBlock, FactBlock
from safeguarding_site.blocks.links import FooterLinkBlock, LinkBlock, LinksBlock, SourceBlock
from safeguarding_site.blocks.steps import QuestionsBlock, StepsBlock, TimelineBlock
from safeguarding_site.blocks.story import StoryBlock
from safeguarding_site.blocks.text import HeadingBlock, PictureBlock, ProseBlock, SignsBlock, TableBlock, WordsBlock

__all__ = [
    "CalloutBlock",
    "DoDontBlock",
    "FactBlock",
    "FooterLinkBlock",
    "HeadingBlock",
    "LinkBlock",
    "LinksBlock",
    "PictureBlock",
    "ProseBlock",
    "QuestionsBlock",
    "SignsBlock",
    "SourceBlock",
    "StepsBlock",
    "StoryBlock",
    "TableBlock",
    "TimelineBlock",
    "WordsBlock",
]
