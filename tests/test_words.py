"""The seeded words: plain, kind, and every number in its one place."""

import re
import tomllib
from pathlib import Path

import pytest
import textstat

from safeguarding_site.models import EmergencyFacts

HOUSE = Path(__file__).resolve().parent.parent
GUIDE = tomllib.loads((HOUSE / "safeguarding_site/content/language.toml").read_text(encoding="utf-8"))["term"]
FILES = sorted(
    file
    for floor in ["safeguarding_site", "referrals", "priorities"]
    for file in (HOUSE / floor / "content").rglob("*.toml")
    # Not read by readers: the guide itself, notes to editors, and what people type, in their words.
    if file.name not in ("language.toml", "facts-to-check.toml", "words-people-use.toml", "danger-rules.toml")
)
PAGES = [file for file in FILES if "pages" in file.parts]
PRIORITIES = [file for file in PAGES if file.parent.name == "key-priorities"]
named = {"ids": lambda file: file.stem}

# Names of services and laws say what they are called, not how plain our words are.
NAMES = re.compile(
    r"\b(National Domestic Abuse Helpline|Counter-Terrorism and Security Act( 2015)?|Telford & Wrekin Council|"
    r"West Mercia Police|Family Connect|Environment Agency|Environmental Protection Act( 1990)?|"
    r"Anti-social Behaviour, Crime and Policing Act( 2014)?|Domestic Abuse Act( 2021)?|Crime and Policing Act( 2026)?|"
    r"Children Abused Through Exploitation|Internet Watch Foundation|Emergency Duty Team)\b"
)
NOT_PROSE = {"type", "topic", "order", "slug", "url", "page", "goes_to", "icon", "kind", "publisher", "year", "sources"}


def strings(value, key=""):
    """Return every string a reader will see, however deep."""
    if key in NOT_PROSE:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for name, inner in value.items() for text in strings(inner, name)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner, key)]
    return []


def sentences(file):
    """Return the text of a seed file as sentences: each list item, title and cell is one."""
    found = []
    for text in strings(tomllib.loads(file.read_text(encoding="utf-8"))):
        for part in re.split(r"</(?:p|li|h3)>", text):
            plain = " ".join(re.sub(r"<[^>]+>|&\w+;", " ", part).split())
            if plain:
                found.append(plain if plain[-1] in ".?!" else plain + ".")
    return found


def blaming_terms(text):
    """Return the terms of mode "replace" in a text, as whole words."""
    found = []
    for term in GUIDE:
        if term["mode"] == "replace":
            for words in [term["avoid"], *term["variants"]]:
                if re.search(rf"(?<![\w’'-]){re.escape(words)}(?![\w-])", text, re.IGNORECASE):
                    found.append(words)
    return found


@pytest.mark.parametrize("file", FILES, **named)
def test_no_term_to_be_replaced_stands_in_a_seeded_text(file):
    assert blaming_terms("\n".join(sentences(file)).replace("’", "'")) == []


@pytest.mark.parametrize("text", ["A child prostitute.", "The ADDICTS met.", "Just a domestic, they said."])
def test_the_language_rule_sees_a_blaming_word(text):
    assert blaming_terms(text)


@pytest.mark.parametrize("file", PRIORITIES, **named)
def test_a_priority_page_reads_at_grade_eight_or_below(file):
    text = NAMES.sub("it", "\n".join(sentences(file)))
    assert textstat.flesch_kincaid_grade(text) <= 8


def test_the_reading_measure_sees_hard_words():
    text = "The multifaceted operationalisation of statutory safeguarding responsibilities necessitates collaboration."
    assert textstat.flesch_kincaid_grade(text) > 12


PHONE = re.compile(r"\b(?:0|\+44)[\d ]{8,}\d\b|\b1\d{2} ?\d{3}\b|\b1800[01]\b")


@pytest.mark.parametrize("file", PAGES, **named)
def test_no_page_holds_a_telephone_number(file):
    assert PHONE.findall("\n".join(sentences(file))) == []


def test_the_number_rule_sees_a_number():
    assert PHONE.search("Ring 01952 385385 today")
    assert PHONE.search("Ring 116 123 today")


def test_each_number_is_written_down_once():
    services = tomllib.loads((HOUSE / "referrals/content/services.toml").read_text(encoding="utf-8"))["service"]
    emergency = EmergencyFacts.built_in()
    team = {emergency.family_connect, emergency.duty_team, emergency.police}
    written = [
        contact["phone"]["number"]
        for service in services
        for contact in service.get("contacts", [])
        if contact.get("phone", {}).get("number")
    ]
    assert written
    assert not team & set(written)


@pytest.mark.parametrize("file", PRIORITIES, **named)
def test_a_priority_page_names_its_sources(file):
    sources = [row["source"] for row in tomllib.loads(file.read_text(encoding="utf-8"))["sources"]]
    assert len(sources) >= 5
    assert all(source["publisher"] and source["url"].startswith("http") for source in sources)
