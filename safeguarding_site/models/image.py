from django.core.exceptions import ValidationError
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from safeguarding_site.editing import alt_texts


class SiteImage(AbstractImage):
    """A picture that cannot be saved without words for those who do not see it."""

    # Wagtail leaves this optional; WCAG 1.1.1 does not.
    description = models.CharField(
        "alternative text",
        max_length=255,
        help_text="Say what the picture shows, for people who cannot see it. One short sentence, not the file name.",
    )
    admin_form_fields = Image.admin_form_fields

    def clean(self):
        super().clean()
        fault = alt_texts.find_fault(self.description) if self.description else ""
        if fault:
            raise ValidationError({"description": fault})


class SiteImageRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition")
        ]
