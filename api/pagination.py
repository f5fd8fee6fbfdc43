"""Keyset pages: each begins after the last row of the one before, whatever is written meanwhile."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from api.problems import BadQuery

DEFAULT_LIMIT, LARGEST_LIMIT = 50, 1000
OWN_PARAMETERS = frozenset({"limit", "cursor", "ordering"})
_SALT = "api.cursor"


class KeysetPagination(BasePagination):
    """`?limit=&ordering=&cursor=` → `{"results": […], "next": url or null}`. Raises BadQuery.

    The view names in `ordering_fields` by what it may be sorted: columns that are never empty."""

    next: str | None = None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        limit = _limit(request)
        ordering = _ordering(request, view.ordering_fields)
        name = ordering.removeprefix("-")
        position = _position(request, ordering)
        if position is not None:
            queryset = _after(queryset, ordering, position)
        sort = [ordering] if name == "id" else [ordering, "-id" if ordering.startswith("-") else "id"]
        rows = list(queryset.order_by(*sort)[: limit + 1])
        if len(rows) > limit:
            rows = rows[:limit]
            last = [str(getattr(rows[-1], name)), str(rows[-1].pk)]
            if hasattr(getattr(rows[-1], name), "isoformat"):
                last[0] = getattr(rows[-1], name).isoformat()
            self.next = _next_address(request, ordering, last)
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self.next})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {"results": schema, "next": {"type": ["string", "null"], "format": "uri"}},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        choices = [f"{sign}{name}" for name in view.ordering_fields for sign in ("", "-")]
        return [
            _parameter("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT}),
            _parameter("ordering", {"type": "string", "enum": choices, "default": "id"}),
            _parameter("cursor", {"type": "string"}),
        ]


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= LARGEST_LIMIT:
        raise BadQuery("limit", _("Give a number from 1 to %(most)d.") % {"most": LARGEST_LIMIT})
    return int(text)


def _ordering(request: Request, fields: Sequence[str]) -> str:
    ordering = request.query_params.get("ordering", "id")
    if ordering.removeprefix("-") not in fields:
        raise BadQuery("ordering", _("Sort by one of: %(names)s.") % {"names": ", ".join(fields)})
    return ordering


def _filters(request: Request) -> str:
    kept = sorted((k, v) for k, v in request.query_params.items() if k not in ("cursor", "limit"))
    return urlencode(kept)


def _position(request: Request, ordering: str) -> list[str] | None:
    cursor = request.query_params.get("cursor")
    if cursor is None:
        return None
    refusal = BadQuery("cursor", _("This cursor belongs to another list, or is none."))
    try:
        found = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature as error:
        raise refusal from error
    if found["o"] != ordering or found["f"] != _filters(request) or found["a"] != str(request.user.pk):
        raise refusal
    return list(found["p"])


def _after(queryset: QuerySet[Any], ordering: str, position: list[str]) -> QuerySet[Any]:
    name, way = ordering.removeprefix("-"), "lt" if ordering.startswith("-") else "gt"
    value, pk = position
    beyond = (
        Q(**{f"id__{way}": pk})
        if name == "id"
        else Q(**{f"{name}__{way}": value}) | Q(**{name: value, f"id__{way}": pk})
    )
    try:
        return queryset.filter(beyond)
    except (ValidationError, ValueError) as error:
        raise BadQuery("cursor", _("This cursor belongs to another list, or is none.")) from error


def _next_address(request: Request, ordering: str, position: list[str]) -> str:
    place = {"o": ordering, "f": _filters(request), "a": str(request.user.pk), "p": position}
    query = {**request.query_params.dict(), "cursor": signing.dumps(place, salt=_SALT)}
    return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
