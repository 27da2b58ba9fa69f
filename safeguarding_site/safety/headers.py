"""The headers that tell a browser what a page of ours may do, and what not to pass on."""

from urllib.parse import urlsplit

from django.conf import settings

from safeguarding_site.caching import has_session

# Pictures may stand on a host of their own (MEDIA_URL).
_media = urlsplit(settings.MEDIA_URL)
MEDIA_HOST = f"{_media.scheme}://{_media.netloc}" if _media.netloc else ""


POLICY = "Content-Security-Policy"
# Seconds that what serves a page may hold it, though browsers keep no copy. nginx obeys it before Cache-Control.
ONLY_HERE = "X-Accel-Expires"


def policy(**directives):
    """Return a Content-Security-Policy as its header has it (https://www.w3.org/TR/CSP3/)."""
    return "; ".join(f"{name.replace('_', '-')} {sources}" for name, sources in directives.items())


EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in ["browsing-topics", "camera", "display-capture", "geolocation", "microphone", "payment", "usb"]
    ),
}
# Nothing inline, nothing from elsewhere; the icon of the tab is a data: address, so that it costs no request.
FOR_READERS = EVERYWHERE | {
    POLICY: policy(
        default_src="'none'",
        script_src="'self'",
        style_src="'self'",
        img_src=f"'self' data: {MEDIA_HOST}".strip(),
        form_action="'self'",
        base_uri="'none'",
        frame_ancestors="'none'",
    ),
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
# Wagtail's page editor has inline scripts and styles, asks its own server, and shows previews in a frame.
FOR_THE_DESK = EVERYWHERE | {
    POLICY: policy(
        default_src="'self'",
        script_src="'self' 'unsafe-inline'",
        style_src="'self' 'unsafe-inline'",
        img_src=f"'self' data: blob: {MEDIA_HOST}".strip(),
        object_src="'none'",
        form_action="'self'",
        base_uri="'self'",
        frame_ancestors="'self'",
    ),
    # With no-referrer a browser sends "Origin: null" with a form, and Django's check against forged forms refuses it.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}


def is_desk(request):
    """Say whether staff are answered here: the admin, and pages whose user bar shows to who has a session."""
    return request.path.startswith("/admin/") or has_session(request)


def safety_headers(get_response):
    """Set the headers on every answer. Stands outside everything that answers by itself, the page memory included."""

    def middleware(request):
        response = get_response(request)
        own_policy = response.headers.get(POLICY)  # Wagtail gives an uploaded document a stricter one
        desk = is_desk(request)
        for name, value in (FOR_THE_DESK if desk else FOR_READERS).items():
            response[name] = value
        if own_policy:
            response[POLICY] = own_policy
        if desk:
            del response[ONLY_HERE]
        elif response.has_header(ONLY_HERE):
            # Not before: Django's memory, further in, takes nothing that says no-store.
            response["Cache-Control"] = "no-store, max-age=0"
        return response

    return middleware
