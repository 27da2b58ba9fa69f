"""Services as a spreadsheet: written as CSV, read back, compared, and taken over as drafts.

A file needs the column `slug` and any others of COLUMNS, in any order. A column that is not there changes nothing; an
empty cell empties its field (of a new service: leaves what the admin would preset). A cell that still says what the
download said leaves its field alone, whatever the columns cannot say: a second phone, relays, languages, the hours of
a text number. Cells that start like a formula carry an apostrophe, which is taken off again (OWASP, "CSV Injection").

    topics, lead_for, audiences   keys with ; between:  domestic-abuse; safeguarding
    confidential_address          yes or no. If yes, no address leaves with the download
    taking_referrals_on           2026-03-31 or 31/03/2026
    phone_hours                   parts with ; between, in any order:
                                      always
                                      mon-fri 09:00-17:00        days: mon, mon-fri, mon,wed-fri; 24:00 is midnight
                                      bank holidays closed       or open
                                      "See their website"        a note, in double quotes; " inside is written ""

phone..., text..., form... and the others each speak of the first way of that kind; empty them all and it goes.
"""

import csv
import hashlib
import io
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.text import Truncator
from wagtail.log_actions import log

from referrals import hours
from referrals.addresses import find_address
from referrals.contacts import TEAM_NUMBERS
from referrals.models import Organization, Service
from referrals.models.service import AUDIENCES, scrub
from safeguarding_site.models import Topic

# Column: the block it speaks of and that block's child.
CONTACTS = {
    "phone": ("phone", "number"),
    "phone_label": ("phone", "label"),
    "phone_team_number": ("phone", "team_number"),
    "phone_hours": ("phone", "hours"),
    "text_instruction": ("text", "instruction"),
    "text_number": ("text", "number"),
    "webchat_url": ("webchat", "url"),
    "email": ("email", "address"),
    "form_url": ("form", "url"),
    "form_name": ("form", "name"),
    "address": ("in_person", "address"),
}
COLUMNS = [
    *["slug", "name", "organization", "purpose", "url"],
    *["kind", "who_for", "audiences", "area", "main_topic", "topics", "lead_for"],
    *CONTACTS,
    *["what_happens", "cost", "call_is_free", "stays_off_bill", "anonymous"],
    *["status", "taking_referrals", "taking_referrals_on", "confidential_address", "question"],
]
LONG = {"what_happens", "question"}  # may hold line breaks

MAX_SIZE = 2 * 1024 * 1024  # bytes; under Django's 2.5 MB for a form, in which the text comes back
MAX_ROWS = 2000
MAX_COLUMNS = 100
SAVE_AS = "In Excel choose “Save as” and then “CSV UTF-8”."

# Also the full-width signs, which Japanese Excel takes for the plain ones.
FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]")
# Control characters, and those that turn the direction of writing round and so make a text look like another.
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# For text with single spaces only: so no number of spaces can make them slow.
PART = re.compile(r" ?(?:\"((?:[^\"]|\"\")*)\"|“([^”]*)”|([^;\"“]*)) ?(?:;|$)")
SPAN = re.compile(r"([a-z][a-z, -]*) (\d{1,2}):(\d{2}) ?- ?(\d{1,2}):(\d{2})")


@dataclass
class Problem:
    """What stands in the way, in the row the spreadsheet shows (the headings are row 1); column "" is the whole row."""

    row: int
    column: str
    sentence: str


@dataclass
class Change:
    """A service as it would be saved, and what that changes: (column, before, after), addresses hidden."""

    row: int
    service: Service
    is_new: bool
    differences: list


@dataclass
class Plan:
    changes: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    unchanged: int = 0

    @property
    def new(self):
        return [change for change in self.changes if change.is_new]

    @property
    def changed(self):
        return [change for change in self.changes if not change.is_new]

    @property
    def fingerprint(self):
        """Stands for what the person was shown and for the versions that it builds on."""
        shown = [
            [change.service.slug, change.service.pk, change.service.latest_revision_id, change.differences]
            for change in self.changes
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


# --- Writing


def write(services):
    """Return the CSV of a queryset of services, each in its latest version, drafts too."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(COLUMNS)
    for service, draft in with_latest(services):
        cells = cells_of(draft, service.slug)
        if is_confidential(service, draft):
            cells = hide(cells)
        sheet.writerow([defuse(cells[column]) for column in COLUMNS])
    return out.getvalue()


def with_latest(services):
    """Return (the record, its latest version) of each service of a queryset."""
    found = services.select_related("organization", "main_topic", "latest_revision")
    return [
        (service, service.get_latest_revision_as_object()) for service in found.prefetch_related("topics", "lead_for")
    ]


def is_confidential(*versions):
    return any(version.confidential_address for version in versions)


def hide(cells):
    """Return cells without street address and postcode. The slug stays: it is public, and names the row."""
    return {column: text if column == "slug" else scrub(text) for column, text in cells.items()} | {"address": ""}


def cells_of(service, slug):
    """Return {column: text} of a service. The slug is the record's: that of a draft may have been changed."""
    first = {}
    for child in service.contacts:
        first.setdefault(child.block_type, child.value)
    cells = {"slug": slug}
    for column in COLUMNS[1:]:
        if column in CONTACTS:
            block, name = CONTACTS[column]
            value = first[block].get(name) if block in first else None
            cells[column] = write_hours(value) if name == "hours" else tidy(value or "")
        else:
            cells[column] = tidy(plain_cell(service, column))
    return cells


def plain_cell(service, column):
    if column in ("topics", "lead_for"):
        found = sorted(getattr(service, column).all(), key=lambda topic: (topic.sort_order, topic.name))
        return "; ".join(topic.key for topic in found)
    value = getattr(service, column)
    if column == "main_topic":
        return value.key if value else ""
    if column == "audiences":
        order = [key for key, _ in AUDIENCES]
        return "; ".join(sorted(value or [], key=lambda key: order.index(key) if key in order else len(order)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def tidy(text):
    return plain_line_ends(text).strip()


def plain_line_ends(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def defuse(text):
    return f"'{text}" if FORMULA.match(text) else text


def arm(text):
    """Take off the apostrophe that `defuse` put on."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def write_hours(value):
    if not value:
        return ""
    parts = ["always"] if value.get("always") else []
    for opening in value.get("times") or []:
        opens, closes = opening.get("opens"), opening.get("closes")
        if opening.get("days") and opens is not None and closes is not None:  # a draft may be half done
            end = "24:00" if closes == hours.MIDNIGHT else f"{closes:%H:%M}"
            parts.append(f"{write_days(opening['days'])} {opens:%H:%M}-{end}")
    if value.get("bank_holidays") in ("open", "closed"):
        parts.append(f"bank holidays {value['bank_holidays']}")
    if value.get("note"):
        parts.append('"{}"'.format(value["note"].replace('"', '""')))
    return tidy("; ".join(parts))


def write_days(days):
    runs = []
    for place in sorted(hours.KEYS.index(day) for day in set(days)):
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    names = [[hours.KEYS[place] for place in run] for run in runs]
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in names)


# --- Reading


def decode(data):
    """Return the text of an uploaded file. Raise ValidationError with what to do, if it is no text we can read."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ValidationError(f"This is a workbook, not a CSV file. {SAVE_AS}")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValidationError(f"The letters of this file are neither UTF-8 nor UTF-16. {SAVE_AS}") from error
    return check_text(text)


def check_text(text):
    """Return a text with plain line ends, as it will come back from the form. Raise ValidationError if unfit."""
    text = plain_line_ends(text)
    if not text.strip():
        raise ValidationError("The file is empty.")
    if "\0" in text:
        raise ValidationError(f"This is no text file. {SAVE_AS}")
    if len(text.replace("\n", "\r\n").encode()) > MAX_SIZE:  # a browser sends both
        raise ValidationError("The file is larger than 2 MB. Split it in two.")
    return text


def read_rows(text):
    """Return ([(row number, {column: cell})], problems) of a checked text. Rows without any text are passed over."""
    columns, separator = find_columns(text)
    if not columns:
        return [], [Problem(1, "", "The first row must name the columns, “slug” among them.")]
    if len(columns) > MAX_COLUMNS:
        return [], [Problem(1, "", f"There are {len(columns)} columns. Keep those named below.")]
    problems = []
    for name, times in Counter(columns).items():
        if name not in COLUMNS:
            sentence = (
                "There is no such column. Its name must be one of those below." if name else "A column has no name."
            )
            problems.append(Problem(1, short(name), sentence))
        elif times > 1:
            problems.append(Problem(1, name, "This column is there twice."))
    rows, number, taken = [], 0, 0
    sheet = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(sheet, start=1):
            if number == 1 or not any(cell.strip() for cell in cells):
                continue
            taken += 1
            if taken > MAX_ROWS:
                problems.append(Problem(number, "", f"There are more than {MAX_ROWS} services. Split the file."))
                break
            if len(cells) != len(columns):
                sentence = (
                    f"This row has {len(cells)} cells and the first row {len(columns)}. Is a quotation mark missing?"
                )
                problems.append(Problem(number, "", sentence))
                continue
            named = zip(columns, cells, strict=True)
            rows.append((number, {name: tidy(arm(tidy(cell))) for name, cell in named if name in COLUMNS}))
    except csv.Error as error:
        sentence = f"This row cannot be read ({error}). Is there a quotation mark too many or too few?"
        problems.append(Problem(number + 1, "", sentence))
    if not rows and not problems:
        problems.append(Problem(2, "", "There is no service below the names of the columns."))
    return rows, problems


def find_columns(text):
    """Return (the names in the first row, the separator): comma, or what Excel writes elsewhere and as "Unicode text"."""
    for separator in (",", ";", "\t"):
        try:
            names = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        except csv.Error:
            continue
        columns = [tidy(name).lower() for name in names]
        if "slug" in columns:
            return columns, separator
    return [], ","


def read_hours(text):
    """Return the stored form of a record's hours. Raise ValidationError that names the part it cannot read."""
    found = {"always": False, "times": [], "bank_holidays": "unknown", "note": ""}
    text = " ".join(text.split())
    place = 0
    while place < len(text):
        part = PART.match(text, place)
        if not part:
            raise unreadable_hours(text[place:].strip())
        place = part.end()
        straight, curly, words = part.groups()
        if words is None:
            found["note"] = (straight.replace('""', '"') if curly is None else curly).strip()
            continue
        words = re.sub("[–—]", "-", words.strip().lower())
        if words == "always":
            found["always"] = True
        elif words in ("bank holidays open", "bank holidays closed"):
            found["bank_holidays"] = words.split()[-1]
        elif words:
            found["times"].append(read_span(words))
    return found


def read_span(words):
    span = SPAN.fullmatch(words)
    if not span:
        raise unreadable_hours(words)
    days, *figures = span.groups()
    places = []
    for run in days.split(","):
        ends = [end.strip() for end in run.split("-")]
        if len(ends) > 2 or any(end not in hours.KEYS for end in ends):
            raise unreadable_hours(words)
        start, end = hours.KEYS.index(ends[0]), hours.KEYS.index(ends[-1])
        places += range(start, start + (end - start) % 7 + 1)  # fri-mon goes over the weekend
    from_hour, from_minute, to_hour, to_minute = map(int, figures)
    if (to_hour, to_minute) == (24, 0):
        to_hour = 0
    if max(from_hour, to_hour) > 23 or max(from_minute, to_minute) > 59:
        raise unreadable_hours(words)
    return {
        "days": [hours.KEYS[place] for place in sorted({place % 7 for place in places})],
        "opens": f"{from_hour:02}:{from_minute:02}",
        "closes": f"{to_hour:02}:{to_minute:02}",
    }


def unreadable_hours(part):
    return ValidationError(
        f"“{short(part)}” cannot be read as hours. Write “always”, or like this, with ; between: "
        'mon-fri 09:00-17:00; sat 10:00-12:00; bank holidays closed; "a note in quotes"'
    )


# --- Comparing


def plan(text, user):
    """Return what a checked text would change, and all that stands in the way. Nothing is saved."""
    rows, problems = read_rows(text)
    found = Plan(problems=problems)
    services = Service.objects.filter(slug__in={cells.get("slug", "") for _, cells in rows})
    existing = {service.slug: (service, draft) for service, draft in with_latest(services)}
    topics = {topic.key: topic for topic in Topic.objects.all()}
    organizations = {organization.name: organization for organization in Organization.objects.all()}
    seen = {}
    for number, cells in rows:
        slug = cells["slug"]
        if not slug:
            problems.append(Problem(number, "slug", "Write the slug of the service, which names the row."))
        elif slug in seen:
            problems.append(Problem(number, "slug", f"Row {seen[slug]} has the same slug, “{short(slug)}”."))
        else:
            seen[slug] = number
            change, faults = compare(number, cells, existing.get(slug), topics, organizations)
            if change and not faults:
                faults = refusals(change, existing.get(slug), user)
            problems += [Problem(number, column, sentence) for column, sentence in faults]
            if change:
                found.changes.append(change)
            else:
                found.unchanged += 1
    order = {column: place for place, column in enumerate(COLUMNS)}
    problems.sort(key=lambda problem: (problem.row, order.get(problem.column, -1)))
    return found


def compare(number, cells, existing, topics, organizations):
    """Return (the change of a row, or None, [(column, sentence)])."""
    record, service = existing or (None, Service(live=False, slug=cells["slug"]))
    before = cells_of(service, cells["slug"])
    secret = bool(record) and is_confidential(record, service)
    downloaded = hide(before) if secret else before
    changed = {
        column: cell
        for column, cell in cells.items()
        if cell != downloaded[column] and (record or cell)  # an empty cell leaves a new service its default
    }
    if record and not changed:
        return None, []
    faults = []
    for column, cell in changed.items():
        try:
            check_cell(column, cell)
            if column not in CONTACTS:
                set_plain(service, column, cell, topics, organizations)
        except ValidationError as error:
            faults += [(column, sentence) for sentence in error.messages]
    faults += set_contacts(service, {name: cell for name, cell in changed.items() if name in CONTACTS})
    if record and not faults and cells_of(service, cells["slug"]) == before:  # said in another way: "MON 9:00-17:00"
        return None, []
    wrong = {column for column, _ in faults}
    faults += [(column, sentence) for column, sentence in validate(service) if column not in wrong]
    after = cells_of(service, cells["slug"])
    differing = [column for column in COLUMNS if after[column] != (before[column] if record else "")]
    secret = secret or service.confidential_address
    was, becomes = shown(before, secret), shown(after, secret)
    differences = [(column, was[column] if record else "", becomes[column]) for column in differing]
    return Change(number, service, not record, differences), faults


def shown(cells, secret):
    """Return cells as a person may see them on the screen."""
    if not secret:
        return cells
    return hide(cells) | {"address": "(hidden)" if cells["address"] else ""}


def refusals(change, existing, user):
    """Yield why this person may not save this, as (column, sentence)."""
    action = "add" if change.is_new else "change"
    if not user.has_perm(f"referrals.{action}_service"):
        yield "slug", f"You may not {action} services."
    elif existing:
        lock = existing[0].get_lock()
        if lock and lock.for_user(user):
            yield "slug", "This service is locked: someone works on it, or a version waits for approval or for its day."


def check_cell(column, text):
    unseen = UNSEEN.search(text)
    if unseen:
        raise ValidationError(f"A character here cannot be seen (U+{ord(unseen.group()):04X}). Write the cell anew.")
    if "\n" in text and column not in LONG:
        raise ValidationError("Write this in one line.")


def set_plain(service, column, text, topics, organizations):
    """Put a cell into its field. Raise ValidationError with what to write instead."""
    model_field = Service._meta.get_field(column)
    value = text
    if column == "organization":
        value = organization_named(text, organizations) if text else None
    elif column == "main_topic":
        value = topics[one_of(text, topics)]
    elif column in ("topics", "lead_for"):
        value = [topics[one_of(key, topics)] for key in listed(text)]
    elif column == "audiences":
        value = [one_of(key, dict(AUDIENCES)) for key in listed(text)]
    elif model_field.choices:
        value = one_of(text.lower(), dict(model_field.choices))
    elif isinstance(model_field, models.BooleanField):
        value = one_of(text.lower(), ["yes", "no"]) == "yes"
    elif isinstance(model_field, models.DateField):
        value = read_date(text) if text else None
    setattr(service, column, value)


def listed(text):
    return dict.fromkeys(key.strip() for key in text.split(";") if key.strip())


def one_of(text, known):
    if text in known:
        return text
    choice = f"Write one of: {', '.join(known)}."
    raise ValidationError(f"“{short(text)}” is not known here. {choice}" if text else choice)


def organization_named(name, organizations):
    if name in organizations:
        return organizations[name]
    near = get_close_matches(name, organizations, n=1)
    choice = f"Did you mean “{near[0]}”?" if near else "Add it first, under Services, Organizations."
    raise ValidationError(f"There is no organization “{short(name)}”. {choice}")


def short(text):
    """Return a text for quoting in a sentence."""
    return Truncator(text).chars(60)


def read_date(text):
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValidationError(f"“{short(text)}” is no day. Write it as 2026-03-31.")


def set_contacts(service, cells):
    """Put cells into the first contact of their kind: made if there is none, gone if all its columns are empty.

    Works on the stored form, so that whatever the columns do not speak of stays as it is. Return [(column, sentence)].
    """
    if not cells:
        return []
    block = service.contacts.stream_block
    stored = json.loads(json.dumps(block.get_prep_value(service.contacts), cls=DjangoJSONEncoder))
    before = cells_of(service, "")
    faults = []
    for kind in dict.fromkeys(CONTACTS[column][0] for column in cells):
        columns = [column for column in CONTACTS if CONTACTS[column][0] == kind]
        first = next((contact for contact in stored if contact["type"] == kind), None)
        if not any((before | cells)[column] for column in columns):
            stored = [contact for contact in stored if contact is not first]
            continue
        if first is None:
            first = {"type": kind, "value": {}}
            stored.append(first)
        for column in columns:
            if column not in cells:
                continue
            name, cell = CONTACTS[column][1], cells[column]
            try:
                if name == "hours":
                    first["value"][name] = read_hours(cell)
                else:
                    first["value"][name] = cell
                    if name == "team_number" and cell:
                        one_of(cell, dict(TEAM_NUMBERS))
            except ValidationError as error:
                faults += [(column, sentence) for sentence in error.messages]
    service.contacts = block.to_python(stored)
    return faults


def validate(service):
    """Return all that the admin's form would refuse, as [(column, sentence)]."""
    found = []
    try:
        service.contacts = service.contacts.stream_block.clean(service.contacts)  # full_clean looks at no block
    except ValidationError as error:
        found += contact_faults(error, service.contacts)
    try:
        service.full_clean()
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            column = column_with_address(service) if name == "contacts" else name
            for sentence in sentences(errors):
                known = column in COLUMNS
                found.append((column if known else "", sentence if known else f"{name}: {sentence}"))
    return list(dict.fromkeys(found))


def column_with_address(service):
    """Return the contact column for which the model refuses a confidential service, "contacts" if it is in none."""
    cells = cells_of(service, "")
    guilty = [column for column in CONTACTS if find_address(cells[column]) or (column == "address" and cells[column])]
    return guilty[-1] if guilty else "contacts"


def contact_faults(error, contacts):
    """Yield (column, sentence) of a stream's nested errors."""
    columns = {place: column for column, place in CONTACTS.items()}
    kinds = [child.block_type for child in contacts]
    for place, inner in error.block_errors.items():
        is_first = kinds.index(kinds[place]) == place
        for name, deeper in inner.block_errors.items():
            column = columns.get((kinds[place], name), "") if is_first else ""
            where = "" if column else f"In contact {place + 1} ({kinds[place]}), of which the columns say nothing: "
            for sentence in leaves(deeper):
                yield column, where + sentence


def leaves(error):
    """Return the sentences of a block's nested errors, wherever they stand in it."""
    nested = getattr(error, "block_errors", None)
    if nested is None:
        return sentences([error])
    own = sentences(error.non_block_errors.as_data())
    return own + [sentence for inner in nested.values() for sentence in leaves(inner)]


def sentences(errors):
    """Return the messages of validation errors; "This field is required" says nothing in a spreadsheet."""
    return [
        "This must not be empty." if leaf.code in ("blank", "null", "required") else message
        for error in errors
        for leaf in error.error_list
        for message in leaf.messages
    ]


# --- Saving


def carry_out(text, user, agreed):
    """Save what a checked text changes, all or nothing, as drafts of that person. Return (plan, whether it was done).

    Nothing is done if there is a problem, or if the fingerprint is no longer the one the person agreed to.
    """
    with transaction.atomic():
        found = plan(text, user)
        done = bool(found.changes) and not found.problems and found.fingerprint == agreed
        if done:
            for change in found.changes:
                save(change, user)
    return found, done


def save(change, user):
    """Save a service as a draft, as the admin's form does: what readers see stays as it is."""
    service = change.service
    if not service.live:
        service.save()
    revision = service.save_revision(user=user, clean=False)  # `plan` has validated it a moment ago
    action = "wagtail.create" if change.is_new else "wagtail.edit"
    log(instance=service, action=action, user=user, revision=revision, content_changed=True)
