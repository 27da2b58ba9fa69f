"""Three floors, arrows only downwards: priorities -> referrals -> safeguarding_site.

Read from the source, so that an import inside a function, a model named in a string, a migration's dependency and a
template's include count too.
"""

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
FLOORS = ["safeguarding_site", "referrals", "priorities"]  # bottom to top
# The one place that lists the rooms.
LISTS_THE_ROOMS = {"safeguarding_site/settings.py"}

# "priorities.PriorityPage" in a string, but not a sentence that ends in "priorities."
NAME_IN_STRING = re.compile(r"\b({})\.[A-Za-z_]\w*".format("|".join(FLOORS)))
TEMPLATE_REFERENCE = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']|{%\s*load\s+([^%]+)%}")


def rooms_named_in_python(source):
    """Return every (line, room) that the source imports or names, wherever in it."""
    found = []
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name.split(".")[0]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.lineno, node.module.split(".")[0]))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            if node.value in FLOORS:
                found.append((node.lineno, node.value))
            found += [(node.lineno, match.group(1)) for match in NAME_IN_STRING.finditer(node.value)]
            found += [(node.lineno, room) for room in FLOORS if node.value.startswith(f"{room}/")]
    return [(line, room) for line, room in found if room in FLOORS]


def rooms_named_in_template(source):
    """Return every room whose templates or tags a template uses."""
    found = []
    for template, libraries in TEMPLATE_REFERENCE.findall(source):
        found += [template.split("/")[0], *libraries.split()]
    return [room for room in found if room in FLOORS]


def is_above(room, floor):
    return FLOORS.index(room) > FLOORS.index(floor)


def python_files():
    for floor in FLOORS:
        for file in sorted((HOUSE / floor).rglob("*.py")):
            yield floor, file


def template_floor(file):
    """Return the floor a template belongs to: its room's folder, else the hall."""
    first = file.relative_to(HOUSE / "templates").parts[0]
    return first if first in FLOORS else FLOORS[0]


def test_no_python_names_a_floor_above_its_own():
    broken = []
    for floor, file in python_files():
        name = str(file.relative_to(HOUSE))
        if name in LISTS_THE_ROOMS:
            continue
        for line, room in rooms_named_in_python(file.read_text()):
            if is_above(room, floor):
                broken.append(f"{name}:{line} names {room}")
    assert not broken, "\n".join(broken)


def test_no_template_uses_a_floor_above_its_own():
    broken = []
    for file in sorted((HOUSE / "templates").rglob("*.html")):
        for room in rooms_named_in_template(file.read_text()):
            if is_above(room, template_floor(file)):
                broken.append(f"{file.relative_to(HOUSE)} uses {room}")
    assert not broken, "\n".join(broken)


def test_no_content_file_of_a_floor_uses_a_page_type_above_its_own():
    broken = []
    for floor in FLOORS:
        for file in sorted((HOUSE / floor / "content").rglob("*.toml")):
            for room in re.findall(r'^type = "(\w+)\.', file.read_text(), re.MULTILINE):
                if is_above(room, floor):
                    broken.append(f"{file.relative_to(HOUSE)} uses {room}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    "source",
    [
        "import priorities",
        "from priorities.models import HomePage",
        "def late():\n    from priorities.models import HomePage",
        'apps.get_model("priorities.HomePage")',
        'apps.get_model("priorities", "HomePage")',
        'dependencies = [("priorities", "0001_pages")]',
        'render(request, "priorities/home_page.html")',
    ],
)
def test_the_python_rule_sees_each_way_of_naming_a_room(source):
    assert [room for _, room in rooms_named_in_python(source)] == ["priorities"]


def test_the_python_rule_leaves_sentences_alone():
    assert rooms_named_in_python('help_text = "Our priorities. And referrals to others."') == []


@pytest.mark.parametrize(
    "source",
    ['{% include "priorities/card.html" %}', "{% extends 'priorities/base.html' %}", "{% load i18n priorities %}"],
)
def test_the_template_rule_sees_each_way_of_using_a_room(source):
    assert rooms_named_in_template(source) == ["priorities"]
