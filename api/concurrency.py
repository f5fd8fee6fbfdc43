"""Strong ETags: not modified on reading, compare and set on writing."""

import re

from django.utils.translation import gettext as _
from rest_framework.request import Request

from api.accepted import ETAG
from api.problems import BadHeader, PreconditionFailed, PreconditionRequired
from crm.models import Record


def is_tag_known(request: Request, tag: str) -> bool:
    """Whether the client already has what bears this tag (If-None-Match). Caches may have made it weak."""
    known = {one.removeprefix("W/") for one in _tags(request, "if-none-match")}
    return tag in known or "*" in known


def require_match(request: Request, record: Record, tag: str) -> int:
    """The version that the client knows, which must be the record's, whose tag this is. Raises PreconditionRequired
    (none, or `*`, which names no version), PreconditionFailed, and BadHeader for what is no tag."""
    known = check_match(request)
    if not known:
        raise PreconditionRequired
    if known == ["*"]:
        raise PreconditionRequired(_("If-Match must name the version that you know; * names none."))
    if tag not in known:
        raise PreconditionFailed(record.version, tag)
    return record.version


def check_match(request: Request) -> list[str]:
    """The tags that the client names in If-Match. Raises BadHeader for what is none."""
    known = _tags(request, "if-match")
    if any(re.fullmatch(ETAG, tag) is None for tag in known):
        raise BadHeader("If-Match", _("Give ETags as they came, with their quotation marks."))
    return known


def _tags(request: Request, name: str) -> list[str]:
    return [tag.strip() for tag in request.headers.get(name, "").split(",") if tag.strip()]
