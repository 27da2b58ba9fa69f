"""How often people find what they need: the table over tests/search_queries.toml.

[[query]]
words = "my dad drinks"
expect = ["/key-priorities/alcohol-and-drugs/"]  # any of these
danger = false                                   # true: a line to ring must stand above the results
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup

FILE = Path(__file__).resolve().parent / "search_queries.toml"


@dataclass
class Table:
    queries: int = 0
    first: int = 0
    in_three: int = 0
    danger: int = 0
    danger_without_line: list = field(default_factory=list)
    misses: list = field(default_factory=list)  # (words, place or 0, what came)

    @property
    def hit_at_1(self):
        return self.first / max(self.queries, 1)

    @property
    def hit_at_3(self):
        return self.in_three / max(self.queries, 1)

    def __str__(self):
        rows = [
            f"  {self.queries} queries: hit at 1 {self.hit_at_1:.1%}, in the first 3 {self.hit_at_3:.1%}; "
            f"{self.danger} about danger, without a line {len(self.danger_without_line)}"
        ]
        for words, place, came in self.misses:
            rows.append(
                f"    {'place ' + str(place) if place else 'missed':9}{words!r}: {', '.join(came) or 'nothing'}"
            )
        rows += [f"    no line  {words!r}" for words in self.danger_without_line]
        return "\n".join(rows)


def measure(reader, file=FILE):
    table = Table()
    for query in tomllib.loads(file.read_text(encoding="utf-8"))["query"]:
        page = BeautifulSoup(reader.get("/search/", {"q": query["words"]}).content, "html.parser").main
        came = [item.find("a")["href"] for item in page.select("ol.rows > li")]
        place = next((n for n, address in enumerate(came, 1) if address in query["expect"]), 0)
        table.queries += 1
        table.first += place == 1
        table.in_three += 1 <= place <= 3
        if place != 1:
            table.misses.append((query["words"], place, came[:3]))
        if query["danger"]:
            table.danger += 1
            if not page.select("section.danger .plate"):
                table.danger_without_line.append(query["words"])
    return table
