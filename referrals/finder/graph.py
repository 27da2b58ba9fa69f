"""The finder as a plain graph: which ways lead through it, and what is wrong with them.

A question is known by its key, an ending by its own; what they are made of is none of this module's business.
"""

from dataclasses import dataclass, field

MOST = 4  # questions before there is help: more, and somebody afraid gives up


@dataclass
class Graph:
    words: dict = field(default_factory=dict)  # of every question and ending
    answers: dict = field(default_factory=dict)  # of a question: [(words, where it leads)]
    asks_how: set = field(default_factory=set)  # endings that ask first how to get in touch

    def after(self, key):
        return [to for _, to in self.answers.get(key, []) if to is not None]

    def before(self, key):
        return [question for question in self.answers if key in self.after(question)]

    def length(self, way):
        """Return how many questions a reader is asked on a way."""
        return sum(key in self.answers for key in way) + sum(key in self.asks_how for key in way)


def longest(graph, key, neighbours):
    """Return the way of most questions that begins with a key. It is cut where it is too long already, or a circle."""

    def walk(way):
        onward = [to for to in neighbours(way[-1]) if to not in way] if len(way) <= MOST + 1 else []
        return max((walk([*way, to]) for to in onward), key=graph.length, default=way)

    return walk([key])


def longest_through(graph, key):
    """Return the way of most questions that leads through a question or an ending."""
    return [*reversed(longest(graph, key, graph.before)), *longest(graph, key, graph.after)[1:]]


def circle_through(graph, key):
    """Return the shortest way from a question back to itself, or nothing."""
    ways, seen = [[key]], set()
    while ways:
        way = ways.pop(0)
        for to in graph.after(way[-1]):
            if to == key:
                return [*way, key]
            if to not in seen:
                seen.add(to)
                ways.append([*way, to])
    return []


def written(graph, way):
    return " → ".join(f"“{graph.words.get(key, '?')}”" for key in way)


def faults_of(graph, key):
    """Return what is wrong with a question or an ending: [(sentence, where the answer at fault leads, or None)]."""
    found = []
    if key in graph.answers:
        found += [
            (f"“{words}” leads nowhere. Choose the question or the ending that comes next.", None)
            for words, to in graph.answers[key]
            if to is None
        ]
        if not graph.answers[key]:
            found.append((f"“{graph.words[key]}” leads nowhere: it has no answers.", None))
        circle = circle_through(graph, key)
        if circle:
            return [*found, (f"This goes in a circle: {written(graph, circle)}.", circle[1])]
    way = longest_through(graph, key)
    if graph.length(way) > MOST:
        how = " The ending asks how to get in touch, which counts as one." if way[-1] in graph.asks_how else ""
        onward = way[way.index(key) + 1 :]
        sentence = f"A reader is asked {MOST} questions at most. This way has more: {written(graph, way)}.{how}"
        found.append((sentence, onward[0] if onward else None))
    return found


def every_way(graph, start):
    """Yield every way from the first question on: the answers given, and the keys passed. A circle ends it."""

    def walk(given, passed):
        onward = graph.answers.get(passed[-1], [])
        if not onward:
            yield given, passed
        for words, to in onward:
            if to is None or to in passed:
                yield [*given, words], [*passed, to]
            else:
                yield from walk([*given, words], [*passed, to])

    yield from walk([], [start])


def reached(graph, start):
    """Return every question and ending that a reader can come to."""
    found, waiting = set(), [start]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += graph.after(key)
    return found
