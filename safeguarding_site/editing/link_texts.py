"""Words of a link that say nothing: one list, for every place where an editor can make a link.

A screen reader offers the links of a page as a list, out of their sentences (WCAG 2.4.4 and 2.4.9).
"""

import re

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

# A link made of these alone names nothing: "here", "click here", "read more", "find out more", "this page".
EMPTY_WORDS = frozenset(
    """
    a an and at for from in it its on or our that the these this those to via you your
    above below here there now just please
    click tap press push select touch follow go open visit view see look read learn find out check get continue start
    more further full rest details detail info information
    link links page pages site website webpage web address url article document file form pdf download story
    """.split()
)
# Wherever they stand, they point at the screen instead of naming a place: "click here for the form".
POINTING = re.compile(r"\b(click|tap|press|touch) (on )?(here|this|the link|below)\b")
BARE_ADDRESS = re.compile(r"(https?:/{0,2}|www\.)\S*", re.IGNORECASE)

EXAMPLE = "Write what the reader finds there, for example “Report fly-tipping on GOV.UK”."


def find_fault(text):
    """Return what is wrong with the words of a link, and what to write instead; nothing if they will do."""
    shown = " ".join(text.split()).strip("\u200b\ufeff ")
    if BARE_ADDRESS.fullmatch(shown.strip("<>()[].,;:“”\"'")):
        return (
            f"“{shown}” is an address, and a screen reader spells it out. Write the name of the page or site instead."
        )
    words = re.findall(r"\w+", shown.casefold())
    if not words:
        return f"A link has no words{f', only “{shown}”' if shown else ''}. {EXAMPLE}"
    if EMPTY_WORDS.issuperset(words) or POINTING.search(" ".join(words)):
        return f"“{shown}” does not say where the link leads: some people hear the links without the text. {EXAMPLE}"
    return ""


def find_faults(html):
    """Return what is wrong with each link in rich text, once each."""
    if "<a" not in html:
        return []
    texts = (link.get_text() for link in BeautifulSoup(html, "html.parser").find_all("a"))
    return list(dict.fromkeys(fault for fault in map(find_fault, texts) if fault))


def refuse_unclear_links(html):
    """Raise, with the words in question, if a link in rich text does not say where it leads."""
    faults = find_faults(html or "")
    if faults:
        raise ValidationError(faults)
