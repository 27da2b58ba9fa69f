"""The directory with 1,000 services: queries, the time the database takes for them, and the bytes of the first view.

Called by tests/bench.py with the environment of its own database.
"""

import gzip
import os
import statistics
import time

import django

PATHS = ["/get-help/", "/get-help/?topic=domestic-abuse&by=phone", "/key-priorities/domestic-abuse/"]
SERVICES = 1000
RUNS = 9


def make_services():
    from referrals.models import Service
    from safeguarding_site.models import Topic

    topics = list(Topic.objects.all())
    model = list(Service.objects.filter(live=True))
    made = []
    for number in range(SERVICES - len(model)):
        service = model[number % len(model)]
        service.pk = service.id = None
        service.slug, service.name = f"bench-{number}", f"Service {number}"
        service.latest_revision = service.live_revision = None
        made.append(Service(**{field.name: getattr(service, field.name) for field in Service._meta.fields}))
    found = Service.objects.bulk_create(made)
    through = Service.topics.through
    through.objects.bulk_create(
        through(service_id=service.pk, topic_id=topics[number % len(topics)].pk) for number, service in enumerate(found)
    )


def measure(path):
    """Return (queries, median milliseconds in the database, compressed bytes of page and stylesheet)."""
    from django.db import connection
    from django.test import Client

    spent = []

    def stopwatch(execute, sql, params, many, context):
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(time.perf_counter() - start)

    reader = Client(HTTP_HOST="127.0.0.1")
    reader.get(path)
    totals = []
    for _ in range(RUNS):
        spent.clear()
        with connection.execute_wrapper(stopwatch):
            page = reader.get(path, headers={"Accept-Encoding": "identity"})
        totals.append(sum(spent) * 1000)
    with open(os.path.join("static", "site.css"), "rb") as stylesheet:
        size = len(gzip.compress(page.content, 9)) + len(gzip.compress(stylesheet.read(), 9))
    return len(spent), statistics.median(totals), size


def main():
    django.setup()
    make_services()
    print(f"Directory with {SERVICES} services, PostgreSQL; median of {RUNS}")
    for path in PATHS:
        queries, milliseconds, size = measure(path)
        print(f"  {path:42}{queries:3} queries {milliseconds:6.1f} ms in the database {size:7} bytes of first view")


if __name__ == "__main__":
    main()
