from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page


class PublicPages(Sitemap):
    """Every page that anybody may read, under the address the site is known by."""

    protocol = urlsplit(settings.SITE_URL).scheme
    limit = 5000

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def items(self):
        return Page.objects.live().public().filter(depth__gt=1).order_by("path").defer_streamfields()

    def location(self, page):
        return page.url

    def lastmod(self, page):
        return page.last_published_at
