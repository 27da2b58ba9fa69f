"""Every link out of the site, and where it stands: in records, in the rich text and blocks of pages, in the settings."""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote, urldefrag, urlsplit

import httpx
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page

from referrals.models import Organization, Service
from referrals.models.link import LONGEST_ADDRESS
from referrals.numbers import a_number_that_rings
from safeguarding_site.models import SiteSettings
from safeguarding_site.rich_text import strings

HREF = re.compile(r"""<a\b[^>]*?\shref=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
# A field or block that holds an address and nothing else.
WHOLE_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]*://\S*$", re.IGNORECASE)
# The digits of RFC 3966, with its separators; a space is none of them.
TEL = re.compile(r"^\+?[0-9().-]+$")


@dataclass
class Link:
    url: str
    fault: str = ""  # why nothing is asked there: it is no address
    places: list = field(default_factory=list)  # {"title": …, "edit": a path of the admin}

    @property
    def host(self):
        return httpx.URL(self.url).host


def collect_links():
    """Return {url: Link} of all links out, and of those `tel:` and `mailto:` links that are malformed."""
    found = {}
    for place, addresses in places():
        for address in addresses:
            url = urldefrag(address.strip()).url if is_web(address) else address.strip()
            fault = find_fault(url)
            if not fault and not leads_out(url):
                continue
            link = found.setdefault(url[:LONGEST_ADDRESS], Link(url[:LONGEST_ADDRESS], fault))
            if place not in link.places:
                link.places.append(place)
    return found


def places():
    """Yield each place that readers see, with the addresses in it. Ended services and drafts are not seen."""
    for service in Service.objects.filter(live=True).exclude(status=Service.Status.ENDED).iterator(100):
        place = {"title": service.name, "edit": reverse("wagtailsnippets_referrals_service:edit", args=[service.pk])}
        yield place, [*addresses_in(service), *contact_addresses(service)]
    for organization in Organization.objects.filter(live=True).iterator(100):
        edit = reverse("wagtailsnippets_referrals_organization:edit", args=[organization.pk])
        yield {"title": organization.name, "edit": edit}, addresses_in(organization)
    # Their keys first, so that not all pages of the site stand in memory at once.
    for pk in Page.objects.live().filter(depth__gt=1).values_list("pk", flat=True):
        page = Page.objects.filter(pk=pk).specific().first()
        if page:
            yield {"title": page.title, "edit": reverse("wagtailadmin_pages:edit", args=[pk])}, addresses_in(page)
    site = SiteSettings.current()
    if site.pk:
        edit = reverse("wagtailsettings:edit", args=["safeguarding_site", "sitesettings", site.pk])
        yield {"title": "Site settings", "edit": edit}, addresses_in(site)


def addresses_in(instance):
    """Yield the addresses in the words, rich text and blocks of an instance, whatever its fields are."""
    for each in instance._meta.fields:
        value = getattr(instance, each.attname)
        if isinstance(each, StreamField):
            value = list(value.raw_data) if value else []
        elif not isinstance(each, models.CharField | models.TextField | models.JSONField):
            continue
        for text in strings(value):
            if WHOLE_ADDRESS.match(text.strip()):
                yield text.strip()
            else:
                yield from (unescape(double or single) for double, single in HREF.findall(text))


def contact_addresses(service):
    """Yield the `tel:` and `mailto:` links that the site makes of a service's numbers and e-mail addresses."""
    for child in service.contacts.raw_data:
        value = child.get("value") or {}
        if child.get("type") == "phone" and value.get("number"):
            yield "tel:" + "".join(value["number"].split())
        elif child.get("type") == "email" and value.get("address"):
            yield f"mailto:{value['address']}"


def is_web(address):
    return address.strip().lower().startswith(("http:", "https:"))


def leads_out(url):
    """Say whether something can be asked at an address: it is on the web, and not this site itself."""
    return is_web(url) and httpx.URL(url).netloc.decode() != urlsplit(settings.SITE_URL).netloc


def find_fault(address):
    """Return what is wrong with the form of an address, in a sentence, or nothing."""
    scheme, colon, rest = address.partition(":")
    inside = not address or (address.startswith(("/", "#", "?")) and not address.startswith("//"))
    if inside or (colon and scheme.lower() == "sms"):
        return ""
    if is_web(address):
        return find_web_fault(address)
    if colon and scheme.lower() == "tel":
        return find_number_fault(rest)
    if colon and scheme.lower() == "mailto":
        return find_mailbox_fault(rest)
    return "A link starts with https://, tel: or mailto:"


def find_web_fault(url):
    if len(url) > LONGEST_ADDRESS:
        return f"This address is longer than {LONGEST_ADDRESS} characters."
    try:
        host = urlsplit(url).hostname and httpx.URL(url).host
    except (httpx.InvalidURL, ValueError):
        host = ""
    return "" if host else "This is no web address. Open the page in a browser and copy its address."


def find_number_fault(rest):
    number = rest.partition(";")[0]
    if " " in unquote(number):
        return "A telephone link has no spaces: tel:01952385385"
    if not TEL.match(number):
        return "A telephone link holds digits only: tel:01952385385"
    try:
        a_number_that_rings(number.replace(".", ""))
    except ValidationError as error:
        return error.messages[0]
    return ""


def find_mailbox_fault(rest):
    try:
        for mailbox in unquote(rest.partition("?")[0]).split(","):
            validate_email(mailbox)
    except ValidationError:
        return "This is no e-mail address. Write it as mailto:name@example.org"
    return ""
