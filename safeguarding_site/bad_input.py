from django.core.exceptions import BadRequest


def refuse_null_bytes(get_response):
    """Answer 400 to a null byte, wherever the address would have led: PostgreSQL takes none, and no text has one."""

    def middleware(request):
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "%00" in query or any("\0" in value for value in request.COOKIES.values()):
            raise BadRequest("null byte")
        return get_response(request)

    return middleware
