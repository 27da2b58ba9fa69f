from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from referrals.addresses import an_outside_address


class Organization(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """Who runs a service."""

    name = models.CharField(max_length=120, unique=True)
    url = models.URLField("website", blank=True, validators=[an_outside_address])

    panels = [FieldPanel("name"), FieldPanel("url")]

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
