"""The shell round every page: exit, name, emergency numbers, alerts, menu, footer."""

from functools import cached_property

from django.db import models
from django.db.models.functions import Coalesce
from wagtail.models import Page, Site, get_page_models

from safeguarding_site.caching import has_session
from safeguarding_site.models.site import Alert, EmergencyFacts, SiteSettings
from safeguarding_site.page_links import linked_page_ids

# What a quiet visit adds to each address: it says nothing to somebody who finds it there.
QUIET = ("v", "q")


def with_exit_choice(pages):
    """Have each of `pages`, of whatever type, tell what an editor chose for its branch: “on”, “off” or nothing."""
    kinds = [model for model in get_page_models() if any(f.name == "quick_exit" for f in model._meta.local_fields)]
    choices = [models.F(f"{model._meta.model_name}__quick_exit") for model in kinds]
    return pages.annotate(exit_choice=Coalesce(*choices, models.Value("")))


def exit_source(branch):
    """Return the page of `branch`, from the home page down, that says whether the quick exit is on. None: nobody does."""
    return next((page for page in reversed(branch) if page.exit_choice), None)


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
            wanted |= models.Q(pk=self.root.pk) | models.Q(
                path__startswith=self.root.path, depth=self.root.depth + 1, show_in_menus=True, live=True
            )
        wanted |= models.Q(path__in=self.ancestor_paths)
        found = with_exit_choice(Page.objects.filter(wanted).select_related("neutral_address").order_by("path"))
        return {page.pk: page for page in found}

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

    @cached_property
    def up(self):
        """The page above this one, for going back where the Back button leaves the site. A sub-route sets its own."""
        return self.trail[-1] if self.trail else None

    @cached_property
    def exit_on(self):
        """Whether the quick exit stands here. A page that is none of the tree, such as an error page, goes by home."""
        if self.page:
            branch = [*self.trail, self.page]
        else:
            branch = [self.pages[self.root.pk]] if self.root else []
        source = exit_source(branch)
        return source is None or source.exit_choice == "on"

    @property
    def is_quiet(self):
        name, value = QUIET
        return self.request.GET.get(name) == value

    @cached_property
    def query(self):
        """What the address asks for, the mark of a quiet visit left out."""
        query = self.request.GET.copy()
        query.pop(QUIET[0], None)
        return query

    @property
    def may_be_staff(self):
        """Whether to ask who is reading at all. A reader without a session cookie is nobody, and stays nobody."""
        return has_session(self.request)


def shell_for(request):
    """Return the shell of this request: one, so that a page and its template look nothing up twice."""
    if not hasattr(request, "_shell"):
        request._shell = Shell(request)
    return request._shell


def shell(request):
    return {"shell": shell_for(request)}
