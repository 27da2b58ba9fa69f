"""What the search page shows. The words go into the answer and nowhere else."""

from django.core.paginator import Paginator
from django.utils.cache import patch_cache_control

from safeguarding_site.search.extract import extract, highlight
from safeguarding_site.search.library import current_library
from safeguarding_site.search.ranking import search
from safeguarding_site.search.totals import count_search
from safeguarding_site.search.words import LONGEST
from safeguarding_site.shell import shell_for

ON_ONE_PAGE = 10
SHOWN_AT_MOST = 100  # nobody reads on; a robot would
NEAREST = 3
WEAK = 6  # points under which a result is no answer


def keep_nothing(response):
    """Have nobody hold or list an answer to what somebody typed or chose."""
    patch_cache_control(response, no_store=True, private=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def answer(request):
    """Return the context of the search page for a request."""
    typed = request.GET.get("q")
    if typed is None:
        return {"asked": False}
    library = current_library()
    found = search(typed, library)
    context = {
        "asked": True,
        "words": typed.replace("\x00", "").strip()[:LONGEST],
        "was_cut": found.query.was_cut,
        "unclear": not found.query.words or max(map(len, found.query.words)) < 2,
    }
    ordered = [hit for hit in found.hits if hit.points >= WEAK][:SHOWN_AT_MOST]
    if context["unclear"] and not found.terms:
        ordered = []
    paging = Paginator(ordered, ON_ONE_PAGE).get_page(request.GET.get("page"))
    danger = found.danger.lines if found.danger else []
    if found.query.words and paging.number == 1:
        count_search(bool(ordered))
    emergency = shell_for(request).emergency
    nothing = {} if ordered else no_dead_end(found, library)
    cards = cards_of([*(hit.document for hit in paging), *danger, *nothing.get("lines", [])], emergency)
    stems = set(found.query.weights)
    return {
        **context,
        "results": [
            result(hit.document, cards[hit.document], library, stems) for hit in paging if hit.document in cards
        ],
        "paging": paging,
        "in_danger": found.danger is not None,
        "danger_lines": [(line, cards[line]) for line in danger if line in cards],
        "corrections": list(found.query.corrections.values()),
        "nearest": nothing.get("topics", []),
        "lines": [(line, cards[line]) for line in nothing.get("lines", []) if line in cards],
    }


def result(document, card, library, stems):
    text = card.get("text") or extract(library.page_texts.get(document, ""), stems)
    return {
        **card,
        "address": document.link or document.address,
        "kind": card.get("kind") or document.kind,
        "title": highlight(document.title, stems),
        "text": highlight(text, stems),
    }


def no_dead_end(found, library):
    """Return what to offer when nothing was found: the nearest topics, and lines that help with anything."""
    pages = sorted(library.pages, key=lambda key: (-found.topics.get(key, 0), library.pages[key].title))
    near = [key for key in pages if found.topics.get(key)][:NEAREST] or pages
    lines = [document for document in library.documents if document.is_crisis_line and document.any_hour]
    return {"topics": [library.pages[key] for key in near], "lines": sorted(lines, key=lambda line: line.pk)}


def cards_of(documents, emergency):
    """Return {document: its card}, with at most one query a source. What readers may no longer see has none."""
    by_source = {}
    for document in dict.fromkeys(documents):
        by_source.setdefault(document.source, []).append(document)
    found = {}
    for source, wanted in by_source.items():
        found |= source.cards(wanted, emergency)
    return found
