from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from safeguarding_site.editing import checker, gallery  # noqa: F401  (the checker brings its own hook)
from safeguarding_site.editing.panels import MAY_SETTLE, FactsToCheckDashboard
from safeguarding_site.models import Alert, FactToCheck, Topic
from safeguarding_site.page_links import KnownPageLinkHandler
from safeguarding_site.search import admin as search_admin  # noqa: F401  (its hooks: records, trial page, report)
from safeguarding_site.search.seeds import load_search


class AlertViewSet(SnippetViewSet):
    model = Alert
    icon = "warning"
    menu_label = "Alerts"
    list_display = ["text", "level", "starts_at", "ends_at"]
    inspect_view_enabled = True


class FactToCheckViewSet(SnippetViewSet):
    model = FactToCheck
    icon = "help"
    menu_label = "Facts to check"
    list_display = ["title", "state", "page", "check_by"]
    list_filter = ["state", "page"]
    search_fields = ["title", "how"]
    search_backend_name = None
    list_per_page = 100


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = "Topics"
    list_display = ["name", "key", "hue", "page"]


class SiteViewSetGroup(SnippetViewSetGroup):
    items = (AlertViewSet, FactToCheckViewSet, TopicViewSet)
    menu_label = "Across the site"
    menu_icon = "globe"
    menu_order = 250


register_snippet(SiteViewSetGroup)


@hooks.register("load_content_after_pages")
def load_words_and_rules():
    return load_search()


@hooks.register("register_rich_text_features", order=10)
def resolve_links_from_known_pages(features):
    features.register_link_type(KnownPageLinkHandler)


@hooks.register("construct_homepage_panels")
def list_facts_to_check(request, panels):
    if request.user.has_perm(MAY_SETTLE):
        panels.append(FactsToCheckDashboard(FactToCheck.objects.still_open()))


@hooks.register("construct_snippet_action_menu", order=1000)
@hooks.register("construct_page_action_menu", order=1000)
def put_publish_first(menu_items, request, context):
    """Make "Publish" the large button: somebody who sees only "Save draft" believes that the change is live."""
    menu_items.sort(key=lambda item: item.name != "action-publish")


@hooks.register("register_admin_urls")
def gallery_url():
    return [path("blocks/", gallery.show, name="block_gallery")]


@hooks.register("register_help_menu_item")
def gallery_menu_item():
    return MenuItem("Blocks you can use", reverse("block_gallery"), icon_name="placeholder", order=900)
