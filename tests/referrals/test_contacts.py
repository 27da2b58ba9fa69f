"""The ways to get in touch, as an editor fills them in: each refusal on its field, with what to write instead."""

import pytest
from wagtail import blocks

from referrals.contacts import ContactsBlock, HoursBlock, PhoneBlock, WebchatBlock

NINE_TO_FIVE = {"days": ["mon"], "opens": "09:00", "closes": "17:00"}


def errors_of(block, value):
    with pytest.raises(blocks.StructBlockValidationError) as error:
        block.clean(block.to_python(value))
    return error.value.block_errors


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([NINE_TO_FIVE, {"days": ["mon"], "opens": "16:00", "closes": "20:00"}], "Monday overlaps"),
        ([{"days": ["mon"], "opens": "17:00", "closes": "09:00"}], "closes before it opens"),
    ],
)
def test_hours_that_make_no_sense_are_refused_on_their_row(rows, sentence):
    found = errors_of(HoursBlock(), {"always": False, "times": rows, "bank_holidays": "unknown", "note": ""})
    assert sentence in str(found["times"].block_errors[len(rows) - 1])


def test_day_and_night_leaves_no_room_for_other_times():
    found = errors_of(HoursBlock(), {"always": True, "times": [NINE_TO_FIVE], "bank_holidays": "unknown"})
    assert "Remove these rows" in str(found["times"].non_block_errors)


@pytest.mark.parametrize("value", [{"number": "", "team_number": ""}, {"number": "0800 1111", "team_number": "police"}])
def test_a_telephone_is_a_number_or_one_of_those_on_every_page(value):
    assert "one of the two" in str(errors_of(PhoneBlock(), value)["number"])


def test_a_number_that_does_not_ring_is_refused_with_an_example():
    assert "01952 385385" in str(errors_of(PhoneBlock(), {"number": "12"})["number"])


@pytest.mark.parametrize("address", ["http://example.org/", "https://192.168.0.1/", "https://localhost/"])
def test_an_address_that_not_everybody_can_open_is_refused(address):
    assert "url" in errors_of(WebchatBlock(), {"url": address})


def test_every_way_has_hours_of_its_own_where_hours_make_sense():
    with_hours = {name for name, block in ContactsBlock().child_blocks.items() if "hours" in block.child_blocks}
    assert with_hours == {"phone", "text", "webchat", "email", "in_person"}
