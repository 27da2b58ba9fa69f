"""Loads the words people use and the danger rules the site comes with, once each: the editors' from then on."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management import call_command

from safeguarding_site.models import DangerRule, Topic, WordsPeopleUse
from safeguarding_site.seeds import SeedError, already_loaded, describe, expect, read_toml, refuse_unknown, remember

CONTENT = Path(__file__).resolve().parent.parent / "content"
# Raise it when what is indexed changes: sites that run already then index once more.
INDEX = "search-index:1"
LISTS = ("terms", "whole_query_only", "words", "not_words")


def load_search(folder=CONTENT):
    """Create the records not loaded yet, and index what was there before. Return the names of what was loaded."""
    loaded = load(WordsPeopleUse, folder / "words-people-use.toml", "words")
    loaded += load(DangerRule, folder / "danger-rules.toml", "rule")
    if not already_loaded(INDEX):
        call_command("update_index", verbosity=0)
        loaded.append(remember(INDEX))
    return loaded


def load(model, file, table):
    data = read_toml(file)
    refuse_unknown(data, {table}, file)
    topics = {topic.key: topic for topic in Topic.objects.all()}
    known = {field.name for field in model._meta.fields} - {"id", "changed_at", "sort_order"} | {"key"}
    loaded = []
    for place, row in enumerate(data[table]):
        if "key" not in row:
            raise SeedError(f"{file}: [[{table}]] number {place + 1} has no key.")
        name = f"{table}:{row['key']}"
        if already_loaded(name):
            continue
        where = f"{file}: {row['key']}"
        refuse_unknown(row, known, where)
        record = model(**{key: value for key, value in row.items() if key not in ("key", "topic", *LISTS)})
        for key in LISTS:
            if key in row:
                setattr(record, key, "\n".join(expect(row[key], list, f"{where}: {key}")))
        if row.get("topic"):
            if row["topic"] not in topics:
                raise SeedError(f"{where}: there is no topic {row['topic']!r}.")
            record.topic = topics[row["topic"]]
        if hasattr(record, "sort_order"):
            record.sort_order = place
        try:
            record.full_clean()
        except ValidationError as error:
            raise SeedError(f"{where}: {describe(error)}") from error
        record.save()
        loaded.append(remember(name))
    return loaded
