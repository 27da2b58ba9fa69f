"""The ways to get in touch with a service: a block each, so that each has its own hours, languages and relays."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from wagtail import blocks

from referrals import hours
from referrals.addresses import an_outside_address
from referrals.numbers import a_number_that_rings

RELAYS = [("relay_uk", "Relay UK"), ("bsl", "Sign language (BSL)"), ("text", "Text")]
digits_only = RegexValidator(r"^\+?[0-9 ]+$", "Write the number in digits and spaces, for example 85258.")

# Numbers that stand among the emergency facts, because error pages need them; a record only points to them.
TEAM_NUMBERS = [("family_connect", "Family Connect"), ("duty_team", "Emergency Duty Team"), ("police", "Police")]


class OpeningBlock(blocks.StructBlock):
    days = blocks.MultipleChoiceBlock(choices=hours.DAYS, widget=forms.CheckboxSelectMultiple)
    opens = blocks.TimeBlock()
    closes = blocks.TimeBlock(help_text="00:00 is midnight.")

    class Meta:
        icon = "time"
        label = "Days and times"


class HoursBlock(blocks.StructBlock):
    always = blocks.BooleanBlock(required=False, label="Day and night, every day")
    times = blocks.ListBlock(OpeningBlock(), default=[], label="Days and times")
    bank_holidays = blocks.ChoiceBlock(
        choices=[("open", "Open"), ("closed", "Closed"), ("unknown", "Not known")], default="unknown"
    )
    note = blocks.CharBlock(
        required=False, max_length=100, help_text="Instead of times, or beside them: “See their website for times”."
    )

    class Meta:
        icon = "time"
        label = "Open"

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["always"] and cleaned["times"]:
            error = ValidationError("It is open day and night, so it has no other times. Remove these rows.")
            raise blocks.StructBlockValidationError({"times": blocks.ListBlockValidationError(non_block_errors=error)})
        fault = hours.find_fault(cleaned["times"])
        if fault:
            place, sentence = fault
            row = blocks.ListBlockValidationError(block_errors={place: ValidationError(sentence)})
            raise blocks.StructBlockValidationError({"times": row})
        return cleaned


class PhoneBlock(blocks.StructBlock):
    number = blocks.CharBlock(required=False, max_length=30, validators=[a_number_that_rings])
    team_number = blocks.ChoiceBlock(
        required=False,
        choices=TEAM_NUMBERS,
        label="Or one of the numbers on every page",
        help_text="Changed under Settings, Emergency numbers.",
    )
    label = blocks.CharBlock(required=False, max_length=60, help_text="For example: choose option 1.")
    hours = HoursBlock(required=False)
    relay = blocks.MultipleChoiceBlock(
        required=False, choices=RELAYS, widget=forms.CheckboxSelectMultiple, label="Without hearing or speaking"
    )
    languages = blocks.ListBlock(blocks.CharBlock(max_length=40), default=[], label="Languages other than English")

    class Meta:
        icon = "mobile-alt"
        label = "Telephone"

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["number"]) == bool(cleaned["team_number"]):
            message = "Write a number or choose one of those on every page: one of the two."
            raise blocks.StructBlockValidationError({"number": ValidationError(message)})
        return cleaned


class TextBlock(blocks.StructBlock):
    instruction = blocks.CharBlock(max_length=80, help_text="What to send, and where: “Text SHOUT to 85258”.")
    number = blocks.CharBlock(max_length=30, validators=[digits_only], help_text="The number alone: 85258.")
    hours = HoursBlock(required=False)

    class Meta:
        icon = "comment"
        label = "Text message"


class WebchatBlock(blocks.StructBlock):
    url = blocks.URLBlock(label="Address", validators=[an_outside_address])
    hours = HoursBlock(required=False)

    class Meta:
        icon = "comment-add"
        label = "Webchat"


class EmailBlock(blocks.StructBlock):
    address = blocks.EmailBlock()
    hours = HoursBlock(required=False)

    class Meta:
        icon = "mail"
        label = "E-mail"


class FormBlock(blocks.StructBlock):
    url = blocks.URLBlock(label="Address", validators=[an_outside_address])
    name = blocks.CharBlock(required=False, max_length=80, help_text="What the form is called.")
    version = blocks.CharBlock(required=False, max_length=40)
    dated = blocks.DateBlock(required=False, help_text="The day this version of the form came out.")

    class Meta:
        icon = "form"
        label = "Online form"


class InPersonBlock(blocks.StructBlock):
    address = blocks.CharBlock(max_length=200)
    hours = HoursBlock(required=False)

    class Meta:
        icon = "home"
        label = "In person"


class ContactsBlock(blocks.StreamBlock):
    phone = PhoneBlock()
    text = TextBlock()
    webchat = WebchatBlock()
    email = EmailBlock()
    form = FormBlock()
    in_person = InPersonBlock()
