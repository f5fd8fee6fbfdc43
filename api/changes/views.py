"""The feed's addresses."""

import time
from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.accepted import some_of
from api.changes.digest import digest_of
from api.changes.entries import Page, Wanted, flat, is_anything_new, page_of
from api.changes.places import LARGEST_PLACE, next_address, place_of
from api.changes.shapes import CHANGES, DIGEST, FLAT
from api.changes.sights import asked_of, note_told, reader_of, types_for
from api.changes.waiting import room_to_wait
from api.concurrency import is_tag_known
from api.pagination import DEFAULT_LIMIT, LARGEST_LIMIT, limit_of
from api.problems import BadQuery
from api.protocol import Protocol
from api.registry import BY_TYPE
from crm.models.feed import FeedReader, FeedState
from crm.sequencer import number_committed

LONGEST_WAIT: Final = 25
_TURN: Final = 0.1  # seconds between two looks while a client waits
_PARAMETERS = [
    OpenApiParameter(
        "after",
        {"type": "integer", "minimum": 0, "maximum": LARGEST_PLACE},
        description="Everything up to this number is known already; 0 is the beginning.",
    ),
    OpenApiParameter("cursor", str, description="Of the last page's `next`. Wins over `after`."),
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
        description=f"Entries a page: up to {LARGEST_LIMIT}.",
    ),
    OpenApiParameter(
        "wait",
        {"type": "integer", "minimum": 0, "maximum": LONGEST_WAIT, "default": 0},
        description=f"Seconds to wait where there is nothing new: up to {LONGEST_WAIT}.",
    ),
    OpenApiParameter("exclude_actor", str, enum=["self"], description="Leaves out what this client changed last."),
]
_TYPES = OpenApiParameter(
    "types",
    {"type": "string", "pattern": some_of(BY_TYPE)},
    description="Names of types with commas between; without it, all.",
)
_FLAT = OpenApiParameter("flat", bool, description="Scalar values at the top level, for tools that want tables.")


class Feed(Protocol, APIView):
    """What the pages of the feed share."""

    scopes = ("feed",)
    parameters = frozenset({"after", "cursor", "limit", "wait", "exclude_actor"})

    def answer(self, request: Request, types: tuple[str, ...], is_flat: bool = False) -> Response:
        allowed = types_for(request)
        wanted = asked_of(types, allowed)
        at = number_committed()
        reader = reader_of(request, allowed, at.head)
        after = place_of(request, wanted, at, reader)
        at, page = self._page(request, wanted, after, at, reader)
        note_told(reader, wanted, page.last)
        return _answer(request, page, at, reader, is_flat)

    def _page(
        self, request: Request, types: list[str], after: int, at: FeedState, reader: FeedReader
    ) -> tuple[FeedState, Page]:
        """At once where there is something; else as soon as there is, or when the client has waited. Raises StartOver
        where meanwhile its place came to lead nowhere."""
        limit, seconds = limit_of(request), _seconds(request)
        actor = _actor(request)
        asked = Wanted(types, after, at.head, limit, actor, at.is_behind)
        if seconds and not is_anything_new(asked):
            with room_to_wait() as has_room:
                until = time.monotonic() + (seconds if has_room else 0)
                while time.monotonic() < until and not is_anything_new(asked):
                    time.sleep(_TURN)
                    at = number_committed()
                    place_of(request, types, at, reader)
                    asked = Wanted(types, after, at.head, limit, actor, at.is_behind)
        return at, page_of(request, asked)


class Changes(Feed):
    """Every type in one feed."""

    parameters = Feed.parameters | {"types"}

    @extend_schema(parameters=[*_PARAMETERS, _TYPES], responses=CHANGES)
    def get(self, request: Request) -> Response:
        """What changed behind `after`, in the order in which it became visible: one entry a record, as it is now. From
        0 it is everything that there is. 410: start over at `resync_url`."""
        return self.answer(request, types_named(request))


class ChangesOfOneType(Feed):
    """One type, as entries or as rows."""

    parameters = Feed.parameters | {"flat"}

    @extend_schema(parameters=[*_PARAMETERS, _FLAT], responses=FLAT)
    def get(self, request: Request, kind: str) -> Response:
        """As the whole feed, of one type. With `flat=true` each result is a row of scalar values."""
        text = request.query_params.get("flat", "false")
        if text not in ("true", "false"):
            raise BadQuery("flat", _("Write true or false."))
        return self.answer(request, (kind,), is_flat=text == "true")


class ChangesDigest(Protocol, APIView):
    """What proves that a mirror is whole."""

    scopes = ("feed",)
    parameters = frozenset({"types"})

    @extend_schema(parameters=[_TYPES], responses=DIGEST)
    def get(self, request: Request) -> Response:
        """Of each type the number of its records, and a hash over their ids and versions in 256 buckets: as of `head`.
        How it is taken: docs/api.md."""
        wanted = asked_of(types_named(request), types_for(request))
        number_committed()
        at, types = digest_of(request, wanted)
        return Response({"epoch": str(at.epoch), "head": at.head, "types": types})


def types_named(request: Request) -> tuple[str, ...]:
    """Raises BadQuery for one that there is not."""
    given = request.query_params.get("types")
    names = tuple(dict.fromkeys(given.split(","))) if given is not None else ()
    for name in names:
        if name not in BY_TYPE:
            raise BadQuery(
                "types", _("There is no such type: one of %(names)s.") % {"names": ", ".join(sorted(BY_TYPE))}
            )
    return names


def _answer(request: Request, page: Page, at: FeedState, reader: FeedReader, is_flat: bool) -> Response:
    headers = {}
    if not page.results:
        headers["ETag"] = f'"{at.epoch.hex}-{page.last}"'
        if is_tag_known(request, headers["ETag"]):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers=headers)
    body: dict[str, Any] = {
        "epoch": str(at.epoch),
        "results": [flat(entry) for entry in page.results] if is_flat else page.results,
        "next": next_address(request, page.last, at, reader) if page.has_more else None,
        "next_after": page.last,
        "head": at.head,
        "has_more": page.has_more,
    }
    return Response(body, headers=headers)


def _seconds(request: Request) -> int:
    text = request.query_params.get("wait", "0")
    if not (text.isascii() and text.isdigit()) or len(text) > 3 or int(text) > LONGEST_WAIT:
        raise BadQuery("wait", _("Give seconds from 0 to %(most)d.") % {"most": LONGEST_WAIT})
    return int(text)


def _actor(request: Request) -> Any:
    given = request.query_params.get("exclude_actor")
    if given not in (None, "self"):
        raise BadQuery("exclude_actor", _("Write self, or leave it out."))
    return request.user.pk if given else None
