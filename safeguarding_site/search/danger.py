"""Words that speak of danger, by the editors' rules, and the lines that then stand above the results."""

from dataclasses import dataclass

GAP = 2  # other words that may stand between those of a phrase
MOST_LINES = 4
LINES_OF_TOPIC = 2  # where no word of danger was typed, only a topic that is dangerous in itself


@dataclass
class Danger:
    rules: list  # (rule, the words it met)
    lines: list  # documents

    @property
    def named(self):
        """The lines that editors chose for the very words, in order; not those of a topic."""
        keys = {key for rule, words in self.rules if words for key in rule.lines}
        return [line for line in self.lines if line.key in keys]


def place_of(phrase, stems):
    """Return the places of a phrase in a query, its words in order with small gaps, or nothing."""
    for start, found in enumerate(stems):
        if found != phrase[0]:
            continue
        places = [start]
        for wanted in phrase[1:]:
            window = stems[places[-1] + 1 : places[-1] + 2 + GAP]
            if wanted not in window:
                break
            places.append(places[-1] + 1 + window.index(wanted))
        else:
            return places
    return None


def met(rule, stems):
    """Return the words of a query that a rule speaks of, or nothing."""
    for exception in rule.exceptions:
        places = place_of(exception, stems)
        if places:
            stems = [found for place, found in enumerate(stems) if place not in places]
    for phrase in rule.phrases:
        places = place_of(phrase, stems)
        if places:
            return [stems[place] for place in places]
    return None


def rules_met(query, library):
    """Return {rule: the words of the query it speaks of}."""
    found = ((rule, met(rule, query.stems)) for rule in library.rules)
    return {rule: words for rule, words in found if words}


def danger_of(spoken, topics, urgent, library):
    """Return the rules a query meets and the lines to show.

    `spoken` are the rules whose words it holds;
    `topics` are those the words are about, by strength; `urgent` the words people use that editors marked so.
    """
    rules, wanted = [], []
    for rule in library.rules:
        words = spoken.get(rule)
        if words is None and rule.record.whole_topic and rule.topic in topics:
            words = []
        if words is not None:
            rules.append((rule.record, words))
            wanted.append(lines_of_rule(rule, library)[: MOST_LINES if words else LINES_OF_TOPIC])
    for record in urgent:
        leads_to = library.by_address.get(record.address)
        lines = crisis_lines(library.key_of(record), library)
        wanted.append([leads_to, *lines] if leads_to and leads_to.key else lines)
    lines = []
    # The first line of each, then the second: somebody in two kinds of danger sees one for both.
    for place in range(max(map(len, wanted), default=0)):
        lines += [found[place] for found in wanted if place < len(found)]
    lines = list(dict.fromkeys(lines))[:MOST_LINES]
    return Danger(rules, lines) if wanted else None


def lines_of_rule(rule, library):
    by_key = {document.key: document for document in library.documents if document.key}
    named = [by_key[key] for key in rule.record.lines if key in by_key]
    return named or crisis_lines(rule.topic, library)


def crisis_lines(topic, library):
    """Return the lines to ring about a topic: the first one to ring, then crisis lines; else those that help anyone."""
    lines = [document for document in library.documents if document.is_crisis_line or document.leads]
    mine = [line for line in lines if topic in line.leads or (line.is_crisis_line and topic in line.topics)]
    mine.sort(key=lambda line: (topic not in line.leads, topic != line.main_topic, not line.any_hour, line.pk))
    if mine:
        return mine[:MOST_LINES]
    return sorted((line for line in lines if line.is_crisis_line and line.any_hour), key=lambda line: line.pk)[
        :MOST_LINES
    ]
