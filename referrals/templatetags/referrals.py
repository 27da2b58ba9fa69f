from django import template

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
