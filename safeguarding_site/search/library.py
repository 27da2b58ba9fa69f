"""What search knows of the site, kept in the process and renewed when something of it changes.

One query tells whether it has; a minute is the longest that a change which leaves no trace in it can stay unseen.
Which results readers may see is asked of the database each time, never of this memory alone.
"""

import re
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from django.contrib.contenttypes.models import ContentType
from modelsearch.conf import get_app_config

from safeguarding_site.models.search import DangerRule, EditorsPick, WordsPeopleUse, lines_of
from safeguarding_site.models.site import EmergencyFacts
from safeguarding_site.models.topic import Topic
from safeguarding_site.search.sources import page_source, sources, state_row, topic_rows
from safeguarding_site.search.words import FAINT, SMALL, Vocabulary, stem, stems_of, words_of

RENEW_AFTER = 60  # seconds

# What a word says of a topic, by where it stands: in what people type, in a danger rule, in a page's or service's name, in its text.
FROM_TERM, FROM_RULE, FROM_TITLE, FROM_TEXT = 3, 1, 3, 1
SMALL_STEMS = frozenset(map(stem, SMALL))
FAINT_STEMS = frozenset(map(stem, FAINT))
FAINT_WEIGHT = 0.35


@dataclass(eq=False)
class Term:
    """One line of the words people use."""

    text: str
    record: WordsPeopleUse
    stems: frozenset
    alone: bool  # only when nothing else is typed
    in_order: tuple = ()  # with its small words
    share: float = 1  # of its words that tell something
    length: float = 0


@dataclass(eq=False)
class Rule:
    """A danger rule with its lines taken apart."""

    record: DangerRule
    topic: str
    phrases: list
    exceptions: list


def entry_texts(content_types):
    """Return (content type, object, title, text) of what the search index holds."""
    model = get_app_config().get_model("IndexEntry")
    # PostgreSQL's index has vectors under the plain names, and the text beside them.
    fields = ("title_text", "body_text") if hasattr(model, "body_text") else ("title", "body")
    found = model.objects.filter(content_type__in=content_types)
    return found.values_list("content_type_id", "object_id", *fields)


@lru_cache(maxsize=5000)
def words_in(text):
    """Return the different words of a text, and their stems. Remembered: one page's change must not cost reading all others."""
    words = frozenset(words_of(text))
    return words, frozenset(stem(word) for word in words)


class Library:
    def __init__(self):
        self.topics = {topic.pk: topic for topic in Topic.objects.all()}
        self.documents = [document for source in sources() for document in source.documents()]
        self.by_address = {document.address: document for document in self.documents}
        self.by_object = {(document.source, document.pk): document for document in self.documents}
        self.pages = {}  # topic key: the document about it
        for topic in self.topics.values():
            document = self.by_object.get((page_source, topic.page_id))
            if document:
                document.topics |= {topic.key}
                document.main_topic = document.main_topic or topic.key
                self.pages[topic.key] = document
        self.texts = self.read_texts()
        self.terms = self.read_terms()
        self.rules = [
            Rule(rule, self.key_of(rule), stems_in_order(rule.words), stems_in_order(rule.not_words))
            for rule in DangerRule.objects.all()
        ]
        self.picks = [
            (frozenset(stems_of(words_of(line))), pick)
            for pick in EditorsPick.objects.all()
            for line in lines_of(pick.words)
        ]
        self.subjects = {found for term in self.terms for found in stems_of(words_of(term.record.canonical))}
        self.count_words()
        self.gather_evidence()
        self.titles = {document: frozenset(stems_of(words_of(document.title))) for document in self.documents}
        self.in_titles = Counter(found for stems in self.titles.values() for found in stems)
        self.name_stems = {document: [stem(word) for word in words_of(document.title)] for document in self.documents}
        self.for_children = {
            document for document in self.documents if re.search(r"\b(child|young)", document.title.casefold())
        }
        # Its first words run together, by how many: {"al", "alanon", "alanonfamily"}.
        self.name_runs = {
            document: {"".join(words[:number]) for number in range(1, min(len(words), 5) + 1)}
            for document, words in ((document, words_of(document.title)) for document in self.documents)
        }
        self.lengths = {document: self.length(stems) for document, stems in self.titles.items()}
        self.index_terms()
        for source in sources():  # so that the first search need not ask for each
            source.cards(
                [document for document in self.documents if document.source is source], EmergencyFacts.current()
            )

    def key_of(self, record):
        return self.topics[record.topic_id].key if record.topic_id in self.topics else ""

    def read_texts(self):
        """Return {document: (the different words on it, their stems)}, and keep the text of pages for extracts."""
        self.page_texts = {}
        source_of = {
            found.pk: source
            for source in sources()
            for found in ContentType.objects.get_for_models(*source.models).values()
        }
        texts = {}
        for content_type, pk, title, text in entry_texts(source_of):
            document = self.by_object.get((source_of[content_type], int(pk)))
            if document:
                texts[document] = words_in(f"{title} {text or ''}")
                if document.source is page_source:
                    self.page_texts[document] = text or ""
        return texts

    def stems_on(self, document):
        return self.texts.get(document, ((), frozenset()))[1]

    def read_terms(self):
        found = []
        for record in WordsPeopleUse.objects.all():
            alone = {" ".join(words_of(line)) for line in lines_of(record.whole_query_only)}
            lines = [*lines_of(record.terms), *lines_of(record.whole_query_only), record.canonical]
            for line in dict.fromkeys(lines):
                words = words_of(line)
                if words:
                    # A term of small words alone, such as "said no", counts by those.
                    stems = stems_of(words) or [stem(word) for word in words]
                    in_order = tuple(stem(word) for word in words)
                    share = len(stems) / len(words)
                    found.append(Term(line, record, frozenset(stems), " ".join(words) in alone, in_order, share))
        return found

    def count_words(self):
        """Count in how many texts each word stands: for spelling, and for how much a word tells."""
        of_records = defaultdict(set)
        known = Counter()
        for term in self.terms:
            of_records[term.record.pk] |= term.stems
            if term.record.kind != WordsPeopleUse.Kind.MISSPELLING:
                known.update(set(words_of(term.text)))
        for rule in self.rules:
            known.update(set(words_of(f"{rule.record.words} {rule.record.not_words}")))
        stems = Counter(found for stems in of_records.values() for found in stems)
        for words, of_text in self.texts.values():
            known.update(words)
            stems.update(of_text)
        for word in SMALL:
            known.pop(word, None)
        together = {}
        for text in [*(document.title for document in self.documents), *(term.text for term in self.terms)]:
            words = words_of(text)
            for one, two in zip(words, words[1:], strict=False):
                if len(one + two) >= 5 and not (one in SMALL and two in SMALL):
                    together.setdefault(one + two, f"{one} {two}")
        self.vocabulary = Vocabulary(known, together)
        self.texts_with = stems
        self.number_of_texts = max(len(self.texts) + len(of_records), 1)

    def weight(self, word_stem):
        """Return how much a word tells: the fewer texts it stands in, the more."""
        told = log(1 + self.number_of_texts / (self.texts_with.get(word_stem, 0) + 1))
        return told * FAINT_WEIGHT if word_stem in FAINT_STEMS else told

    def length(self, stems, weights=None):
        weights = weights or {}
        return sqrt(sum((self.weight(found) * weights.get(found, 1)) ** 2 for found in stems)) or 1

    def gather_evidence(self):
        """Count for each word the topics it speaks of: {stem: {topic key: weight}}."""
        evidence = defaultdict(Counter)
        for term in self.terms:
            if not term.alone:
                for found in term.stems:
                    evidence[found][self.key_of(term.record)] += FROM_TERM / sqrt(len(term.stems))
        for rule in self.rules:
            for phrase in rule.phrases if rule.topic else []:
                for found in set(phrase) - SMALL_STEMS:
                    evidence[found][rule.topic] += FROM_RULE / sqrt(len(phrase))
        for document in self.documents:
            if document.main_topic:
                for found in self.stems_on(document) - SMALL_STEMS:
                    evidence[found][document.main_topic] += FROM_TEXT
                for found in stems_of(words_of(document.title)):
                    evidence[found][document.main_topic] += FROM_TITLE
        self.evidence = {}
        for found, counts in evidence.items():
            total = sum(counts.values()) + 2  # a word seen once proves little
            self.evidence[found] = {key: number / total for key, number in counts.items()}

    def index_terms(self):
        self.terms_with = defaultdict(list)
        for term in self.terms:
            term.length = self.length(term.stems)
            for found in term.stems:
                self.terms_with[found].append(term)


def stems_in_order(text):
    return [[stem(word) for word in words_of(line)] for line in lines_of(text) if words_of(line)]


# --- One a process

_lock = threading.Lock()
_kept = {"state": None, "library": None, "read_at": 0.0}


def state():
    """Return what changes whenever something that search knows of does: one query."""
    rows = topic_rows(Topic.objects.order_by())
    parts = [
        state_row(model.objects.all(), model.__name__, "changed_at")
        for model in (WordsPeopleUse, DangerRule, EditorsPick)
    ]
    parts += [part for source in sources() for part in source.state()]
    return sorted(rows.union(*parts, all=True), key=str)


def current_library():
    now = state()
    with _lock:
        old = time.monotonic() - _kept["read_at"] > RENEW_AFTER
        if _kept["library"] is None or old or _kept["state"] != now:
            _kept.update(state=now, library=Library(), read_at=time.monotonic())
        return _kept["library"]
