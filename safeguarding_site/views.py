import errno
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.static import serve

from safeguarding_site.models import EmergencyFacts, SiteSettings


@never_cache
def healthz(request):
    """Answers while the process is up, whatever the database does."""
    return JsonResponse({"status": "ok"})


def upload(request, path):
    """An editor's file. One whose name no file can have is as missing as any other."""
    try:
        return serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise Http404 from error
        raise


def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def security_txt(request):
    """Where to report a weakness (RFC 9116). The expiry moves on by itself while the site is being served."""
    mailbox = SiteSettings.current().security_contact
    contact = f"mailto:{mailbox}" if mailbox else f"{settings.SITE_URL}/contact/"
    expires = (timezone.now() + timedelta(days=90)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def server_error(request):
    """The page for a fault of ours."""
    return plain_page("500.html", 500)


def bad_request(request, exception=None):
    """The page for a request that cannot be read, whatever is wrong with it: it repeats nothing of it."""
    return plain_page("400.html", 400)


def plain_page(template, status):
    """Return a page that needs no database, no session, no request and none of the shell."""
    page = loader.get_template(template).render(
        {"emergency": EmergencyFacts.remembered(), "exit_url": SiteSettings.remembered().exit_url}
    )
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    return response


def too_many_requests(request, exception=None, wait_seconds=60):
    """Return the 429 page, which says how long to wait and keeps the emergency numbers in sight."""
    response = HttpResponse(loader.render_to_string("429.html", {}, request), status=429)
    response["Retry-After"] = str(wait_seconds)
    response["Cache-Control"] = "no-store"
    return response
