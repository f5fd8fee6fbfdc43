"""A report as a file that a browser keeps."""

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers

from reports import documents
from reports.report import Report


def file_of(report: Report, format: str) -> HttpResponse:
    """Raises UnknownFormat, FontMissing."""
    response = HttpResponse(documents.render(report, format), content_type=documents.CONTENT_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{documents.file_name(report, format)}"'
    add_never_cache_headers(response)
    return response
