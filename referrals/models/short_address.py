from django.conf import settings
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.crypto import get_random_string

from referrals.models.service import Service

# No vowels, so that chance spells no word; no l and no y, which handwriting takes for 1 and v.
LETTERS = "bcdfghjkmnpqrstvwxz"
LENGTH = 6


class ShortAddress(models.Model):
    """A code after /go/ that leads to a service for good: it stands on paper, so it is never changed or deleted.

    A service has one for each slug it ever had, and as many neutral ones as an editor makes: those say nothing of
    what they lead to. When its service is deleted a code stays taken, and leads to the directory.
    """

    code = models.SlugField(max_length=80, unique=True)
    service = models.ForeignKey(Service, null=True, on_delete=models.SET_NULL, related_name="short_addresses")
    neutral = models.BooleanField(default=False)

    # “Where is this service shown?” asks for pages.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["neutral", "pk"]

    def __str__(self):
        return f"/go/{self.code}/"

    @property
    def address(self):
        return settings.SITE_URL + reverse("go", args=[self.code])

    @classmethod
    def make_neutral(cls, service):
        """Return a new neutral code for a service."""
        while True:
            code = get_random_string(LENGTH, LETTERS)
            made, is_new = cls.objects.get_or_create(code=code, defaults={"service": service, "neutral": True})
            if is_new:
                return made

    @classmethod
    def keep_slug(cls, service):
        """Have a service's slug lead to it, if it leads nowhere yet.

        A slug that another service had before leads there still: posters say so. This one gets a neutral code instead.
        """
        found, _ = cls.objects.get_or_create(code=service.slug.lower(), defaults={"service": service})
        if found.service_id is None:
            found.service = service
            found.save(update_fields=["service"])
        elif found.service_id != service.pk and not service.short_addresses.exists():
            cls.make_neutral(service)


@receiver(post_save, sender=Service)
def keep_slug_of_saved_service(sender, instance, raw, **kwargs):
    if not raw:
        ShortAddress.keep_slug(instance)


class WeeklyCount(models.Model):
    """How often the short addresses of a service were used in a week. Nothing else is known of a use."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="weekly_counts")
    week = models.DateField(help_text="Its Monday.")
    uses = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["week", "service"]
        constraints = [models.UniqueConstraint(fields=["service", "week"], name="one_count_a_service_and_week")]

    def __str__(self):
        return f"{self.service}, week of {self.week:%-d %B %Y}"
