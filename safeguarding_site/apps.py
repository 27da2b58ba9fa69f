from django.apps import AppConfig


class SafeguardingSiteConfig(AppConfig):
    name = "safeguarding_site"
    verbose_name = "Site"
