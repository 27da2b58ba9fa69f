"""The editors' side of short addresses: the list with QR codes, posters with tear-off numbers, and the counts."""

import csv
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode

import segno
from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from referrals.cards import card_of
from referrals.models import Service, ShortAddress, WeeklyCount
from referrals.services import shown
from referrals.spreadsheet import defuse
from safeguarding_site.editing.menu import MenuItemFor
from safeguarding_site.models import EmergencyFacts, SiteSettings
from safeguarding_site.weeks import week_of

PERMISSION = "referrals.change_service"
ON_ONE_POSTER = 4
STRIPS = 8
WEEKS = 12
WEEKS_IN_FILE = 53  # a year, for the annual review
BAR = 50  # height of the longest one, in the units of the drawing
FEW = 10  # below this a figure might point to a person


def qr_code(short_address):
    # A micro code is smaller, and many phones do not read it.
    return segno.make(short_address.address, micro=False)


@permission_required(PERMISSION)
def short_addresses(request):
    """The services that readers see, with their short addresses."""
    services = shown().prefetch_related("short_addresses").order_by("name")
    return render(request, "referrals/admin/short_addresses.html", {"services": services})


@require_POST
@permission_required(PERMISSION)
def make_neutral(request, pk):
    service = get_object_or_404(Service, pk=pk)
    made = ShortAddress.make_neutral(service)
    messages.success(request, f"{made} now leads to “{service}”.")
    return redirect("short_addresses")


@permission_required(PERMISSION)
def qr_svg(request, code):
    """A QR code as a file to print, under a name that gives nothing away in a downloads folder."""
    picture = BytesIO()
    qr_code(get_object_or_404(ShortAddress, code=code)).save(picture, kind="svg", scale=10)
    response = HttpResponse(picture.getvalue(), content_type="image/svg+xml")
    response["Content-Disposition"] = 'attachment; filename="code.svg"'
    return response


class PosterForm(forms.Form):
    heading = forms.CharField(
        max_length=40,
        initial="Someone to talk to",
        help_text="Say nothing that would give away a person who stops to read.",
    )
    purpose = forms.BooleanField(
        required=False,
        label="Say what each is for",
        help_text="Needed when there are several numbers, if people are to tell them apart. Without it the poster is "
        "more discreet.",
    )
    services = forms.ModelMultipleChoiceField(
        shown(),
        widget=forms.CheckboxSelectMultiple,
        help_text=f"Up to {ON_ONE_POSTER} on one poster.",
        error_messages={"required": "Choose one at least."},
    )

    def clean_services(self):
        services = self.cleaned_data["services"]
        if len(services) > ON_ONE_POSTER:
            raise forms.ValidationError(
                f"You chose {len(services)}. Choose {ON_ONE_POSTER} at most, so that it stays legible."
            )
        return services


@permission_required(PERMISSION)
def posters(request):
    """Choose what stands on a poster. Each service gets a neutral code, if it has none yet."""
    form = PosterForm(request.POST or None)
    if form.is_valid():
        services = form.cleaned_data["services"]
        for service in services:
            if not service.short_addresses.filter(neutral=True).exists():
                ShortAddress.make_neutral(service)
        chosen = {"heading": form.cleaned_data["heading"], "services": [service.pk for service in services]}
        if form.cleaned_data["purpose"]:
            chosen["purpose"] = "on"
        return redirect(f"{reverse('poster')}?{urlencode(chosen, doseq=True)}")
    demonstration = SiteSettings.current().demonstration
    return render(request, "referrals/admin/posters.html", {"form": form, "demonstration": demonstration})


@permission_required(PERMISSION)
def poster(request):
    """The sheet to print. Nothing on it names this site."""
    form = PosterForm(request.GET)
    if not form.is_valid():
        return redirect("posters")
    emergency = EmergencyFacts.current()
    lines = [line_of(service, emergency, form.cleaned_data["purpose"]) for service in form.cleaned_data["services"]]
    context = {
        "heading": form.cleaned_data["heading"],
        "lines": lines,
        # Each number once. A QR code beside them would be too small for a camera: it is there only without any number.
        "on_strip": list({line["number"]: line for line in lines if line["number"]}.values()) or lines[:1],
        "strips": range(STRIPS),
    }
    return render(request, "referrals/admin/poster.html", context)


def line_of(service, emergency, with_purpose):
    """Return what a poster says of a service: its number, or else what to text; its purpose if wished; its QR code."""
    card = card_of(service, emergency)
    texts = [child.value["instruction"] for child in service.contacts if child.block_type == "text"]
    code = service.short_addresses.order_by("-neutral", "pk").first()
    return {
        "number": card.phone or next(iter(texts), ""),
        "label": card.phone_label,
        "purpose": card.purpose if with_purpose else "",
        "qr": mark_safe(qr_code(code).svg_inline(omitsize=True)),  # noqa: S308  (segno's own drawing)
    }


def weeks_until_now(number):
    """Return the Mondays of the last weeks, this one last."""
    this = week_of(timezone.localdate())
    return [this - timedelta(weeks=back) for back in reversed(range(number))]


def uses_by_service(weeks):
    """Return (service, its uses in each of the weeks), for services that readers see or that were used."""
    uses = {
        (count.service_id, count.week): count.uses
        for count in WeeklyCount.objects.filter(week__gte=weeks[0]).order_by()
    }
    used = {service for service, _ in uses}
    services = [service for service in Service.objects.all() if service.live or service.pk in used]
    return [(service, [uses.get((service.pk, week), 0) for week in weeks]) for service in services]


def in_words(uses):
    return str(uses) if uses >= FEW else f"fewer than {FEW}"


@permission_required(PERMISSION)
def counts(request):
    """A table that is its own chart: a bar over each figure. What is too small to tell has no bar, whatever it is."""
    weeks = weeks_until_now(WEEKS)
    everything = uses_by_service(weeks)
    most = max((max(uses) for _, uses in everything), default=0)
    rows = [
        (service, [(in_words(number), round(BAR * number / most) if number >= FEW else 0) for number in uses])
        for service, uses in everything
        if max(uses) >= FEW
    ]
    few = [service for service, uses in everything if max(uses) < FEW]
    context = {"weeks": weeks, "rows": rows, "few": few, "few_is": FEW, "weeks_in_file": WEEKS_IN_FILE}
    return render(request, "referrals/admin/counts.html", context)


@permission_required(PERMISSION)
def counts_csv(request):
    weeks = weeks_until_now(WEEKS_IN_FILE)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="signposting.csv"'
    writer = csv.writer(response)
    writer.writerow(["service", "week", "uses"])
    for service, uses in uses_by_service(weeks):
        writer.writerows(
            [defuse(service.name), week.isoformat(), in_words(number)] for week, number in zip(weeks, uses, strict=True)
        )
    return response


def may_see(user):
    return user.has_perm(PERMISSION)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("short-addresses/", short_addresses, name="short_addresses"),
        path("short-addresses/<int:pk>/neutral/", make_neutral, name="make_neutral"),
        path("short-addresses/<slug:code>/qr.svg", qr_svg, name="qr_svg"),
        path("posters/", posters, name="posters"),
        path("posters/print/", poster, name="poster"),
        path("reports/signposting/", counts, name="signposting_counts"),
        path("reports/signposting.csv", counts_csv, name="signposting_csv"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item():
    return MenuItemFor(
        "Posters, QR codes", reverse("short_addresses"), icon_name="thumbtack", order=160, allowed=may_see
    )


@hooks.register("register_reports_menu_item")
def report_menu_item():
    return MenuItemFor("Signposting", reverse("signposting_counts"), icon_name="order", order=900, allowed=may_see)
