import re

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet, SnippetViewSetGroup

import referrals.finder.admin
import referrals.link_monitor.admin  # noqa: F401  (its hooks: the report and the panel on links)
from referrals import go, go_admin, rich_text, spreadsheet_admin  # noqa: F401  (they bring their own hooks)
from referrals.checking import ChecksDashboard
from referrals.finder.seeds import load_finder
from referrals.links import ServiceLinkHandler
from referrals.models import Check, Organization, Service
from referrals.search import service_source
from referrals.seeds import load_services
from referrals.usage import pages_of, where_shown

# As readers type it: "S-41", "s 41".
REFERENCE = re.compile(r"\s*s[\s-]*(\d{1,9})\s*", re.IGNORECASE)


class ServiceIndexView(IndexView):
    def search_queryset(self, queryset):
        """Find a service by the reference that a reader quotes, which a search for words would take apart."""
        quoted = REFERENCE.fullmatch(self.search_query or "")
        return queryset.filter(pk=quoted[1]) if quoted else super().search_queryset(queryset)


class ServiceViewSet(SnippetViewSet):
    model = Service
    index_view_class = ServiceIndexView
    icon = "mobile-alt"
    menu_label = "Services"
    reference = Column("reference", label="Reference", sort_key="pk")
    list_display = ["name", reference, "kind", "main_topic", "status", "live", "question"]
    list_filter = ["kind", "status", "main_topic", "live"]
    inspect_view_enabled = True


class CheckCreateView(CreateView):
    def get_initial_form_instance(self):
        """Start with the service that the list of services to check was left by."""
        check = super().get_initial_form_instance() or Check()
        wanted = self.request.GET.get("service", "")
        if wanted.isdecimal() and len(wanted) < 10:
            check.service = Service.objects.filter(pk=wanted).first()
        return check


class CheckViewSet(SnippetViewSet):
    model = Check
    add_view_class = CheckCreateView
    icon = "check"
    menu_label = "Checks"
    list_display = ["service", "checked_on", "how", "team"]
    list_filter = ["how", "team"]
    panels = [FieldPanel("service"), FieldPanel("checked_on"), FieldPanel("how"), FieldPanel("team")]


class OrganizationViewSet(SnippetViewSet):
    model = Organization
    icon = "group"
    menu_label = "Organizations"
    list_display = ["name", "url"]


class ReferralsViewSetGroup(SnippetViewSetGroup):
    items = (ServiceViewSet, CheckViewSet, OrganizationViewSet)
    menu_label = "Services"
    menu_icon = "mobile-alt"
    menu_order = 150


register_snippet(ReferralsViewSetGroup)


@hooks.register("register_rich_text_features")
def let_numbers_follow_their_record(features):
    features.register_link_type(ServiceLinkHandler)


@hooks.register("register_editor_grants")
def let_editors_keep_records():
    everything = ["add", "change", "delete", "publish", "lock", "unlock", "view"]
    return "referrals", {
        "service": everything,
        "organization": everything,
        "check": ["add", "change", "delete", "view"],
    }


@hooks.register("construct_homepage_panels")
def list_services_to_check(request, panels):
    if request.user.has_perm("referrals.add_check"):
        panels.append(ChecksDashboard())


@hooks.register("search_sources")
def let_search_find_services():
    return [service_source]


@hooks.register("load_content")
def load_records():
    return load_services() + load_finder()


def refuse_if_shown(request, services, what):
    """Send the editor back with the list of pages, if a service that would vanish is shown somewhere."""
    for service in services:
        places = where_shown(service) if isinstance(service, Service) else []
        if places:
            messages.error(
                request,
                f"“{service}” cannot be {what} while it is shown on: {', '.join(places)}. A page shows it because it names "
                "it, or because of the topics ticked here. Take it out there, or set its status to “Ended”.",
            )
            return redirect(reverse("wagtailsnippets_referrals_service:edit", args=[service.pk]))
    return None


@hooks.register("before_delete_snippet")
def keep_services_in_use(request, instances):
    return refuse_if_shown(request, instances, "deleted")


@hooks.register("before_unpublish")
def keep_services_published_while_in_use(request, instance):
    return refuse_if_shown(request, [instance], "unpublished")


@hooks.register("before_bulk_action")
def keep_services_in_use_in_bulk(request, action_type, objects, action_class_instance):
    if action_type in ("delete", "unpublish"):
        return refuse_if_shown(request, objects, {"delete": "deleted", "unpublish": "unpublished"}[action_type])
    return None


@hooks.register("after_edit_snippet")
def warn_that_an_ended_service_is_shown(request, instance):
    """Say which pages lose a service: they show it until the change is published."""
    if isinstance(instance, Service) and instance.status == Service.Status.ENDED:
        places = pages_of(instance)
        if places:
            messages.warning(
                request, f"An ended service is not shown. Once published, it goes from: {', '.join(places)}."
            )
