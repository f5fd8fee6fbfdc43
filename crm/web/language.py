"""Pages are Korean until the reader chooses English: what a browser was installed with says little about its user.

The API follows Accept-Language, as its contract says."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def korean_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leaves the language of pages to the reader's choice (the cookie of the switch) and the default."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return get_response(request)

    return respond
