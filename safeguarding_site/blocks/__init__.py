from .callouts import CalloutBlock, DoDontBlock, FactBlock
from .links import FooterLinkBlock, LinkBlock, LinksBlock, SourceBlock
from .steps import QuestionsBlock, StepsBlock, TimelineBlock
from .story import StoryBlock
from .text import HeadingBlock, PictureBlock, ProseBlock, SignsBlock, TableBlock, WordsBlock

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
