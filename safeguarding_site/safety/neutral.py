"""/s/<code>/: a page under an address that tells nothing about it."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from safeguarding_site.models import NeutralAddress


@require_safe
def show(request, code):
    """Serve the page itself: a redirect would put its telling address into the browser's history."""
    found = get_object_or_404(NeutralAddress.objects.select_related("page"), code=code.lower(), page__live=True)
    response = found.page.specific.serve(request)
    response["X-Robots-Tag"] = "noindex"
    return response
