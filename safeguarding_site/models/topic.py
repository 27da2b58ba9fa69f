from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page

from safeguarding_site.icons import icon_choices

# The names are custom properties in static/site.css: each has a light and a dark value of checked contrast.
HUES = ["plum", "violet", "moss", "river", "umber", "teal"]


class Topic(models.Model):
    """What a page or a service is about (a taxonomy term, in Open Referral's words).

    It carries the hue and the icon, so that a page, a service and a filter about one thing look alike.
    """

    key = models.SlugField(
        unique=True,
        help_text="Used in addresses and in the open data. Other sites rely on it: do not change it once it is in use.",
    )
    name = models.CharField(max_length=60)
    hue = models.CharField("colour", max_length=20, choices=[(hue, hue.capitalize()) for hue in HUES], default="teal")
    icon = models.CharField(max_length=20, choices=icon_choices, default="house")
    # A plain page, so that a service can link to "about domestic abuse" without knowing what kind of page that is.
    page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="page about it",
        help_text="Filled by itself when a priority page with this topic is published.",
    )
    sort_order = models.PositiveSmallIntegerField("place in lists", default=0)

    panels = [
        FieldPanel("name"),
        FieldPanel("key"),
        FieldPanel("hue"),
        FieldPanel("icon"),
        PageChooserPanel("page"),
        FieldPanel("sort_order"),
    ]

    class Meta:
        ordering = ["sort_order", "name"]

    def __str__(self):
        return self.name

    def clean(self):
        if self.pk and self.key != type(self).objects.values_list("key", flat=True).get(pk=self.pk):
            raise ValidationError({"key": "Pages, services and other sites go by this key. It stays as it is."})
