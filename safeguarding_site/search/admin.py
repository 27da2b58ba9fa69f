"""The editors' side of search: their records, a page to try a query on, and the weekly totals."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from safeguarding_site.editing.menu import MenuItemFor
from safeguarding_site.models import DangerRule, EditorsPick, SearchWeek, WordsPeopleUse
from safeguarding_site.search.library import current_library
from safeguarding_site.search.ranking import search
from safeguarding_site.search.words import LONGEST

MAY_TRY = "safeguarding_site.view_wordspeopleuse"
MAY_COUNT = "safeguarding_site.view_searchweek"
SHOWN = 20
WEEKS = 53


class WordsViewSet(SnippetViewSet):
    model = WordsPeopleUse
    icon = "comment"
    menu_label = "Words people use"
    list_display = ["canonical", "topic", "kind", "urgent", "address"]
    list_filter = ["topic", "kind", "urgent"]
    search_fields = ["canonical", "terms"]
    search_backend_name = None
    list_per_page = 50


class DangerRuleViewSet(SnippetViewSet):
    model = DangerRule
    icon = "warning"
    menu_label = "Danger words"
    list_display = ["name", "topic", "whole_topic", "sort_order"]
    search_fields = ["name", "words"]
    search_backend_name = None


class EditorsPickViewSet(SnippetViewSet):
    model = EditorsPick
    icon = "pick"
    menu_label = "Editors’ picks"
    list_display = ["words", "address", "sort_order"]


class SearchViewSetGroup(SnippetViewSetGroup):
    items = (WordsViewSet, DangerRuleViewSet, EditorsPickViewSet)
    menu_label = "Search"
    menu_icon = "search"
    menu_order = 260


register_snippet(SearchViewSetGroup)


@require_admin_access
@permission_required(MAY_TRY, raise_exception=True)
def try_query(request):
    """Why each result stands where it does: what was understood, and the points of each."""
    typed = request.POST.get("q", "")[: LONGEST * 2]
    context = {"typed": typed}
    if typed.strip():
        library = current_library()
        names = {topic.key: topic.name for topic in library.topics.values()}
        found = search(typed, library)
        context |= {
            "found": found,
            "topics": [(names.get(key, key), f"{100 * strength:.0f} %") for key, strength in found.topics.items()][:4],
            "terms": [(term.record, term.text, f"{100 * strength:.0f} %") for strength, term in found.terms[:10]],
            "hits": found.hits[:SHOWN],
        }
    response = render(request, "safeguarding_site/admin/try_search.html", context)
    add_never_cache_headers(response)
    return response


@require_admin_access
@permission_required(MAY_COUNT, raise_exception=True)
def totals(request):
    return render(request, "safeguarding_site/admin/search_totals.html", {"weeks": SearchWeek.objects.all()[:WEEKS]})


def may(permission):
    return lambda user: user.has_perm(permission)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("search/try/", try_query, name="try_search"),
        path("reports/searches/", totals, name="search_totals"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item():
    return MenuItemFor("Try a search", reverse("try_search"), icon_name="search", order=261, allowed=may(MAY_TRY))


@hooks.register("register_reports_menu_item")
def report_menu_item():
    return MenuItemFor("Searches", reverse("search_totals"), icon_name="search", order=910, allowed=may(MAY_COUNT))
