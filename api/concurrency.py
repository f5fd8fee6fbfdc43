"""Strong ETags from a record's version: not modified on reading, compare and set on writing."""

from django.utils.translation import gettext as _
from rest_framework.request import Request

from api.problems import PreconditionFailed, PreconditionRequired
from crm.models import Record


def etag(version: int) -> str:
    return f'"{version}"'


def is_known(request: Request, version: int) -> bool:
    """Whether the client already has this version (If-None-Match)."""
    return etag(version) in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]


def require_match(request: Request, record: Record) -> int:
    """The version that the client knows, which must be the record's. Raises PreconditionRequired (no If-Match, or
    `*`, which names no version) and PreconditionFailed."""
    given = request.headers.get("if-match", "").strip()
    if not given:
        raise PreconditionRequired
    if given == "*":
        raise PreconditionRequired(_("If-Match must name the version that you know; * names none."))
    if etag(record.version) not in [tag.strip() for tag in given.split(",")]:
        raise PreconditionFailed(record.version)
    return record.version
