import phonenumbers
from django.core.exceptions import ValidationError

MESSAGE = "This is no telephone number that can be rung from here. Write it as 01952 385385, 0800 1111 or 116 123."

# Numbers that work here and that the library's tables call too short: Childline's, and those with a code of their own.
SHORT = {"08001111", "999", "101", "105", "111", "112", "119", "18000"}


def a_number_that_rings(value):
    """Refuse what is no United Kingdom number; short codes such as 999, 111 and 116 123 are fine."""
    digits = "".join(character for character in value if character.isdigit())
    if any(not (character.isdigit() or character in " +()-") for character in value) or not digits:
        raise ValidationError(MESSAGE)
    if digits in SHORT:
        return
    if len(digits) > 6 and not value.strip().startswith(("0", "+", "(0")):
        raise ValidationError(MESSAGE)  # a spreadsheet takes the leading 0 away
    try:
        number = phonenumbers.parse(value, "GB")
    except phonenumbers.NumberParseException as error:
        raise ValidationError(MESSAGE) from error
    short = phonenumbers.is_valid_short_number_for_region(number, "GB")
    if not (phonenumbers.is_valid_number_for_region(number, "GB") or short):
        raise ValidationError(MESSAGE)
