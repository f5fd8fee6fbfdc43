"""Keyset pages: each begins after the last row of the one before, whatever is written meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from api.accepted import some_of
from api.problems import BadQuery, UnknownCursor

DEFAULT_LIMIT, LARGEST_LIMIT = 50, 1000
_FIELDS = "Names with commas between: only these, and id."
OWN_PARAMETERS = frozenset({"limit", "cursor", "ordering", "fields"})


@dataclass(frozen=True, slots=True)
class Order:
    """By what a list is sorted; the id decides between equals."""

    name: str
    descending: bool
    nullable: bool

    def columns(self) -> list[OrderBy]:
        names = ["id"] if self.name == "id" else [self.name, "id"]
        last = True if self.nullable else None
        return [
            OrderBy(F(name), descending=self.descending, nulls_last=last if name == self.name else None)
            for name in names
        ]


class KeysetPagination(BasePagination):
    """`?limit=&ordering=&cursor=` → `{"results": […], "next": url or null}`. Raises BadQuery.

    The view names in `ordering_fields` by what it may be sorted. Records that have no value there come last, whichever
    the direction."""

    next: str | None = None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        found, order = self._wanted(queryset, request, view)
        return self._page(request, list(found), lambda record: (getattr(record, order.name), record.pk))

    def texts(self, queryset: Any, request: Request, view: Any) -> list[str] | None:
        """The page as the database tells it, each row as JSON; None where it cannot."""
        found, order = self._wanted(queryset, request, view)
        rows = view.texts(found, order.name)
        if rows is None:
            return None
        return [text for _value, _pk, text in self._page(request, rows, lambda row: row[:2])]

    def _wanted(self, queryset: Any, request: Request, view: Any) -> tuple[Any, Order]:
        """A page of the records, and one more if there is one."""
        limit = limit_of(request)
        order = _order(request, queryset.model, view.ordering_fields)
        position = _position(request)
        if position is not None:
            queryset = _after(queryset, order, position)
        return queryset.order_by(*order.columns())[: limit + 1], order

    def _page(self, request: Request, rows: list[Any], place: Callable[[Any], tuple[Any, Any]]) -> list[Any]:
        limit = limit_of(request)
        if len(rows) > limit:
            rows = rows[:limit]
            value, pk = place(rows[-1])
            self.next = _next_address(request, [_told(value), str(pk)])
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self.next})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {"results": _rows(schema), "next": {"type": ["string", "null"], "format": "uri"}},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        choices = [f"{sign}{name}" for name in view.ordering_fields for sign in ("", "-")]
        return [
            _parameter("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT}),
            _parameter("ordering", {"type": "string", "enum": choices, "default": "id"}),
            _parameter("cursor", {"type": "string"}),
            _parameter("fields", {"type": "string", "pattern": some_of(readable_fields(view)), "description": _FIELDS}),
        ]


def _rows(schema: dict[str, Any]) -> dict[str, Any]:
    """Whole records, or where `fields` asks for less what it asks for."""
    some = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}},
        "additionalProperties": True,
    }
    return {**schema, "items": {"anyOf": [schema["items"], some]}}


def readable_fields(view: Any) -> list[str]:
    return [name for name, field in view.reader().fields.items() if not field.write_only]


def fields_of(request: Request, view: Any) -> frozenset[str] | None:
    """The fields that a list shall tell; None: all of them. Raises BadQuery."""
    given = request.query_params.get("fields")
    if given is None:
        return None
    names, known = given.split(","), readable_fields(view)
    for name in names:
        if name not in known:
            raise BadQuery("fields", _("Name some of: %(names)s.") % {"names": ", ".join(known)})
    return frozenset({*names, "id"})


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def limit_of(request: Request) -> int:
    """How many rows a page has. Raises BadQuery."""
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    # A very long one is not even read as a number.
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or not 1 <= int(text) <= LARGEST_LIMIT:
        raise BadQuery("limit", _("Give a number from 1 to %(most)d.") % {"most": LARGEST_LIMIT})
    return int(text)


def _order(request: Request, model: type[Model], fields: Sequence[str]) -> Order:
    ordering = request.query_params.get("ordering", "id")
    name = ordering.removeprefix("-")
    if name not in fields:
        raise BadQuery("ordering", _("Sort by one of: %(names)s.") % {"names": ", ".join(fields)})
    return Order(name, ordering.startswith("-"), bool(getattr(model._meta.get_field(name), "null", False)))


def _belongs(request: Request) -> str:
    """What a cursor is signed for: this client, this list, its filters and its order. With any other it is none."""
    kept = sorted((k, v) for k, v in request.query_params.items() if k not in ("cursor", "limit"))
    return f"api.cursor {request.user.pk} {request.path}?{urlencode(kept)}"


def _position(request: Request) -> list[Any] | None:
    cursor = request.query_params.get("cursor")
    if cursor is None:
        return None
    try:
        return list(signing.loads(cursor, salt=_belongs(request)))
    except signing.BadSignature as error:
        raise UnknownCursor from error


def _after(queryset: QuerySet[Any], order: Order, position: list[Any]) -> QuerySet[Any]:
    value, pk = position
    way = "lt" if order.descending else "gt"
    among_equals = Q(**{f"id__{way}": pk})
    if order.name == "id":
        return queryset.filter(among_equals)
    if value is None:
        return queryset.filter(among_equals, **{f"{order.name}__isnull": True})
    beyond = Q(**{f"{order.name}__{way}": value}) | Q(among_equals, **{order.name: value})
    if order.nullable:
        beyond |= Q(**{f"{order.name}__isnull": True})
    return queryset.filter(beyond)


def _told(value: Any) -> str | None:
    if value is None:
        return None
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


def _next_address(request: Request, position: list[Any]) -> str:
    # Packed: a long Korean title would otherwise make an address longer than web servers read.
    cursor = signing.dumps(position, salt=_belongs(request), compress=True)
    query = {**request.query_params.dict(), "cursor": cursor}
    return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
