"""What a query is about, and in which order its results stand. Every point has a reason that an editor can read."""

from collections import defaultdict
from dataclasses import dataclass, field
from math import sqrt

from modelsearch.query import PlainText
from wagtail.search.backends import get_search_backend

from safeguarding_site.search.danger import Danger, danger_of, place_of, rules_met
from safeguarding_site.search.library import Library
from safeguarding_site.search.sources import Document, sources
from safeguarding_site.search.words import AGES, AROUND_NAMES, YOUNG, Query, stem

MOST_RESULTS = 60  # of each source
MOST_ASKED = 14  # words for the database
SURE = 0.25  # from here on its page stands first
ABOUT = 0.15  # from here on a query is taken to be about a topic
OF_DANGER = 0.5  # how much words of danger say of their rule's topic, and a tenth more for each
URGENT = 0.5  # how much of an urgent term must be there
EXPAND = 0.55  # from here on the name our pages use is searched as well

# Points. A name that was typed beats the page about the topic, that page beats the topic's lines, lines beat the rest.
PICK, NAMED, LEADS_TO, TOPIC_PAGE, FIRST_LINE, CRISIS_LINE, LINE, OF_TOPIC, TEXT = (
    1000,
    110,
    110,
    90,
    50,
    45,
    25,
    12,
    25,
)
NAMED_FROM = 0.78
NAMES_TOPIC = 0.8  # from here on words that people use are the name of a topic
AS_SURE = 0.9  # of the words that fit best
OUT_OF_ORDER = 0.92
FOR_OTHERS = 0.75  # a line for children, where no words speak of one
KNOWN_IN_PART = 0.7  # other words were typed that stand nowhere here
FEW = 3
BEGINS = 0.9  # a name that begins with all that was typed


@dataclass
class Hit:
    document: Document
    points: float = 0
    reasons: list = field(default_factory=list)
    stands_by_itself: bool = False  # picked, named, or where the words lead

    def add(self, points, reason):
        if points >= 0.05:
            self.points += points
            self.reasons.append((round(points, 1), reason))


@dataclass
class Found:
    query: Query
    topics: dict  # key: strength, strongest first
    terms: list  # (strength, Term)
    asked: list  # the words the database was asked for
    hits: list
    danger: Danger | None


def matched_terms(query, library):
    """Return the words people use that a query holds, with how much of both they share: [(strength, term)]."""
    shared = defaultdict(float)
    for found, trust in query.weights.items():
        square = library.weight(found) ** 2 * trust
        for term in library.terms_with.get(found, ()):
            shared[term] += square
    whole = frozenset(query.stems)
    content = frozenset(query.weights)
    length = library.length(query.weights, query.weights)
    matched = []
    for term, product in shared.items():
        if term.alone and (term.stems != content or query.unknown):
            continue
        strength = product / (length * term.length)
        # All of a term within a longer sentence counts for more than the angle between them.
        if term.stems <= content and not term.alone:
            strength = max(strength, 0.55 + 0.1 * min(len(term.stems), 4))
        if term.share < 0.6 and not place_of(term.in_order, query.stems):
            strength *= sqrt(term.share)  # "wont wake up" is more than any word about waking
        matched.append((min(strength, 1.0), term))
    if not content:
        # "said no": small words alone must be the whole of it.
        matched += [(1.0, term) for term in library.terms if term.stems == whole]
    matched.sort(key=lambda pair: (-pair[0], pair[1].record.pk))
    return matched[:40]


def topics_of(query, terms, spoken, library):
    """Return the topics a query is about, strongest first, from what people say and from what our texts say."""
    best = defaultdict(list)
    seen = set()
    for strength, term in terms:
        if term.record.pk not in seen:
            seen.add(term.record.pk)
            best[library.key_of(term.record)].append(strength)
    for rule, words in spoken.items():
        if rule.topic:
            best[rule.topic].append(min(OF_DANGER + 0.1 * len(words), 0.95))
    for strengths in best.values():
        strengths.sort(reverse=True)
    total = sum(library.weight(found) * trust for found, trust in query.weights.items()) or 1
    text = defaultdict(float)
    for found, trust in query.weights.items():
        for key, share in library.evidence.get(found, {}).items():
            text[key] += library.weight(found) * trust * share / total
    scores = {}
    for key in {*best, *text}:
        strengths = best[key]
        said = strengths[0] + 0.1 * sum(strengths[1:3]) if strengths else 0
        scores[key] = min(0.5 * said + 0.6 * text[key], 1.0)
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))


def likeness(stems, length, query, query_length, library):
    """Return the cosine between a title and the query."""
    product = sum(library.weight(found) ** 2 * query.weights[found] for found in stems if found in query.weights)
    return product / (length * query_length)


def core_of(query):
    """Return what is left of a query without "number", "phone line", "telford": often the name of a service."""
    return [word for word in query.meant if word not in AROUND_NAMES]


def holds_name(core, stems, document, library):
    """Tell whether a query is the beginning of a name, or two or more words from the midst of it."""
    if not core:
        return False
    name = library.name_stems[document]
    # "crime stoppers", "al anon", "we are withyou": as one word or as several.
    runs = library.name_runs[document]
    if len(core) > 1:
        return "".join(core) in runs or any(name[place : place + len(core)] == stems for place in range(len(name)))
    # One word is a name only where our pages do not use it of a subject.
    known = library.in_titles[stems[0]] <= FEW and stems[0] not in library.subjects
    return known and (name[:1] == stems or core[0] in runs)


def where_led(terms, query, library):
    """Return {document: (strength, term, whether no other words fit better)} for the words that lead to one."""
    typed, surest, led = set(query.stems), terms[0][0] if terms else 0, {}
    for strength, term in terms:
        document = library.by_address.get(term.record.address) if term.record.address else None
        if not document:
            continue
        # "my mum drinks" leads elsewhere than "drinks": every word of it counts here, be it ever so common.
        strength *= len(term.stems & typed) / len(term.stems)
        if len(term.stems) > 1 and not place_of([found for found in term.in_order if found in term.stems], query.stems):
            strength *= OUT_OF_ORDER
        if strength >= ABOUT and strength > led.get(document, (0,))[0]:
            led[document] = (strength, term, strength >= min(AS_SURE * surest, NAMES_TOPIC))
    return led


def search(text, library: Library):
    """Return everything found for a text, in order, with reasons."""
    query = Query(text, library.vocabulary, library.texts_with)
    terms = matched_terms(query, library)
    spoken = rules_met(query, library)
    topics = topics_of(query, terms, spoken, library)
    strongest = next(iter(topics.values()), 0)
    about = [key for key, strength in topics.items() if strength >= max(ABOUT, 0.6 * strongest)][:3]
    urgent = [term.record for strength, term in terms if term.record.urgent and strength >= URGENT]
    surely = [key for key in about if topics[key] >= 0.75 * strongest]
    danger = danger_of(spoken, surely, urgent, library)
    hits = {}

    def hit(document):
        return hits.setdefault(document, Hit(document))

    stems = frozenset(query.weights)
    for picked, pick in library.picks:
        document = library.by_address.get(pick.address)
        if document and picked == stems:
            hit(document).add(PICK - pick.sort_order, "editors’ pick")
            hit(document).stands_by_itself = True
    query_length = library.length(query.weights, query.weights)
    core = core_of(query)
    says_little = not terms or terms[0][0] < NAMES_TOPIC
    core_stems = [stem(word) for word in core]
    for document, title in library.titles.items():
        begins = holds_name(core, core_stems, document, library)
        if not title & stems and not begins:
            continue
        like = likeness(title, library.lengths[document], query, query_length, library)
        # Words that people use for no topic, and that stand in hardly any name but this one.
        only_here = (
            says_little
            and not query.unknown
            and stems <= title
            and all(library.in_titles[found] <= FEW for found in stems)
        )
        if begins or only_here:
            like = max(like, BEGINS)
        elif query.unknown:
            like *= KNOWN_IN_PART
        if like >= NAMED_FROM:
            hit(document).add(NAMED * like, "its name was typed")
            hit(document).stands_by_itself = True
        else:
            hit(document).add(60 * like**2, "words in its name")
    for document, (strength, term, fits) in where_led(terms, query, library).items():
        hit(document).add(LEADS_TO * strength * (1 if fits else 0.4), f"where “{term.text}” leads")
        hit(document).stands_by_itself |= fits
    asked = words_to_ask(query, terms, library)
    told = sum(library.weight(found) * trust for found, trust in query.weights.items())
    told += sum(map(library.weight, query.unknown))
    for document, share in full_text(asked, library):
        held = sum(
            library.weight(found) * trust
            for found, trust in query.weights.items()
            if found in library.stems_on(document)
        )
        hit(document).add(TEXT * (0.3 * share + 0.7 * held / (told or 1)), "words in its text")
    young = any(word in YOUNG or word in AGES for word in query.meant)
    names = {topic.key: topic.name for topic in library.topics.values()}
    for key in about:
        strength = topics[key]
        name = names.get(key, key)
        if key in library.pages:
            hit(library.pages[key]).add(TOPIC_PAGE * strength, f"the page about “{name}”")
        for document in library.documents:
            if key not in document.topics or document is library.pages.get(key):
                continue
            mainly = 1 if document.main_topic == key else 0.6
            # Where there is no page about it, its lines stand in for one.
            instead = 1 if key in library.pages else 1.8
            if key in document.leads:
                hit(document).add(FIRST_LINE * strength * instead, f"first to ring about “{name}”")
            elif document.is_crisis_line:
                fits = FOR_OTHERS if document in library.for_children and not young else 1
                hit(document).add(CRISIS_LINE * strength * mainly * instead * fits, f"a crisis line for “{name}”")
            elif document in hits:
                hit(document).add(OF_TOPIC * strength * mainly, f"about “{name}”")
    for place, line in enumerate(danger.named if danger else []):
        hit(line).add(LINE - 5 * place, "a line for words of danger")
    lift_topic_page(hits, about, topics, library)
    ordered = sorted(hits.values(), key=lambda found: (-found.points, found.document.title, found.document.pk))
    return Found(query, topics, terms, asked, ordered, danger)


def lift_topic_page(hits, about, topics, library):
    """Put the page about the topic before services that only have to do with it; not before what was named."""
    key = about[0] if about else None
    if key not in library.pages or topics[key] < SURE:
        return
    page = hits[library.pages[key]]
    others = [
        other.points
        for other in hits.values()
        if not other.stands_by_itself and other.document.topics & page.document.topics
    ]
    highest = max(others, default=0)
    if highest > page.points:
        page.add(highest - page.points + 1, "stands before the services for it")


def words_to_ask(query, terms, library):
    """Return the words for the database: those typed, as they were meant, and the names our pages use for them."""
    words = query.content + [word for word in query.corrections if word not in query.meant]
    words.sort(key=lambda word: -library.weight(word))
    for strength, term in terms:
        if strength >= EXPAND:
            words += term.record.canonical.casefold().replace("-", " ").split()
    words = [word for word in words if word.isalnum()]
    return list(dict.fromkeys(words))[:MOST_ASKED]


def full_text(words, library):
    """Ask each source through Wagtail's search backend: (document, its rank as a share of the best one's)."""
    if not words:
        return
    asked = PlainText(" ".join(words), operator="or")
    backend = get_search_backend()
    for source in sources():
        readable = source.readable().select_related(None).only("pk")
        ranked = list(backend.search(asked, readable).annotate_score("rank")[:MOST_RESULTS])
        best = max((abs(found.rank or 0) for found in ranked), default=0) or 1
        for found in ranked:
            document = library.by_object.get((source, found.pk))
            if document:
                yield document, abs(found.rank or 0) / best
