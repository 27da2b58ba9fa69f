from django.db import models
from django.utils.crypto import get_random_string
from wagtail.models import Page

# No vowels: chance must spell nothing. No 0, 1 and l: people type these from paper.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"


def new_code():
    return get_random_string(5, ALPHABET)


class NeutralAddress(models.Model):
    """`/s/<code>/`, an address of a page that does not tell what the page is about.

    It stays the page's for good, because people have it on paper; `in_use` says whether links lead there.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="neutral_address")
    code = models.SlugField(max_length=12, unique=True, default=new_code)
    in_use = models.BooleanField(default=True)

    def __str__(self):
        return f"/s/{self.code}/"


def follow_neutral_title(sender, instance, **kwargs):
    """When a page is published: give it a neutral address if it has a neutral title, and link there only then."""
    wanted = bool(getattr(instance, "neutral_title", ""))
    if wanted:
        NeutralAddress.objects.get_or_create(page_id=instance.pk)
    NeutralAddress.objects.filter(page_id=instance.pk).update(in_use=wanted)
