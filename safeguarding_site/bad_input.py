from django.core.exceptions import BadRequest


def refuse_unreadable(get_response):
    """Answer 400 to what no page could read: a null byte, which PostgreSQL takes in no text, or a thousand parameters."""

    def middleware(request):
        # The exit reads nothing of a request, so nothing in one may stop it.
        if request.path != "/leave/":
            query = request.META.get("QUERY_STRING", "")
            if "\0" in request.path or "%00" in query or any("\0" in value for value in request.COOKIES.values()):
                raise BadRequest("null byte")
            request.GET  # noqa: B018  (too many parameters raise here, not half-way through the page that says so)
        return get_response(request)

    return middleware
