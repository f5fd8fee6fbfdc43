"""Where a client stands in the feed: by number, or by a cursor that is good for this client, epoch and filter only."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.utils.translation import gettext as _
from rest_framework.request import Request

from api.problems import BadQuery, StartOver, UnknownCursor
from crm.models.feed import FeedReader, FeedState

_PLACES = ("after", "cursor")
# What may differ from page to page.
_FREE = frozenset({"after", "cursor", "limit", "wait"})
LARGEST_PLACE = 2**63 - 1


def place_of(request: Request, types: Sequence[str], state: FeedState, reader: FeedReader) -> int:
    """Where the client goes on: it has everything of these types up to this number. A cursor wins over `after`. Raises
    BadQuery, and StartOver where its place leads nowhere any more."""
    given = request.query_params.get("cursor")
    if given is not None:
        return _by_cursor(request, given, state, reader)
    after = _number(request)
    if after > state.head or 0 < after < state.floor:
        raise _start_over(request, "cursor-expired", _("The feed is no longer kept from there on. Start over."))
    if reader.was_told(types) < after <= reader.changed_at_seq:
        raise _start_over(request, "scope-changed", _("What this client may see has changed. Start over."))
    return after


def next_address(request: Request, after: int, state: FeedState, reader: FeedReader) -> str:
    """The address of the page behind this number: by cursor, never by `after`."""
    told = {"e": state.epoch.hex, "a": after, "s": reader.sight}
    kept = {name: value for name, value in request.query_params.items() if name not in _PLACES}
    query = urlencode({**kept, "cursor": signing.dumps(told, salt=_belongs(request))})
    return request.build_absolute_uri(f"{request.path}?{query}")


def _by_cursor(request: Request, given: str, state: FeedState, reader: FeedReader) -> int:
    try:
        told: dict[str, Any] = signing.loads(given, salt=_belongs(request))
    except signing.BadSignature as error:
        raise UnknownCursor from error
    after: int = told["a"]
    if told["e"] != state.epoch.hex:
        raise _start_over(request, "epoch-changed", _("The feed was begun anew. Start over."))
    if told["s"] != reader.sight:
        raise _start_over(request, "scope-changed", _("What this client may see has changed. Start over."))
    if 0 < after < state.floor:
        raise _start_over(request, "cursor-expired", _("The feed is no longer kept from there on. Start over."))
    return after


def _number(request: Request) -> int:
    text = request.query_params.get("after", "0")
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > LARGEST_PLACE:
        raise BadQuery("after", _("Give a whole number: the place that the last page named."))
    return int(text)


def _belongs(request: Request) -> str:
    kept = sorted((k, v) for k, v in request.query_params.items() if k not in _FREE)
    return f"api.changes {request.user.pk} {request.path}?{urlencode(kept)}"


def _start_over(request: Request, code: str, detail: str) -> StartOver:
    kept = {name: value for name, value in request.query_params.items() if name not in _PLACES}
    return StartOver(code, detail, request.build_absolute_uri(f"{request.path}?{urlencode({**kept, 'after': 0})}"))
