"""What editors see of the link monitor: a report with filters and CSV, and a panel on the admin's first page.

For those who may change services, who can mend most links. Imported by `referrals/wagtail_hooks.py` for its hooks.
"""

import django_filters
from django.forms import CheckboxSelectMultiple
from django.urls import path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from referrals.models import LinkResult, Service
from safeguarding_site.editing.menu import MenuItemFor


def may_see(user):
    return user.has_perm("referrals.change_service")


class LinkFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(
        choices=LinkResult.Status.choices, widget=CheckboxSelectMultiple, label="Found"
    )
    checked_at = django_filters.DateFromToRangeFilter(widget=DateRangePickerWidget, label="Looked at")

    class Meta:
        model = LinkResult
        fields = ["status", "checked_at"]


class LinkReportView(ReportView):
    model = LinkResult
    page_title = "Links to other sites"
    header_icon = "link"
    filterset_class = LinkFilterSet
    is_searchable = True
    search_fields = ["url", "detail"]
    results_template_name = "referrals/admin/link_report_results.html"
    index_url_name = "link_report"
    index_results_url_name = "link_report_results"
    permission_policy = ModelPermissionPolicy(Service)
    permission_required = "change"
    list_export = [
        "url",
        "get_status_display",
        "detail",
        "http_status",
        "moved_to",
        "failed_days",
        "last_failed_on",
        "checked_at",
        "titles",
    ]
    export_headings = {"get_status_display": "Found", "titles": "Stands on"}

    def get_base_queryset(self):
        return LinkResult.worst_first()

    def get_filename(self):
        return f"links-{timezone.localdate()}"


class LinkDashboard(Component):
    order = 60
    template_name = "referrals/admin/link_dashboard.html"
    shown = 8

    def get_context_data(self, parent_context):
        links = LinkResult.for_a_person()
        last = LinkResult.objects.order_by("-checked_at").first()
        return {"links": links[: self.shown], "total": links.count(), "looked_at": last and last.checked_at}


@hooks.register("register_admin_urls")
def link_report_urls():
    return [
        path("reports/links/", LinkReportView.as_view(), name="link_report"),
        path("reports/links/results/", LinkReportView.as_view(results_only=True), name="link_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def link_report_menu_item():
    return MenuItemFor("Links to other sites", reverse("link_report"), icon_name="link", order=1100, allowed=may_see)


@hooks.register("construct_homepage_panels")
def list_links_to_mend(request, panels):
    if may_see(request.user):
        panels.append(LinkDashboard())
