"""POST /bulk/{resource}."""

from typing import Any, ClassVar, Final

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.bulk.rows import Result, Rows
from api.problems import BadRows, Unprocessable
from api.protocol import Protocol, body_of, caller
from api.registry import RESOURCES, view_of

MOST_ROWS: Final = 1000
_MEMBERS: Final = {"rows", "atomic", "dry_run"}
_ERROR: Final = {
    "type": "object",
    "required": ["pointer", "code", "detail"],
    "properties": {name: {"type": "string"} for name in ("pointer", "code", "detail")},
}
_RESULT: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["index", "status"],
    "properties": {
        "index": {"type": "integer"},
        "status": {"type": "integer", "description": "What the row would have been answered alone."},
        "id": {"type": "string", "format": "uuid"},
        "version": {"type": "integer"},
        "errors": {"type": "array", "items": _ERROR},
    },
}
ANSWER: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["results"],
    "properties": {"results": {"type": "array", "items": _RESULT}},
}
ASKED: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["rows"],
    "additionalProperties": False,
    "properties": {
        "rows": {"type": "array", "minItems": 1, "maxItems": MOST_ROWS, "items": {"type": "object"}},
        "atomic": {"type": "boolean", "default": False, "description": "All of it or nothing."},
        "dry_run": {"type": "boolean", "default": False, "description": "Says what would be; writes nothing."},
    },
}


class Bulk(Protocol, APIView):
    """Rows of one resource, recorded or changed: by the name of another system, by id, or new."""

    longest_body = 10 * 1024 * 1024
    basename: ClassVar[str] = ""
    scopes: ClassVar[tuple[str, ...]] = ()

    @extend_schema(request={"application/json": ASKED}, responses={(200, "application/json"): ANSWER})
    def post(self, request: Request) -> Response:
        """Up to 1,000 rows, each as the resource's own POST reads it; beside it `external_id` ({source, value}) for an
        upsert, and `version` where the row may only change that very version. One result a row, in their order. Not
        atomic: good rows land, bad ones are named. Atomic: one 422 that names the bad ones, and nothing is written."""
        rows, is_atomic, is_dry = _asked(body_of(request))
        with transaction.atomic():
            results = Rows(view_of(self.basename, request, "create"), caller(request), rows).write()
            bad = [error for result in results for error in result.errors]
            if is_atomic and bad:
                raise BadRows(bad)
            if is_dry:
                transaction.set_rollback(True)
                _forget_new(results)
        return Response({"results": [result.told() for result in results]})


def bulk_of(name: str) -> type[Bulk]:
    """The endpoint for batches of that resource: what its own address asks of a client, they ask too."""
    view = RESOURCES[name]
    asked = {"basename": name, "verb": view.verb, "scopes": getattr(view, "scopes", ())}
    return type("Bulk", (Bulk,), {"__doc__": Bulk.__doc__, **asked})


def _forget_new(results: list[Result]) -> None:
    """What was not kept has no id that anybody could ask for."""
    for result in results:
        if result.status == 201:
            result.id = None


def _asked(body: Any) -> tuple[list[Any], bool, bool]:
    """Raises Unprocessable."""
    if not isinstance(body, dict):
        raise Unprocessable("", _("Write an object with rows."), "invalid")
    for name in body:
        if name not in _MEMBERS:
            raise Unprocessable(f"/{name}", _("There is no such field."), "unknown_field")
    rows, flags = body.get("rows"), [body.get(name, False) for name in ("atomic", "dry_run")]
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_ROWS:
        raise Unprocessable("/rows", _("Give 1 to %(most)d rows.") % {"most": MOST_ROWS}, "invalid")
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            raise Unprocessable(f"/rows/{index}", _("A row is an object."), "invalid")
    for name, flag in zip(("atomic", "dry_run"), flags, strict=True):
        if not isinstance(flag, bool):
            raise Unprocessable(f"/{name}", _("Write true or false."), "invalid")
    return rows, flags[0], flags[1]
