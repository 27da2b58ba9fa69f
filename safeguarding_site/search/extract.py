"""The part of a text that answers a query, with the reader's words marked."""

import re

from django.utils.html import escape
from django.utils.safestring import mark_safe

from safeguarding_site.search.words import SMALL, stem, words_of

LONGEST = 180
SENTENCE = re.compile(r"(?<=[.?!])\s+|\s*\n\s*")
PIECE = re.compile(r"([\w’']+)")


def is_wanted(word, stems):
    plain = words_of(word)
    return len(plain) == 1 and plain[0] not in SMALL and stem(plain[0]) in stems


def extract(text, stems):
    """Return the two sentences that hold most of the stems, as they stand; without any the first two."""
    sentences = [sentence.strip() for sentence in SENTENCE.split(text.strip())]
    counts = [{stem(word) for word in words_of(sentence)} & stems for sentence in sentences]
    start = max(range(len(sentences)), key=lambda place: (len(counts[place]), -place))
    found = " ".join(sentences[start : start + 2])
    if len(found) <= LONGEST:
        return found
    # Too long: begin a few words before the first that is wanted, and end with a whole word.
    words = found.split()
    first = next((place for place, word in enumerate(words) if is_wanted(word.strip(".,?!:;()“”"), stems)), 0)
    first = max(first - 8, 0)
    kept, length = [], 0
    for word in words[first:]:
        length += len(word) + 1
        if length > LONGEST:
            break
        kept.append(word)
    return ("… " if first else "") + " ".join(kept) + ("" if first + len(kept) == len(words) else " …")


def highlight(text, stems):
    """Return the text as HTML with the wanted words in <mark>."""
    pieces = [
        f"<mark>{escape(piece)}</mark>" if place % 2 and is_wanted(piece, stems) else escape(piece)
        for place, piece in enumerate(PIECE.split(text))
    ]
    return mark_safe("".join(pieces).replace("</mark> <mark>", " "))  # noqa: S308  (each piece is escaped)
