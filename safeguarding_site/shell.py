"""The shell round every page: name, emergency numbers, alerts, menu, footer."""

from functools import cached_property

from django.conf import settings
from django.db import models
from wagtail.models import Page, Site

from safeguarding_site.models.site import Alert, EmergencyFacts, SiteSettings
from safeguarding_site.rich_text import linked_page_ids


class Shell:
    """Looks each part up when a template first asks for it, so that the admin's pages pay for none."""

    def __init__(self, request):
        self.request = request
        self.page = None  # set by a page of ours when it is served

    @cached_property
    def settings(self):
        return SiteSettings.current()

    @cached_property
    def emergency(self):
        return EmergencyFacts.current()

    @cached_property
    def alerts(self):
        return list(Alert.showing())

    @cached_property
    def root(self):
        site = Site.find_for_request(self.request)
        return site.root_page if site else None

    @cached_property
    def pages(self):
        """Every page that this one names, by primary key, in one query: menu, trail, footer, links in its text."""
        wanted = models.Q(pk__in=self.linked | {link["page"] for link in self.footer_links})
        if self.root:
            wanted |= models.Q(
                path__startswith=self.root.path, depth=self.root.depth + 1, show_in_menus=True, live=True
            )
        wanted |= models.Q(path__in=self.ancestor_paths)
        return {page.pk: page for page in Page.objects.filter(wanted).order_by("path")}

    @property
    def linked(self):
        return linked_page_ids(self.page) if self.page else set()

    @property
    def ancestor_paths(self):
        path = self.page.path if self.page else ""
        step = Page.steplen
        return [path[:end] for end in range(2 * step, len(path), step)]

    @cached_property
    def footer_links(self):
        return [block["value"] for block in self.settings.footer_links.raw_data if block["value"].get("page")]

    @cached_property
    def menu(self):
        """The pages under the home page that an editor marked “show in menus”, in the order of the page tree."""
        depth = self.root.depth + 1 if self.root else 0
        return [page for page in self.pages.values() if page.depth == depth and page.show_in_menus and page.live]

    @cached_property
    def footer(self):
        """Return (words, page) pairs, without pages that are gone or not published."""
        found = [(link["text"], self.pages.get(link["page"])) for link in self.footer_links]
        return [(text or page.title, page) for text, page in found if page and page.live]

    @cached_property
    def trail(self):
        """Return the pages from home down to the parent of this one."""
        paths = self.ancestor_paths
        return [page for page in self.pages.values() if page.path in paths]

    @property
    def may_be_staff(self):
        """Whether to ask who is reading at all. A reader without a session cookie is nobody, and stays nobody."""
        return settings.SESSION_COOKIE_NAME in self.request.COOKIES


def shell_for(request):
    """Return the shell of this request: one, so that a page and its template look nothing up twice."""
    if not hasattr(request, "_shell"):
        request._shell = Shell(request)
    return request._shell


def shell(request):
    return {"shell": shell_for(request)}
