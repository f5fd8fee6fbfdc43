"""The OpenAPI document and the pages that show it."""

from collections.abc import Iterator
from typing import Any, ClassVar

from csp.decorators import csp_replace
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request

from api import accepted
from api.protocol import Answers, ByAccept, check_parameters

_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "request_id", "errors"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "instance": _TEXT,
        "request_id": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": dict.fromkeys(("pointer", "code", "detail"), _TEXT),
            },
        },
        "current_version": {"type": "integer", "description": "With 412: the version that the record has now."},
        "resync_url": {"type": "string", "description": "With 410: where the feed begins."},
    },
}
_ETAG = {"ETag": {"description": "The version of the record.", "schema": _TEXT}}
_REASON = "Why: kept with the change. UTF-8, or percent-encoded."
_KEY = "Of your own making: sent again with the same body, the answer is the first."
_LOCATION = {"Location": {"description": "The address of the record.", "schema": _TEXT}}


def tell_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Adds what the protocol does for every operation: problems, ETags, conditions, reasons."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in schemas.items():
        # An answer always has all of its fields; only of a request may some be left out.
        if not name.endswith("Request") and "properties" in schema:
            schema["required"] = list(schema["properties"])
            _open_words(schema)
        if name.endswith("Request"):
            accepted.tell_body(schema)
    schemas["Problem"] = _PROBLEM
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            for parameter in operation.setdefault("parameters", []):
                accepted.tell_parameter(parameter)
            operation["parameters"].extend(_headers(path, method))
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
            _tell_answers(path, method, operation["responses"])
    _tell_links(result["paths"])
    return result


def _open_words(schema: dict[str, Any]) -> None:
    """What an answer may say grows: the words of today are named, and a client takes any other for text. What a request
    may say are these words and no other."""
    for part in accepted.parts_of(schema):
        if "enum" in part:
            part["x-extensible-enum"] = part.pop("enum")
            part.pop("x-spec-enum-id", None)


def _tell_links(paths: dict[str, Any]) -> None:
    """From a record that was made to what can be done with it, with the tag that this takes."""
    for path, methods in paths.items():
        made = paths.get(path.removesuffix("/{id}"), {}).get("post") if path.endswith("/{id}") else None
        if made is not None:
            own = {method: methods[method]["operationId"] for method in ("get", "patch", "delete") if method in methods}
            made["responses"]["201"]["links"] = {name: _link(method, name) for method, name in own.items()}


def _link(method: str, operation: str) -> dict[str, Any]:
    tag = {} if method == "get" else {"header.If-Match": "$response.header.ETag"}
    return {"operationId": operation, "parameters": {"path.id": "$response.body#/id", **tag}}


def _headers(path: str, method: str) -> Iterator[dict[str, Any]]:
    """The headers that an operation reads."""
    if method in ("patch", "delete"):
        yield _header("If-Match", "The ETag of the record as you know it.", accepted.ETAGS, required=True)
    if method == "put":
        yield _header("If-Match", "The ETag of the record as you know it, where there is one.", accepted.ETAGS)
    if method == "delete":
        yield _header("X-Reason", _REASON, accepted.SAYS_SOMETHING, required=True)
    if method == "post":
        yield _header("Idempotency-Key", _KEY, accepted.IDEMPOTENCY_KEY)
    if method in ("patch", "post", "put"):
        yield _header("X-Reason", _REASON)
    if method == "get" and path.endswith("id}"):
        yield _header("If-None-Match", "The ETag that you have: 304 while it is the record's.")
    if path.startswith("/api/v1/contacts"):
        yield _header("X-Purpose", "What the personal data is needed for: kept in the access log.")
    yield _header("X-Request-ID", "Comes back with the answer.")


def _header(name: str, description: str, pattern: str = "", required: bool = False) -> dict[str, Any]:
    schema = {**_TEXT, "pattern": pattern} if pattern else _TEXT
    return {"name": name, "in": "header", "required": required, "description": description, "schema": schema}


def _tell_answers(path: str, method: str, responses: dict[str, Any]) -> None:
    if method == "get" and path.endswith("id}"):
        responses["200"]["headers"] = _ETAG
        responses["304"] = {"description": "You have this version already.", "headers": _ETAG}
    if method == "patch" or (method == "delete" and "200" in responses):
        responses["200"]["headers"] = _ETAG
    if method == "put":
        # What the schema of the framework takes for a change also makes new ones.
        responses["201"] = {**responses["200"]}
    if method in ("post", "put") and "201" in responses:
        responses["201"]["headers"] = _ETAG | _LOCATION
    if method == "put":
        responses["200"] = {**responses["200"], "headers": _ETAG}
    responses["default"] = {
        "description": "A problem (RFC 9457)",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


class _Public(Answers):
    """Open to everybody, and as strict about parameters as the rest."""

    content_negotiation_class: Any = ByAccept
    parameters: ClassVar[frozenset[str]] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        check_parameters(request, self.parameters, may_be_empty=frozenset({"script"}))


class Schema(_Public, SpectacularAPIView):
    """The OpenAPI 3.1 document, as YAML or JSON."""


@method_decorator(csp_replace({"style-src": ["'self'", "'unsafe-inline'"]}), name="dispatch")
class Docs(_Public, SpectacularSwaggerSplitView):
    """The documentation. Its program sets styles of its own; everything comes from this server."""

    parameters = frozenset({"script"})
