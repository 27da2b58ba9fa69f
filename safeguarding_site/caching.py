"""One second of memory: a burst of readers costs the database one page a second (docs/decisions.md)."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.middleware.cache import CacheMiddleware
from django.utils.cache import add_never_cache_headers, patch_cache_control

SECONDS = 1


def has_session(request):
    """Say whether somebody may be signed in. Without the cookie nobody is, and nothing need be asked."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def keep_staff_pages_private(get_response):
    """Have nothing in between hold what somebody with a session cookie is shown, whichever cache is on."""

    def middleware(request):
        response = get_response(request)
        if has_session(request):
            add_never_cache_headers(response)
        return response

    return middleware


class ReaderCacheMiddleware(CacheMiddleware):
    """Django's cache middleware for readers only.

    Whoever carries a session cookie is passed through: an editor's page shows the user bar, and must neither
    come from this memory nor go into it. Stands near the top of MIDDLEWARE, so that a remembered page costs nothing else.
    """

    def __init__(self, get_response):
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        super().__init__(get_response, page_timeout=SECONDS, key_prefix="reader")

    def process_request(self, request):
        if has_session(request) or settings.CSRF_COOKIE_NAME in request.COOKIES:
            request._cache_update_cache = False
            return None
        return super().process_request(request)

    def process_response(self, request, response):
        if not response.has_header("Cache-Control"):
            # A browser asks again each time. Django sends the same max-age however long it has held the page, so
            # that a second here and a second there would make an edit two seconds late.
            patch_cache_control(response, max_age=0)
        return super().process_response(request, response)
