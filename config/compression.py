"""Pages go out compressed: closed networks often have no proxy before the server that would do it."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPages(GZipMiddleware):
    """Only pages. The API's ETags stay as they are: compressing would weaken them, and `If-Match` needs them whole.
    Documents are compressed in themselves."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
