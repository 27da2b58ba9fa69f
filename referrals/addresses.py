import ipaddress
import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

well_formed = URLValidator(["https"], message="Write the whole address, starting with https://", code="not_https")

# The shape of a United Kingdom postcode (BS 7666), however it is spaced.
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[\s\u00a0-]*\d[A-Z]{2}\b", re.IGNORECASE)
KINDS = (
    "street|st|road|rd|lane|ln|avenue|ave|close|cl|drive|dr|way|court|ct|crescent|cres|terrace|place|square|sq|gardens|"
    "grove|hill|row|walk|bank|house|flat"
)
# "12 Oak Tree Rd", "4 mill bank", "Flat 3"; and without a number, as a name is written: "Church Lane".
STREET = re.compile(
    rf"\b\d{{1,4}}[a-z]?,? +(?:[\w'’-]+ +){{1,4}}(?:{KINDS})\b"
    rf"|\b(?:flat|house|unit|apartment) +\d{{1,4}}\b"
    rf"|\b(?-i:(?:[A-Z][\w'’-]+ +){{1,4}}(?:Street|Road|Lane|Avenue|Drive|Crescent|Terrace))\b",
    re.IGNORECASE,
)


def an_outside_address(value):
    """Refuse an address without https, and one that leads into somebody's own network."""
    well_formed(value)
    host = urlsplit(value).hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        if host == "localhost" or host.endswith((".local", ".internal", ".localhost")) or "." not in host:
            raise ValidationError(
                "This leads into a private network. Write an address that anybody can open."
            ) from None
        return
    if not address.is_global:
        raise ValidationError("This leads into a private network. Write an address that anybody can open.")


def find_address(text):
    """Return the piece of a text that looks like a street address or a postcode, or nothing."""
    found = POSTCODE.search(text) or STREET.search(text)
    return found.group(0) if found else ""
