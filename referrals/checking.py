"""Services that somebody should look at again, for the admin's first page."""

from django.db.models import F, Q
from django.utils import timezone
from wagtail.admin.ui.components import Component

from referrals.models.service import CHECKED_KNOWN_FOR
from referrals.services import shown


def due_for_a_check():
    """Return the services shown that were never checked, or not for six months: the longest unchecked first."""
    limit = timezone.localdate() - CHECKED_KNOWN_FOR
    due = shown().filter(Q(last_checked=None) | Q(last_checked__lt=limit))
    return due.order_by(F("last_checked").asc(nulls_first=True), "pk")


class ChecksDashboard(Component):
    order = 55
    template_name = "referrals/admin/checks_dashboard.html"
    shown = 8

    def get_context_data(self, parent_context):
        due = due_for_a_check()
        return {"services": due[: self.shown], "total": due.count()}
