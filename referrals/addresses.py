import ipaddress
import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

well_formed = URLValidator(["https"], message="Write the whole address, starting with https://", code="not_https")

# The shape of a United Kingdom postcode (BS 7666), with or without its space.
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
# "12 High Street", "Flat 3, Oak House", "The Old Vicarage, Church Lane".
STREET = re.compile(
    r"\b(?:\d{1,4}[a-z]?,? +(?:[A-Z][\w'’-]+ +){1,4}|(?:[A-Z][\w'’-]+ +){1,4})"
    r"(?:Street|Road|Lane|Avenue|Close|Drive|Way|Court|Crescent|Terrace|Place|Square|Gardens|Grove|Hill|Row|Walk)\b"
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
