"""The admin's page for services as a spreadsheet: download, upload, look, agree."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages

from referrals import spreadsheet
from referrals.models import Service
from safeguarding_site.editing.menu import MenuItemFor

SHOWN_PROBLEMS = 200


class FileForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        help_text="At most 2 MB. From Excel: “Save as”, then “CSV UTF-8”.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self):
        """Return the text of the file, whatever its name says it is."""
        file = self.cleaned_data["file"]
        if file.size > spreadsheet.MAX_SIZE:
            raise ValidationError("The file is larger than 2 MB. Split it in two.")
        return spreadsheet.decode(file.read())


def may_use(user):
    return user.has_perm("referrals.add_service") or user.has_perm("referrals.change_service")


def show(request):
    """Take a file and say what it would do; do it when the same text comes back with the button pressed.

    Nothing is stored in between: the text travels in the form, and is read and compared again when it returns.
    """
    if not may_use(request.user):
        raise PermissionDenied
    form = FileForm()
    text = plan = None
    if request.method == "POST" and "agreed" in request.POST:
        try:
            text = spreadsheet.check_text(request.POST.get("text", ""))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("services_spreadsheet")
        plan, done = spreadsheet.carry_out(text, request.user, request.POST["agreed"])
        if done:
            messages.success(request, f"{said(plan)}: saved as drafts. Readers see them when an editor publishes them.")
            return redirect("wagtailsnippets_referrals_service:list")
        messages.error(request, "Nothing was imported, because something has changed since you looked. Look again.")
    elif request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            text = form.cleaned_data["file"]
            plan = spreadsheet.plan(text, request.user)
    context = {
        "form": form,
        "text": text,
        "plan": plan,
        "said": said(plan) if plan else "",
        "problems": plan.problems[:SHOWN_PROBLEMS] if plan else [],
        "columns": spreadsheet.COLUMNS,
        "header_title": "Import and export services",
        "header_icon": "table",
        "breadcrumbs_items": [
            {"url": reverse("wagtailsnippets_referrals_service:list"), "label": "Services"},
            {"url": "", "label": "Import and export"},
        ],
    }
    return render(request, "referrals/admin/spreadsheet.html", context)


def said(plan):
    """Return what a plan does in a few words: "2 new services, 1 changed"."""
    new, changed = len(plan.new), len(plan.changed)
    return f"{new} new {'service' if new == 1 else 'services'}, {changed} changed"


def download(request):
    """All services as CSV, with the mark at the start by which Excel knows UTF-8."""
    if not may_use(request.user):
        raise PermissionDenied
    return HttpResponse(
        spreadsheet.write(Service.objects.all()).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="services-{timezone.localdate():%Y-%m-%d}.csv"'},
    )


@hooks.register("register_admin_urls")
def spreadsheet_urls():
    return [
        path("services-spreadsheet/", show, name="services_spreadsheet"),
        path("services-spreadsheet/services.csv", download, name="services_spreadsheet_download"),
    ]


@hooks.register("register_reports_menu_item")
def spreadsheet_menu_item():
    return MenuItemFor(
        "Import and export services", reverse("services_spreadsheet"), icon_name="table", order=900, allowed=may_use
    )
