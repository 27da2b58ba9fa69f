"""Loads the finder the site comes with, once and as a whole: a part of it would lead nowhere."""

from pathlib import Path

from django.core.exceptions import ValidationError

from referrals.finder.graph import faults_of
from referrals.models import FinderAnswer, FinderEnding, FinderPlace, FinderQuestion, FinderSettings, Service
from referrals.models.finder import finder_graph
from safeguarding_site.models import Topic
from safeguarding_site.seeds import SeedError, already_loaded, describe, read_toml, refuse_unknown, remember

FILE = Path(__file__).resolve().parent.parent / "content" / "finder.toml"
NAME = "finder.toml"
WORDS = {"intro", "how", "how_help", "phone", "quiet", "person", "later"}
OF_QUESTION = {"key", "name", "text", "help", "answers"}
OF_ANSWER = {"text", "note", "next", "ending"}
OF_ENDING = {"key", "name", "heading", "text", "say", "topic", "danger", "ask_how", "services"}


def load_finder(file=FILE):
    """Create the finder, if there is none yet. Return the names of what was loaded."""
    if already_loaded(NAME):
        return []
    if FinderQuestion.objects.exists():
        return [remember(NAME)]  # an editor's own
    data = read_toml(file)
    refuse_unknown(data, WORDS | {"first", "question", "ending"}, file)
    endings = {row.get("key"): make_ending(row, f"{file}: {row.get('key')}") for row in data["ending"]}
    questions = {row.get("key"): make_question(row, f"{file}: {row.get('key')}") for row in data["question"]}
    for row in data["question"]:
        make_answers(row, questions, endings, f"{file}: {row['key']}")
    graph = finder_graph()
    faults = [sentence for key in graph.words for sentence, _ in faults_of(graph, key)]
    if faults:
        raise SeedError(f"{file}: {' '.join(dict.fromkeys(faults))}")
    first = named(questions, data.get("first"), f"{file}: first")
    if not FinderSettings.objects.exists():
        saved(FinderSettings(first_question=first, **{key: data[key] for key in WORDS & set(data)}), file)
    for record in [*endings.values(), *questions.values()]:
        record.refresh_from_db()
        record.save_revision()
    return [remember(NAME)]


def make_ending(row, where):
    refuse_unknown(row, OF_ENDING, where)
    plain = {key: value for key, value in row.items() if key not in ("key", "topic", "services")}
    topic = Topic.objects.filter(key=row.get("topic")).first()
    if topic is None:
        raise SeedError(f"{where}: there is no topic {row.get('topic')!r}.")
    ending = saved(FinderEnding(topic=topic, **plain), where)
    for place, slug in enumerate(row.get("services", [])):
        service = Service.objects.filter(slug=slug).first()
        if service is None and not already_loaded(f"service:{slug}"):
            raise SeedError(f"{where}: there is no service {slug!r}.")
        if service:  # else an editor has deleted it since
            FinderPlace.objects.create(ending=ending, service=service, sort_order=place)
    return ending


def make_question(row, where):
    refuse_unknown(row, OF_QUESTION, where)
    return saved(FinderQuestion(**{key: row[key] for key in ("name", "text", "help") if key in row}), where)


def make_answers(row, questions, endings, where):
    for place, answer in enumerate(row.get("answers", [])):
        refuse_unknown(answer, OF_ANSWER, where)
        saved(
            FinderAnswer(
                question=questions[row["key"]],
                text=answer.get("text", ""),
                note=answer.get("note", ""),
                next_question=named(questions, answer["next"], where) if "next" in answer else None,
                ending=named(endings, answer["ending"], where) if "ending" in answer else None,
                sort_order=place,
            ),
            where,
        )


def named(found, key, where):
    if key not in found:
        raise SeedError(f"{where}: nothing here has the key {key!r}.")
    return found[key]


def saved(record, where):
    try:
        record.full_clean()
    except ValidationError as error:
        raise SeedError(f"{where}: {describe(error)}") from error
    record.save()
    return record
