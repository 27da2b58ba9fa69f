from django.apps import AppConfig


class SafeguardingSiteConfig(AppConfig):
    name = "safeguarding_site"
    verbose_name = "Site"

    def ready(self):
        from safeguarding_site import faults  # noqa: F401  (its receiver needs the signals loaded)
