"""Every answer that a test gets is held against the OpenAPI document: what is not promised there fails the test."""

import copy
import functools
import re
from typing import Any
from urllib.parse import urlsplit

import jsonschema
from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator

PROBLEM = "#/components/schemas/Problem"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_NAMED = re.compile(r"by-external-id/[^/]+/[^/]+")
_PLACE = re.compile(r"\{\w+\}")


@functools.cache
def contract() -> dict[str, Any]:
    """The document, closed: a field or a word that it does not name is an error here, though clients ignore it."""
    found: dict[str, Any] = _closed(copy.deepcopy(SchemaGenerator().get_schema(public=True)))
    for schema in found["components"]["schemas"].values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return found


def _closed(part: Any) -> Any:
    if isinstance(part, list):
        return [_closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {"enum" if name == "x-extensible-enum" else name: _closed(one) for name, one in part.items()}


@functools.cache
def _validator(pointer: str) -> jsonschema.Draft202012Validator:
    document = {**contract(), "$ref": pointer}
    return jsonschema.Draft202012Validator(document, format_checker=jsonschema.FormatChecker(("date", "uuid")))


@functools.cache
def _templates() -> dict[str, str]:
    """The addresses of the document, by what they are without the names of their parameters."""
    return {_PLACE.sub("{}", template): template for template in contract()["paths"]}


def hold(method: str, path: str, sent: Any, answer: HttpResponse) -> None:
    """Fails where the answer, or a body that was accepted, is not what the document says."""
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json", answer.content
        _validator(PROBLEM).validate(answer.json())
        return
    template = _templates()[_NAMED.sub("by-external-id/{}/{}", _UUID.sub("{}", urlsplit(path).path))]
    operation = contract()["paths"][template][method]
    told = operation["responses"][str(answer.status_code)]
    place = f"#/paths/{template.replace('/', '~1')}/{method}"
    assert {name for name in told.get("headers", ()) if name not in answer} == set()
    if "content" in told:
        assert answer["Content-Type"] in told["content"]
        _validator(f"{place}/responses/{answer.status_code}/content/application~1json/schema").validate(answer.json())
    if "requestBody" in operation and isinstance(sent, dict):
        _validator(f"{place}/requestBody/content/application~1json/schema").validate(sent)


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    """The problem, which has this status."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status and body["request_id"] == answer["X-Request-ID"]
    return body


def refused(answer: Any, status: int = 422) -> set[tuple[str, str]]:
    """The pointer and the code of each error."""
    return {(error["pointer"], error["code"]) for error in problem_of(answer, status)["errors"]}
