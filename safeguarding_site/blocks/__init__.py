from safeguarding_site.blocks.callouts import CalloutBlock, DoDontBlock, FactBlock
from safeguarding_site.blocks.links import FooterLinkBlock, LinkBlock, LinkingBlock, LinksBlock, SourceBlock
from safeguarding_site.blocks.safety import ExitPracticeBlock, QuietVisitBlock
from safeguarding_site.blocks.steps import QuestionsBlock, StepsBlock, TimelineBlock
from safeguarding_site.blocks.story import StoryBlock
from safeguarding_site.blocks.text import HeadingBlock, PictureBlock, ProseBlock, SignsBlock, TableBlock, WordsBlock

__all__ = [
    "CalloutBlock",
    "DoDontBlock",
    "ExitPracticeBlock",
    "FactBlock",
    "FooterLinkBlock",
    "HeadingBlock",
    "LinkBlock",
    "LinkingBlock",
    "LinksBlock",
    "PictureBlock",
    "ProseBlock",
    "QuestionsBlock",
    "QuietVisitBlock",
    "SignsBlock",
    "SourceBlock",
    "StepsBlock",
    "StoryBlock",
    "TableBlock",
    "TimelineBlock",
    "WordsBlock",
]
