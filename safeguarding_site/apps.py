from django.apps import AppConfig


class SafeguardingSiteConfig(AppConfig):
    name = "safeguarding_site"
    verbose_name = "Site"

    def ready(self):
        from wagtail.signals import page_published

        from safeguarding_site import database_log, faults  # noqa: F401  (they register themselves; need the settings)
        from safeguarding_site.models.neutral import follow_neutral_title

        page_published.connect(follow_neutral_title, dispatch_uid="follow_neutral_title")
