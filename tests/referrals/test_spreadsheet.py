"""Services as a spreadsheet: what leaves, what comes back, and what is refused by row and column."""

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from wagtail.models import ModelLogEntry

from referrals import spreadsheet
from referrals.models import Organization, Service
from safeguarding_site.models import User
from tests.make import make_service

pytestmark = pytest.mark.django_db

PAGE = "/admin/services-spreadsheet/"
FILE = f"{PAGE}services.csv"
# Everything that the columns can say, and in `unsaid` what they cannot.
FULL = [
    {
        "type": "phone",
        "value": {
            "number": "0808 2000 247",
            "label": "Choose option 1",
            "hours": {
                "times": [
                    {"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "17:00"},
                    {"days": ["sat", "mon"], "opens": "18:30", "closes": "00:00"},
                ],
                "bank_holidays": "closed",
                "note": 'They say "now"; then they ring back',
            },
            "relay": ["relay_uk", "bsl"],
            "languages": ["Polish", "Punjabi"],
        },
    },
    {"type": "text", "value": {"instruction": "Text HELP to 85258", "number": "85258", "hours": {"always": True}}},
    {"type": "phone", "value": {"number": "0800 1111", "label": "The second"}},
    {"type": "webchat", "value": {"url": "https://example.org/chat"}},
    {"type": "email", "value": {"address": "help@example.org"}},
    {
        "type": "form",
        "value": {"url": "https://example.org/form", "name": "Referral", "version": "3", "dated": "2026-01-05"},
    },
    {"type": "in_person", "value": {"address": "12 High Street, Telford TF1 1AA"}},
]


def contacts_of(service):
    return json.loads(json.dumps(service.contacts.get_prep_value(), cls=DjangoJSONEncoder))


def make_full(**values):
    service = make_service(**values)
    block = service.contacts.stream_block
    service.contacts = block.clean(block.to_python(FULL))
    service.save_revision().publish()
    service.refresh_from_db()
    return service


def sheet(*rows, columns=None):
    """Return the text of a CSV file of dicts; columns are those of the first row."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns or list(rows[0]), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def exported(service):
    """Return the row of a service in the download, as a spreadsheet shows it."""
    text = spreadsheet.write(Service.objects.filter(pk=service.pk))
    return next(csv.DictReader(io.StringIO(text, newline="")))


def problems_of(text, user):
    return [(problem.row, problem.column, problem.sentence) for problem in spreadsheet.plan(text, user).problems]


def the_problem(text, user):
    found = problems_of(text, user)
    assert len(found) == 1, found
    return found[0]


def bring_in(text, user):
    """Look and agree, as a person does. Return what was done."""
    plan, done = spreadsheet.carry_out(text, user, spreadsheet.plan(text, user).fingerprint)
    assert done, plan.problems
    return plan


def latest(service):
    return Service.objects.get(pk=service.pk).get_latest_revision_as_object()


def new_row(**values):
    return {"slug": "new-one", "name": "New one", "purpose": "It listens.", "main_topic": "domestic-abuse"} | values


# --- There and back


def test_what_was_downloaded_changes_nothing_when_it_comes_back(editor):
    make_full(name="Everything")
    make_service(name="=1+1", live=False, cost="-", who_for="'=quoted", question="Two\r\nlines \n")
    text = spreadsheet.decode(spreadsheet.write(Service.objects.all()).encode("utf-8-sig"))
    plan = spreadsheet.plan(text, editor)
    assert plan.problems == []
    assert plan.changes == []
    assert plan.unchanged == Service.objects.count() > 20


def test_a_half_finished_draft_changes_nothing_when_it_comes_back(editor):
    service = make_service()
    service.name, service.purpose, service.main_topic = "", "", None
    phone = {"number": "", "hours": {"times": [{"days": [], "opens": None, "closes": None}]}}
    service.contacts = service.contacts.stream_block.to_python(
        [{"type": "phone", "value": phone}, {"type": "text", "value": {"instruction": "", "number": ""}}]
    )
    service.save_revision(clean=False)
    plan = spreadsheet.plan(spreadsheet.write(Service.objects.filter(pk=service.pk)), editor)
    assert (plan.problems, plan.changes, plan.unchanged) == ([], [], 1)
    plan = spreadsheet.plan(sheet({"slug": service.slug, "kind": "ADVICE"}), editor)
    assert (plan.problems, plan.changes, plan.unchanged) == ([], [], 1)


def test_every_field_of_the_form_has_a_column():
    of_wagtail = {"id", "go_live_at", "expire_at", "first_published_at", "latest_revision"}
    fields = {field.name for field in [*Service._meta.fields, *Service._meta.many_to_many] if field.editable}
    assert fields - of_wagtail - {"contacts"} == set(spreadsheet.COLUMNS) - set(spreadsheet.CONTACTS)


def test_a_new_service_comes_out_as_it_went_in(editor):
    make_full(slug="model", topics=("domestic-abuse", "safeguarding"), audiences=["women"], cost="+44 pence")
    row = exported(Service.objects.get(slug="model")) | {"slug": "copy", "name": "Copy"}
    Organization.objects.create(name="Helpers")
    row["organization"] = "Helpers"
    bring_in(sheet(row), editor)
    assert exported(Service.objects.get(slug="copy")) == row


def test_a_column_that_is_not_there_changes_nothing(editor):
    service = make_full(cost="Free")
    before = contacts_of(service)
    bring_in(sheet({"slug": service.slug, "purpose": "It answers."}), editor)
    after = latest(service)
    assert after.purpose == "It answers."
    assert after.cost == "Free"
    assert contacts_of(after) == before


def test_an_empty_cell_empties_its_field(editor):
    service = make_full(cost="Free")
    bring_in(sheet({"slug": service.slug, "cost": "", "topics": "", "email": ""}), editor)
    after = latest(service)
    assert after.cost == ""
    assert list(after.topics.all()) == []
    assert "email" not in {child.block_type for child in after.contacts}


def test_what_the_columns_cannot_say_survives(editor):
    service = make_full()
    before = contacts_of(service)
    change = {"slug": service.slug, "phone": "01952 385385", "phone_hours": "always", "text_number": "85259"}
    bring_in(sheet(change | {"form_name": "Form 2"}), editor)
    after = contacts_of(latest(service))
    before[0]["value"]["number"] = "01952 385385"
    before[0]["value"]["hours"] |= {"always": True, "times": [], "bank_holidays": "unknown", "note": ""}
    before[1]["value"]["number"] = "85259"
    before[5]["value"]["name"] = "Form 2"
    assert after == before


def test_emptying_the_columns_of_the_telephone_leaves_the_second_one(editor):
    service = make_full()
    empty = {"phone": "", "phone_label": "", "phone_team_number": "", "phone_hours": ""}
    bring_in(sheet({"slug": service.slug} | empty), editor)
    assert contacts_of(latest(service)) == contacts_of(service)[1:]


def test_a_way_that_was_not_there_is_added(editor):
    service = make_service(phone="999")
    bring_in(sheet({"slug": service.slug, "webchat_url": "https://example.org/chat"}), editor)
    phone, webchat = latest(service).contacts
    assert phone.value["number"] == "999"
    assert webchat.value["url"] == "https://example.org/chat"


def test_another_way_of_writing_the_same_is_no_change(editor):
    service = make_full(
        topics=("domestic-abuse", "safeguarding"), taking_referrals="yes", taking_referrals_on="2026-03-05"
    )
    row = {
        "SLUG": service.slug,
        "topics": " safeguarding ;domestic-abuse;",
        "kind": "Advice",
        "taking_referrals_on": "05/03/2026",
        "phone_hours": 'Mon - Fri 9:00–17:00; mon, SAT 18:30-00:00;bank holidays closed; “They say "now"; then they ring back”',
    }
    plan = spreadsheet.plan(sheet(row), editor)
    assert (plan.problems, plan.changes, plan.unchanged) == ([], [], 1)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("always", "always"),
        ("mon-sun 00:00-24:00", "mon-sun 00:00-24:00"),
        ("fri-mon 9:00-17:00", "mon,fri-sun 09:00-17:00"),
        ("tue,thu 09:00-12:00; tue,thu 13:00-17:00", "tue,thu 09:00-12:00; tue,thu 13:00-17:00"),
        ("always; bank holidays open", "always; bank holidays open"),
        ('"Say ""help"", not ;"', '"Say ""help"", not ;"'),
        ("", ""),
    ],
)
def test_hours_have_one_grammar(written, kept):
    block = Service._meta.get_field("contacts").stream_block.child_blocks["phone"].child_blocks["hours"]
    assert spreadsheet.write_hours(block.to_python(spreadsheet.read_hours(written))) == kept


@pytest.mark.parametrize(
    "written",
    ["9 to 5", "mon-fri 9am-5pm", "mon-fri 09:00-25:00", "mon-fri 09:00-17:61", "moon 09:00-17:00", "mon-wed-fri 09:00-17:00", "mon 24:00-09:00", 'always "often"', '"not closed'],
)  # fmt: skip
def test_hours_that_cannot_be_read_are_refused_with_an_example(written):
    with pytest.raises(ValidationError, match="mon-fri 09:00-17:00"):
        spreadsheet.read_hours(written)


def test_hours_of_nothing_but_spaces_and_quotes_are_read_at_once():
    with pytest.raises(ValidationError):
        spreadsheet.read_hours(" " * 100_000 + '"' + " " * 100_000 + "x")


# --- Drafts, persons


def test_a_new_service_arrives_as_a_draft_of_the_person(editor, reader):
    bring_in(sheet(new_row(phone="0808 2000 247")), editor)
    service = Service.objects.get(slug="new-one")
    assert not service.live
    assert service.latest_revision.user == editor
    entry = ModelLogEntry.objects.get(object_id=str(service.pk))
    assert (entry.action, entry.user) == ("wagtail.create", editor)
    assert b"New one" not in reader.get("/get-help/").content


def test_a_live_service_stays_as_it_is_until_an_editor_publishes(editor, reader):
    service = make_service(purpose="It listens.", topics=("domestic-abuse", "safeguarding"))
    bring_in(
        sheet({"slug": service.slug, "purpose": "It answers.", "topics": "safeguarding", "email": "a@example.org"}),
        editor,
    )
    service.refresh_from_db()
    assert service.live
    assert service.has_unpublished_changes
    assert service.purpose == "It listens."
    assert service.topics.count() == 2
    assert "email" not in service.ways
    assert service.latest_revision.user == editor
    assert ModelLogEntry.objects.filter(object_id=str(service.pk), action="wagtail.edit", user=editor).count() == 1
    service.latest_revision.publish()
    service.refresh_from_db()
    assert service.purpose == "It answers."
    assert [topic.key for topic in service.topics.all()] == ["safeguarding"]


def test_a_change_builds_on_the_draft_that_is_there(editor):
    service = make_service(cost="Free")
    service.cost = "Local rate"
    service.save_revision()
    assert exported(service)["cost"] == "Local rate"
    bring_in(sheet({"slug": service.slug, "purpose": "It answers."}), editor)
    assert (latest(service).cost, latest(service).purpose) == ("Local rate", "It answers.")


def test_a_draft_with_another_slug_is_still_found_by_its_own(editor):
    service = make_service(slug="known")
    service.slug = "renamed"
    service.save_revision()
    assert exported(service)["slug"] == "known"
    bring_in(sheet({"slug": "known", "purpose": "It answers."}), editor)
    assert (latest(service).slug, latest(service).purpose) == ("renamed", "It answers.")


def test_a_service_that_somebody_else_has_locked_is_refused(editor):
    service = make_service()
    Service.objects.filter(pk=service.pk).update(locked=True, locked_by=User.objects.create_user("lena"))
    row, column, sentence = the_problem(sheet({"slug": service.slug, "purpose": "It answers."}), editor)
    assert (row, column) == (2, "slug")
    assert "locked" in sentence


# --- Errors by row and column


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"name": ""}, "name", "must not be empty"),
        ({"name": "x" * 121}, "name", "at most 120"),
        ({"name": "two\nlines"}, "name", "one line"),
        ({"name": "b\x07ell"}, "name", "U+0007"),
        ({"purpose": "gnihtyna \u202eyas"}, "purpose", "U+202E"),
        ({"slug": "no spaces"}, "slug", "valid “slug”"),
        ({"slug": ""}, "slug", "Write the slug"),
        ({"organization": "Nobody"}, "organization", "There is no organization “Nobody”. Add it first"),
        ({"organization": "Hepers"}, "organization", "Did you mean “Helpers”?"),
        ({"kind": "friendly"}, "kind", "Write one of: crisis, advice"),
        ({"area": "mars"}, "area", "Write one of: telford-and-wrekin"),
        ({"main_topic": ""}, "main_topic", "must not be empty"),
        ({"main_topic": "gardening"}, "main_topic", "“gardening” is not known here"),
        ({"topics": "safeguarding; gardening"}, "topics", "“gardening” is not known here"),
        ({"lead_for": "gardening"}, "lead_for", "“gardening” is not known here"),
        ({"audiences": "women; cats"}, "audiences", "“cats” is not known here"),
        ({"url": "http://example.org/"}, "url", "starting with https://"),
        ({"url": "https://10.0.0.1/"}, "url", "private network"),
        ({"url": "javascript:alert(1)"}, "url", "https://"),
        ({"phone": "ring us"}, "phone", "no telephone number"),
        ({"phone": "0808 2000 247", "phone_team_number": "police"}, "phone", "one of the two"),
        ({"phone_label": "Option 1"}, "phone", "one of the two"),
        ({"phone_team_number": "fire"}, "phone_team_number", "Write one of: family_connect"),
        ({"phone": "999", "phone_hours": "nine to five"}, "phone_hours", "cannot be read as hours"),
        ({"phone": "999", "phone_hours": "mon 17:00-09:00"}, "phone_hours", "closes before it opens"),
        ({"phone": "999", "phone_hours": "mon 09:00-12:00; mon 11:00-13:00"}, "phone_hours", "overlaps"),
        ({"phone": "999", "phone_hours": "always; mon 09:00-12:00"}, "phone_hours", "day and night"),
        ({"text_number": "85258"}, "text_instruction", "must not be empty"),
        ({"text_instruction": "Text HELP"}, "text_number", "must not be empty"),
        ({"webchat_url": "http://example.org"}, "webchat_url", "starting with https://"),
        ({"email": "nobody"}, "email", "valid email"),
        ({"form_url": "https://localhost/"}, "form_url", "private network"),
        ({"form_name": "Form"}, "form_url", "must not be empty"),
        ({"address": "x" * 201}, "address", "at most 200"),
        ({"call_is_free": "maybe"}, "call_is_free", "Write one of: yes, no, unknown"),
        ({"status": "shut"}, "status", "Write one of: active, closed, ended"),
        ({"taking_referrals": "yes"}, "taking_referrals_on", "of which day"),
        ({"taking_referrals_on": "31.3.2026"}, "taking_referrals_on", "Write it as 2026-03-31"),
        ({"taking_referrals_on": "2999-01-01"}, "taking_referrals_on", "has not come yet"),
        ({"confidential_address": "perhaps"}, "confidential_address", "Write one of: yes, no"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_row_and_column(editor, cells, column, words):
    Organization.objects.create(name="Helpers")
    good = new_row(slug="good")
    text = sheet(good, new_row() | cells, columns=list(good | cells))
    found = problems_of(text, editor)
    assert {problem[:2] for problem in found} == {(3, column)}
    assert words in " ".join(problem[2] for problem in found)


def test_all_errors_are_told_at_once(editor):
    rows = [new_row(slug="one", kind="friendly", phone="ring us"), new_row(slug="two", name="")]
    assert [found[:2] for found in problems_of(sheet(*rows, columns=[*rows[0]]), editor)] == [
        (2, "kind"),
        (2, "phone"),
        (3, "name"),
    ]


def test_an_empty_cell_does_not_undo_a_choice(editor):
    service = make_service(confidential_address=True, status="closed")
    text = sheet({"slug": service.slug, "confidential_address": "", "status": ""})
    assert [found[:2] for found in problems_of(text, editor)] == [(2, "status"), (2, "confidential_address")]


def test_a_fault_in_a_contact_without_columns_says_so(editor):
    service = make_full()
    stored = contacts_of(service)
    stored[2]["value"]["number"] = "nonsense"
    service.contacts = service.contacts.stream_block.to_python(stored)
    service.save_revision(clean=False)
    row, column, sentence = the_problem(sheet({"slug": service.slug, "cost": "Free"}), editor)
    assert (row, column) == (2, "")
    assert sentence.startswith("In contact 3 (phone)")


def test_rows_are_counted_as_the_spreadsheet_counts_them(editor):
    good = 'good,Good,It listens.,domestic-abuse,"a\nb\nc"\r\n'
    text = f"slug,name,purpose,main_topic,question\r\n{good}\r\n,,,,\r\nbad,,It listens.,domestic-abuse,\r\n"
    assert the_problem(text, editor)[:2] == (5, "name")


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("name,purpose\nA,B\n", (1, ""), "“slug” among them"),
        ("<html><body>No</body></html>", (1, ""), "“slug” among them"),
        ("slug,fone\na,1\n", (1, "fone"), "no such column"),
        ("slug,,name\na,1,b\n", (1, ""), "no name"),
        ("slug,name,name\na,b,b\n", (1, "name"), "there twice"),
        ("slug,name\n", (2, ""), "no service"),
        ("slug,name\n\n,\n", (2, ""), "no service"),
        ("slug,name\na,b,c\n", (2, ""), "3 cells and the first row 2"),
        ("slug,name\na\n", (2, ""), "1 cells and the first row 2"),
        ('slug,name\n"a"b,c\n', (2, ""), "quotation mark"),
        ('slug,name\na,"b\n', (2, ""), "quotation mark"),
        ("slug" + ",x" * 100_000 + "\n", (1, ""), "100001 columns"),
        ("slug,name\na," + "x" * 200_000, (2, ""), "cannot be read"),
        ("slug," + "x" * 200_000 + "\n", (1, ""), "“slug” among them"),
    ],
)
def test_a_wrong_file_is_named_by_row_and_column(editor, text, where, words):
    found = problems_of(text, editor)
    assert where in [problem[:2] for problem in found]
    assert any(words in problem[2] for problem in found), found


def test_a_slug_may_stand_in_the_file_only_once(editor):
    service = make_service()
    text = sheet({"slug": service.slug, "cost": "1"}, {"slug": "", "cost": ""}, {"slug": service.slug, "cost": "2"})
    row, column, sentence = the_problem(text, editor)
    assert (row, column) == (4, "slug")
    assert "Row 2 has the same slug" in sentence


def test_too_many_rows_are_refused(editor):
    rows = "".join(f"s{number}\n" for number in range(spreadsheet.MAX_ROWS + 5))
    rows, problems = spreadsheet.read_rows(f"slug\n{rows}")
    assert len(rows) == spreadsheet.MAX_ROWS
    assert [problem.row for problem in problems] == [spreadsheet.MAX_ROWS + 2]


# --- All or nothing


def test_one_wrong_row_keeps_everything_out(editor):
    service = make_service()
    text = sheet(new_row(), new_row(slug=service.slug, name="Other"), new_row(slug="bad", name=""))
    plan, done = spreadsheet.carry_out(text, editor, spreadsheet.plan(text, editor).fingerprint)
    assert not done
    assert len(plan.problems) == 1
    assert not Service.objects.filter(slug="new-one").exists()
    assert latest(service).name == service.name


def test_a_fault_while_saving_takes_everything_back(editor, monkeypatch):
    def fail_on_the_second(change, user, save=spreadsheet.save):
        if change.service.slug == "second":
            raise RuntimeError
        save(change, user)

    monkeypatch.setattr(spreadsheet, "save", fail_on_the_second)
    text = sheet(new_row(), new_row(slug="second"))
    with pytest.raises(RuntimeError):
        bring_in(text, editor)
    assert not Service.objects.filter(slug="new-one").exists()


def test_what_changed_since_the_look_is_not_overwritten(editor):
    service = make_service()
    text = sheet({"slug": service.slug, "purpose": "It answers."})
    agreed = spreadsheet.plan(text, editor).fingerprint
    service.cost = "Changed by somebody else"
    service.save_revision()
    assert spreadsheet.carry_out(text, editor, agreed)[1] is False
    assert latest(service).purpose == service.purpose


def test_looking_saves_nothing(editor):
    service = make_full()
    before = Service.objects.count(), service.latest_revision_id
    spreadsheet.plan(sheet(new_row(), {"slug": service.slug} | new_row(slug=service.slug)), editor)
    service.refresh_from_db()
    assert (Service.objects.count(), service.latest_revision_id) == before


# --- Formulas, confidential addresses


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+44 pence", "-1", "@SUM(A1)", "＝1", "'=1+1", "''@x", "= 1", '=HYPERLINK("https://x.example","a")'],
)
def test_a_cell_that_looks_like_a_formula_is_defused_and_comes_back(editor, name):
    service = make_service(name=name)
    cell = exported(service)["name"]
    assert cell == f"'{name}"
    bring_in(sheet({"slug": service.slug, "name": cell, "purpose": "It answers."}), editor)
    assert latest(service).name == name


@pytest.mark.parametrize("name", ["'quoted'", "Anna's", "1-2", "a=b", "'n"])
def test_other_cells_stay_as_they_are(name):
    assert exported(make_service(name=name))["name"] == name


def test_no_cell_of_the_download_starts_a_formula():
    make_full(name="=cmd|' /C calc'!A0", question="\n =1+1", cost="\t=1", who_for="\r=2")
    cells = [cell for row in csv.reader(io.StringIO(spreadsheet.write(Service.objects.all()))) for cell in row]
    assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@"))]


def confidential_in(version):
    """Return a service with an address in every text, marked as confidential in its record or only in its draft."""
    service = make_full(name="Refuge", who_for="Of 12 High Street", question="Ask at TF1 1AA", cost="Free")
    stored = contacts_of(service)
    stored[0]["value"]["label"] = "The house in Oak Lane"
    service.contacts = service.contacts.stream_block.to_python(stored)
    service.save()
    if version == "record, no longer its draft":
        service.save_revision()
    if version.startswith("record"):
        Service.objects.filter(pk=service.pk).update(confidential_address=True)
    else:
        service.confidential_address = True
        service.save_revision(clean=False)
        # Saving has scrubbed the texts of the draft; its “In person” was left.
    return Service.objects.get(pk=service.pk)


@pytest.mark.parametrize("version", ["record", "draft", "record, no longer its draft"])
def test_a_confidential_address_never_leaves(version):
    row = exported(confidential_in(version))
    assert row["address"] == ""
    text = " ".join(row.values())
    assert not [piece for piece in ["High Street", "TF1 1AA", "Oak Lane"] if piece in text]


@pytest.mark.parametrize("version", ["record", "draft", "record, no longer its draft"])
def test_a_confidential_row_changes_nothing_when_it_comes_back(editor, version):
    row = exported(confidential_in(version))
    plan = spreadsheet.plan(sheet(row), editor)
    assert (plan.problems, plan.changes) == ([], [])


def test_a_confidential_service_takes_no_address(editor):
    service = make_service(confidential_address=True)
    assert the_problem(sheet({"slug": service.slug, "address": "Ask inside"}), editor)[:2] == (2, "address")
    assert the_problem(sheet({"slug": service.slug, "phone_label": "1 Oak Lane"}), editor)[:2] == (2, "phone_label")
    assert the_problem(sheet({"slug": service.slug, "question": "TF1 1AA?"}), editor)[:2] == (2, "question")


def test_the_screen_shows_no_address_of_a_service_that_becomes_confidential(desk):
    service = make_full(who_for="Of 12 High Street")
    row = {"slug": service.slug, "confidential_address": "yes", "address": "", "who_for": "Women"}
    html = upload(desk, sheet(row)).content.decode()
    assert "(hidden)" in html
    assert "High Street" not in html


# --- The page in the admin


def upload(browser, content, name="services.csv"):
    content = content.encode() if isinstance(content, str) else content
    return browser.post(PAGE, {"file": SimpleUploadedFile(name, content)})


def agree(browser, response):
    """Press the button of the page that says what a file would do, as a browser would."""
    form = BeautifulSoup(response.content, "html.parser").find("input", {"name": "agreed"}).find_parent("form")
    values = {
        field["name"]: field["value"] for field in form.find_all("input") if field["name"] != "csrfmiddlewaretoken"
    }
    values["text"] = values["text"].replace("\n", "\r\n")
    return browser.post(form["action"], values, follow=True)


def test_an_editor_looks_and_then_agrees(desk):
    service = make_service(cost="Local rate")
    rows = sheet(
        new_row(cost="<b>Free</b>", question='Two\nlines, "quoted"'),
        new_row(slug=service.slug, cost="Free", question=""),
    )
    response = upload(desk, rows)
    html = response.content.decode()
    assert "1 new service, 1 changed" in html
    assert "&lt;b&gt;Free" in html
    assert "<b>Free" not in html
    assert not Service.objects.filter(slug="new-one").exists()
    html = agree(desk, response).content.decode()
    assert "saved as drafts" in html
    assert Service.objects.get(slug="new-one").question == 'Two\nlines, "quoted"'
    assert latest(service).cost == "Free"


def test_problems_stand_in_a_table_and_there_is_no_button(desk):
    response = upload(desk, sheet(new_row(kind="<script>")))
    html = response.content.decode()
    cells = [cell.get_text() for cell in BeautifulSoup(html, "html.parser").select("main td")]
    assert cells[:2] == ["2", "kind"]
    assert "“<script>” is not known here" in cells[2]
    assert 'name="agreed"' not in html


def test_a_text_that_was_tampered_with_is_looked_at_again(desk):
    response = upload(desk, sheet(new_row()))
    agreed = BeautifulSoup(response.content, "html.parser").find("input", {"name": "agreed"})["value"]
    html = desk.post(PAGE, {"agreed": agreed, "text": sheet(new_row(slug="other"))}).content.decode()
    assert "Nothing was imported" in html
    html = desk.post(PAGE, {"agreed": agreed, "text": "\0"}, follow=True).content.decode()
    assert "no text file" in html
    assert not Service.objects.filter(slug__in=["new-one", "other"]).exists()


def test_an_unchanged_file_says_that_there_is_nothing_to_do(desk):
    html = upload(desk, desk.get(FILE).content).content.decode()
    assert "The file says what the records say already" in html


def test_the_download_is_csv_that_excel_reads(desk):
    response = desk.get(FILE)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="services-2')
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content.startswith(b"\xef\xbb\xbfslug,name,")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_excel_saves_can_be_read(editor, encoding, separator):
    text = separator.join(["slug", "name", "question", "cost"]) + "\r\n" + separator.join(["a", "Zoë’s", "", ""])
    rows, problems = spreadsheet.read_rows(spreadsheet.decode(text.encode(encoding)))
    assert problems == []
    assert rows == [(2, {"slug": "a", "name": "Zoë’s", "question": "", "cost": ""})]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        ("slug,name\na,Zoë’s\n".encode("cp1252"), "neither UTF-8 nor UTF-16"),
        ("slug,name\na,b\n".encode("utf-16-le"), "no text file"),
        ("slug,name\na,b\n".encode("utf-32"), "no text file"),
        (b"\xff\xfes", "neither UTF-8 nor UTF-16"),
        (b"PK\x03\x04 and so on", "a workbook"),
        (b"\xd0\xcf\x11\xe0 and so on", "a workbook"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "neither UTF-8 nor UTF-16"),
        (b"slug\n" + b"a" * spreadsheet.MAX_SIZE, "larger than 2 MB"),
        (b"slug\n" + b"\n" * (spreadsheet.MAX_SIZE - 10), "larger than 2 MB"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_with_what_to_do(desk, content, words):
    response = upload(desk, content)
    assert response.status_code == 200
    assert words in response.content.decode()


def test_the_largest_file_comes_back_through_the_form(desk):
    rows = [new_row(slug=f"s{number}", question=("a, ;é" * 20 + "\n") * 800) for number in range(20)]
    text = sheet(*rows)
    assert spreadsheet.MAX_SIZE * 0.8 < len(text.encode()) < spreadsheet.MAX_SIZE
    assert "saved as drafts" in agree(desk, upload(desk, text)).content.decode()


def signed_in(client, *codenames):
    """Return the browser of somebody who may enter the admin and has only these permissions."""
    user = User.objects.create_user("petra", email="petra@example.org", password="a long pass phrase")
    group = Group.objects.create(name="Some")
    group.permissions.add(*Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user.groups.add(group)
    client.force_login(user)
    return client, user


@pytest.mark.parametrize("codenames", [[], ["view_service"], ["change_organization"]])
def test_who_may_not_change_services_sees_nothing_of_it(client, codenames):
    make_service()
    browser, _ = signed_in(client, *codenames)
    for response in [browser.get(PAGE), browser.get(FILE), upload(browser, sheet(new_row()))]:
        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_home")
    assert browser.post(PAGE, {"agreed": "", "text": sheet(new_row())}).status_code == 302
    assert "services-spreadsheet" not in browser.get("/admin/").content.decode()


def test_a_stranger_is_asked_to_sign_in(client):
    for address in [PAGE, FILE]:
        assert client.get(address).url.startswith("/admin/login/")


@pytest.mark.parametrize(("codename", "refused"), [("add_service", "change"), ("change_service", "add")])
def test_who_may_only_add_or_only_change_does_only_that(client, codename, refused):
    service = make_service()
    browser, user = signed_in(client, codename)
    rows = {"add": new_row(), "change": new_row(slug=service.slug)}
    assert the_problem(sheet(rows[refused]), user)[2] == f"You may not {refused} services."
    rows.pop(refused)
    assert "saved as drafts" in agree(browser, upload(browser, sheet(*rows.values()))).content.decode()


def test_the_menu_leads_editors_there(desk):
    assert "services-spreadsheet" in desk.get("/admin/").content.decode()
    assert "Download as CSV" in desk.get(PAGE).content.decode()
