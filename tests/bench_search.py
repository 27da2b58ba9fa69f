"""Search with 1,000 services and 300 pages: queries, the time of a search, and how it grows. Then the quality table.

Called by tests/bench.py with the environment of its own database.
"""

import statistics
import time

import django

from tests import bench_directory, search_quality

QUERIES = [
    "domestic abuse",
    "boyfriend wont let me see freinds",
    "matress dumped in alley",
    "i want to kill myself",
    "help with my sons cocane and alchohol problem becuase he wont talk to anyone about it any more",
    "xyzzy",
]
PAGES = 300
RUNS = 9


def make_pages():
    """Fill the site up with long pages, of words that stand on its own."""
    from wagtail.models import Page

    from safeguarding_site.models import InformationPage
    from safeguarding_site.search.library import current_library

    words = sorted(current_library().vocabulary.counts)
    home = Page.objects.get(depth=2)
    for number in range(PAGES - Page.objects.filter(depth__gt=1).count()):
        text = " ".join(words[(number * 37 + place * 101) % len(words)] for place in range(400))
        page = InformationPage(title=f"Page {number}", slug=f"bench-page-{number}", summary=text[:150])
        page.body = page.body.stream_block.to_python([{"type": "prose", "value": f"<p>{text}</p>"}])
        home.add_child(instance=page)
        home.refresh_from_db()


def measure(words):
    """Return (queries, median milliseconds of the whole request) of a search."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    reader = Client(HTTP_HOST="127.0.0.1")
    reader.get("/search/", {"q": words})
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        reader.get("/search/", {"q": words})
        times.append((time.perf_counter() - start) * 1000)
    with CaptureQueriesContext(connection) as queries:
        reader.get("/search/", {"q": words})
    return len(queries), statistics.median(times)


def print_speed(size):
    print(f"Search with {size}, PostgreSQL; median of {RUNS}, the whole request, uncached")
    for words in QUERIES:
        queries, milliseconds = measure(words)
        print(f"  {words[:40]:42}{queries:3} queries {milliseconds:7.1f} ms")


def main():
    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from safeguarding_site.search.library import Library

    if search_quality.FILE.exists():
        print("What people find (tests/search_queries.toml)")
        print(search_quality.measure(Client(HTTP_HOST="127.0.0.1")))
    bench_directory.make_services()
    make_pages()
    call_command("update_index", verbosity=0)
    print_speed(f"{bench_directory.SERVICES} services and {PAGES} pages")
    start = time.perf_counter()
    Library()
    print(
        f"  learning the site anew after an edit {(time.perf_counter() - start) * 1000:16.0f} ms, the first search after it"
    )


if __name__ == "__main__":
    main()
