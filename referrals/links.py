"""A number inside a sentence: the editor picks the service, the number follows its record (linktype="service")."""

from django.utils.html import format_html
from wagtail.rich_text import LinkHandler

from referrals.cards import card_of
from referrals.models import Service
from referrals.services import shown
from safeguarding_site.models import EmergencyFacts
from safeguarding_site.templatetags.site import tel


class ServiceLinkHandler(LinkHandler):
    identifier = "service"

    @staticmethod
    def get_model():
        return Service

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        """Return the opening tag of each link: it dials the service's number, and shows it before the words.

        A service without a number leads to its page; one that readers may not see leaves its words unlinked.
        """
        wanted = {attrs["id"] for attrs in attrs_list if attrs.get("id", "").isdecimal()}
        found = {str(service.pk): service for service in shown().filter(pk__in=wanted)} if wanted else {}
        # The emergency strip has just read them for this page.
        emergency = EmergencyFacts.remembered() if found else None
        return [cls.tag(found.get(attrs.get("id")), emergency) for attrs in attrs_list]

    @classmethod
    def expand_db_attributes(cls, attrs):
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def extract_references(cls, attrs):
        """Tell Wagtail's reference index which service the sentence names; usage.py and its guards ask there."""
        if attrs.get("id", "").isdecimal():
            yield Service, attrs["id"], "", ""

    @staticmethod
    def tag(service, emergency):
        if service is None:
            return "<a>"
        phone = card_of(service, emergency).phone
        if not phone:
            return format_html('<a href="/get-help/{}/">', service.slug)
        return format_html('<a class="nb" href="{}">{}</a> <a href="/get-help/{}/">', tel(phone), phone, service.slug)
