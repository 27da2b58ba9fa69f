"""Wagtail's checker (axe-core), beside the page for those who may edit it and in the editor's panel "Checks".

What can be refused is refused on saving; this is for what only the finished page shows.
"""

from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem

from safeguarding_site.editing.alt_texts import FILE_NAME

# WCAG 2.2 at level AA holds every rule of the versions before it.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MESSAGES = {
    "p-as-heading": ("A paragraph that looks like a heading", "Use a Heading block, or the heading button of a text."),
    "heading-order": ("A heading level is left out", "Put a Heading block above the smaller headings."),
    "empty-heading": ("A heading without words", "Write the heading, or delete the empty line."),
    "link-name": ("A link without words", "Write where it leads."),
    "image-alt": ("A picture without alternative text", "Say in one sentence what the picture shows."),
    "alt-text-quality": (
        "The alternative text looks like a file name",
        "Say in one sentence what the picture shows.",
    ),
    "image-redundant-alt": (
        "The alternative text repeats the words beside it",
        "Say what the picture adds, or leave the caption out.",
    ),
    "empty-table-header": ("A table heading without words", "Give every column and every row a heading."),
    "table-duplicate-name": ("The table’s title stands there twice", "Leave the caption inside the table empty."),
    "color-contrast": ("Hard to read: too little contrast", "Not yours to mend: tell those who run the site."),
    "target-size": ("Too small to tap", "Put links that stand close together in a list."),
}


class PageChecker(ContentCheckerItem):
    axe_run_only = [*WCAG, "best-practice"]
    # Bold lines of our own in cards and in “who deals with what”: nothing an editor could mend.
    axe_exclude = [".kind", ".who_deals"]
    # Of axe's trial rules this one alone: a bold line in place of a heading is what editors do most.
    axe_rules = {"p-as-heading": {"enabled": True}}
    # Wagtail's own rule for file names takes our list; a bold line is enough for us, axe wants it larger as well.
    axe_custom_checks = [
        *(check for check in ContentCheckerItem.axe_custom_checks if check["id"] != "check-image-alt-text"),
        {"id": "check-image-alt-text", "options": {"pattern": f"^(?:{FILE_NAME.pattern})$"}},
        {"id": "p-as-heading", "options": {"margins": [{"weight": 150}], "passLength": 1, "failLength": 0.5}},
    ]
    axe_messages = {
        rule: {"error_name": name, "help_text": what_to_do} for rule, (name, what_to_do) in MESSAGES.items()
    }


@hooks.register("construct_wagtail_userbar")
def check_with_our_rules(request, items, page):
    """Put our rules in the place of Wagtail's, and only there: the editor's panel asks for a checker of its own."""
    items[:] = [
        PageChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]
