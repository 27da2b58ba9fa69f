"""Alternative text that describes nothing: a file's name, or "picture" alone (WCAG 1.1.1)."""

import re

FILE_NAME = re.compile(
    r"\S+\.(avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)"  # street.jpg
    r"|.+[ _-].+\.(avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)"  # my street.jpg
    r"|(img|dsc|dscn|dscf|pxl|mvimg|image|photo|picture|scan|screenshot|whatsapp image)[ _-]*\d[\d _-]*"  # IMG_1234
    r"|\S*_\S*|[\d _-]+",  # front_door, 20260104
    re.IGNORECASE,
)
EMPTY_WORDS = frozenset(
    """
    a an the of in on here this my our new
    image images img picture pictures pic photo photos photograph graphic icon illustration drawing logo banner
    screenshot scan alt alternative text description caption file untitled unnamed placeholder todo tbc none
    """.split()
)


def find_fault(text):
    """Return what is wrong with the words for a picture, and what to write instead; nothing if they will do."""
    shown = " ".join(text.split())
    example = "Say in one sentence what it shows, for example “Two neighbours talk at a garden gate”."
    if FILE_NAME.fullmatch(shown):
        return f"“{shown}” looks like the name of a file. {example}"
    words = re.findall(r"\w+", shown.casefold())
    if EMPTY_WORDS.issuperset(words):
        return f"“{shown}” does not say what the picture shows. {example}"
    return ""
