from django import template
from django.utils import timezone

from referrals import hours
from referrals.cards import card_of, detail_of

register = template.Library()


@register.simple_tag(takes_context=True)
def card(context, service):
    """Return the service as a card, with the numbers of this moment."""
    return card_of(service, context["shell"].emergency)


@register.simple_tag(takes_context=True)
def page_address(context, number):
    """Return the address of another page of the directory, with the filters that are on."""
    return context["filters"].address(page=str(number))


@register.simple_tag(takes_context=True)
def detail(context, service):
    """Return the ways to get in touch with a service, in words, for its own page."""
    return detail_of(service, context["shell"].emergency)


@register.simple_tag
def bank_holidays():
    """Return the bank holidays near today, for the script that says what is open now."""
    return " ".join(hours.bank_holidays(timezone.localdate()))
