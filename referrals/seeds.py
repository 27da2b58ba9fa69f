"""Loads the services the site comes with, once each: facts of the file, and the editors' from then on."""

from pathlib import Path

from django.core.exceptions import ValidationError

from referrals.models import Organization, Service
from safeguarding_site.models import Topic
from safeguarding_site.seeds import SeedError, already_loaded, describe, read_toml, refuse_unknown, remember, story

FILE = Path(__file__).resolve().parent / "content" / "services.toml"
PLAIN = {
    "slug",
    "name",
    "purpose",
    "what_happens",
    "who_for",
    "kind",
    "audiences",
    "area",
    "cost",
    "call_is_free",
    "stays_off_bill",
    "anonymous",
    "url",
    "confirmed",
    "question",
}
KNOWN = PLAIN | {"organization", "main_topic", "topics", "lead_for", "contacts"}


def load_services(file=FILE):
    """Create the services not loaded yet; those with a question to settle stay drafts. Return their names."""
    loaded = []
    topics = {topic.key: topic for topic in Topic.objects.all()}
    for place, row in enumerate(read_toml(file)["service"]):
        for key in ("slug", "name", "purpose", "main_topic", "topics"):
            if key not in row:
                raise SeedError(f"{file}: [[service]] number {place + 1} has no {key}.")
        name = f"service:{row['slug']}"
        if already_loaded(name):
            continue
        if Service.objects.filter(slug=row["slug"]).exists():
            remember(name)  # an editor's own; it does not come back either when it is deleted
            continue
        load_service(row, topics, f"{file}: {row['slug']}")
        loaded.append(remember(name))
    return loaded


def load_service(row, topics, where):
    refuse_unknown(row, KNOWN, where)
    missing = [
        key for key in [row.get("main_topic"), *row.get("topics", []), *row.get("lead_for", [])] if key not in topics
    ]
    if missing:
        raise SeedError(f"{where}: there is no topic {missing[0]!r}.")
    service = Service(live=False, **{key: row[key] for key in PLAIN & set(row)})
    service.main_topic = topics[row["main_topic"]]
    service.topics = [topics[key] for key in row["topics"]]
    service.lead_for = [topics[key] for key in row.get("lead_for", [])]
    if row.get("organization"):
        service.organization = organization_named(row["organization"])
    service.contacts = story(Service._meta.get_field("contacts").stream_block, row.get("contacts", []), where)
    try:
        service.full_clean()
    except ValidationError as error:
        raise SeedError(f"{where}: {describe(error)}") from error
    service.save()
    revision = service.save_revision()
    if not service.question:
        revision.publish()


def organization_named(name):
    organization, made = Organization.objects.get_or_create(name=name)
    if made:
        organization.save_revision().publish()
    return organization
