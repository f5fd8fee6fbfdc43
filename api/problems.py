"""Problem details (RFC 9457) for every refusal below /api/. Codes are frozen, texts follow Accept-Language."""

import logging
import math
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as ModelRefusal
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

from api.tags import etag
from crm.actions.base import Conflict, Forbidden, Stale

CONTENT_TYPE = "application/problem+json"
_TITLES = {
    400: gettext_lazy("The request is malformed"),
    401: gettext_lazy("Not signed in"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("This method is not offered here"),
    406: gettext_lazy("No such representation"),
    409: gettext_lazy("Conflict with another change"),
    410: gettext_lazy("Start over"),
    412: gettext_lazy("The record has changed"),
    413: gettext_lazy("The body is too large"),
    414: gettext_lazy("The address is too long"),
    415: gettext_lazy("This content type is not read"),
    417: gettext_lazy("This expectation is not met"),
    422: gettext_lazy("The content is not valid"),
    428: gettext_lazy("A condition is missing"),
    429: gettext_lazy("Too many requests"),
    431: gettext_lazy("The headers are too large"),
    500: gettext_lazy("Something went wrong here"),
    501: gettext_lazy("Not offered here"),
    503: gettext_lazy("Not available at the moment"),
}
# What Django and REST framework call the whole of what was refused.
_WHOLE = ("", "__all__", "non_field_errors")
log = logging.getLogger("api")


class BadQuery(exceptions.APIException):
    """A parameter of the address is malformed, unknown or given twice. `parameter` names it."""

    status_code = 400
    default_code = "bad_parameter"

    def __init__(self, parameter: str, detail: str, code: str = "bad_parameter") -> None:
        super().__init__(detail, code)
        self.parameter = parameter


class UnknownCursor(BadQuery):
    """A cursor that is none, or another client's, list's or order's: it leads to no place here."""

    status_code = 404
    default_code = "unknown_cursor"

    def __init__(self) -> None:
        super().__init__("cursor", _("This cursor belongs to another list, or is none."), self.default_code)


class BadHeader(exceptions.APIException):
    """A header says nothing that could be meant. `header` names it."""

    status_code = 400
    default_code = "bad_header"

    def __init__(self, header: str, detail: str) -> None:
        super().__init__(detail)
        self.header = header


class Unprocessable(exceptions.APIException):
    status_code = 422
    default_code = "invalid"

    def __init__(self, pointer: str, detail: str, code: str) -> None:
        super().__init__(detail, code)
        self.pointer = pointer


class BadRows(exceptions.APIException):
    """Rows of a whole that was to be written together or not at all. `errors`: all of theirs."""

    status_code = 422
    default_code = "bad_rows"
    default_detail = gettext_lazy("Look at the errors: each names its row and reason. Nothing was written.")

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__()
        self.errors = errors


class PreconditionRequired(exceptions.APIException):
    status_code = 428
    default_code = "if_match_required"
    default_detail = gettext_lazy("Send If-Match with the ETag of the record as you know it.")


class PreconditionFailed(exceptions.APIException):
    status_code = 412
    default_code = "stale"
    default_detail = gettext_lazy("Somebody else changed the record meanwhile. Read it again.")

    def __init__(self, version: int, tag: str = "") -> None:
        super().__init__()
        self.version, self.tag = version, tag


class StartOver(exceptions.APIException):
    """The place that the client names leads nowhere any more: it reads from the beginning, at `resync_url`."""

    status_code = 410

    def __init__(self, code: str, detail: str, resync_url: str) -> None:
        super().__init__(detail, code)
        self.resync_url = resync_url


class Clash(exceptions.APIException):
    status_code = 409
    default_code = "conflict"


class Later(exceptions.APIException):
    """What may be tried again after so many seconds."""

    wait: float


class StillRunning(Later, Clash):
    """The same request is at work at this moment."""

    default_code = "still_running"
    default_detail = gettext_lazy("The same request is still running. Try again shortly.")
    wait = 1


class TooMany(Later):
    """The token has sent its requests of this minute. `wait`: seconds until the next."""

    status_code = 429
    default_code = "too_many_requests"

    def __init__(self, wait: int, detail: str) -> None:
        super().__init__(detail)
        self.wait = wait


class Unavailable(Later):
    """The database is away, or too busy to be written to."""

    status_code = 503
    default_code = "unavailable"
    default_detail = gettext_lazy("The service is not available at the moment. Try again shortly.")
    wait = 2


class TooLarge(exceptions.APIException):
    status_code = 413
    default_code = "too_large"

    def __init__(self, longest: int) -> None:
        super().__init__(_("A body may have %(most)d MB at most.") % {"most": longest // 1024**2})


def problem_response(error: Exception, context: Mapping[str, Any]) -> Response:
    """The problem of any exception. What nobody foresaw is logged, and told without its insides."""
    set_rollback()
    request = context.get("request")
    if request is not None:
        # Whatever the view renders otherwise, a page or YAML: a problem is JSON.
        request.accepted_renderer, request.accepted_media_type = JSONRenderer(), CONTENT_TYPE
    refusal = _as_api_error(error)
    if refusal is None:
        log.exception("unforeseen error in %s", context.get("view"), exc_info=error)
        body = problem(request, 500, "unforeseen", _("The error was noted. Please try again later."))
        return Response(body, 500, headers={"X-Request-ID": body["request_id"]}, content_type=CONTENT_TYPE)
    code = _code(refusal)
    body = problem(request, refusal.status_code, code, _detail(refusal), list(_errors(refusal)))
    if isinstance(refusal, PreconditionFailed):
        body["current_version"] = refusal.version
    if isinstance(refusal, StartOver):
        body["resync_url"] = refusal.resync_url
    headers = {"X-Request-ID": body["request_id"], **_headers(refusal)}
    return Response(body, refusal.status_code, headers=headers, content_type=CONTENT_TYPE)


def refused(error: Exception) -> tuple[int, str, list[dict[str, str]]] | None:
    """What a refusal is by itself, for one row of many: status, code and errors. None for what is no refusal."""
    refusal = _as_api_error(error)
    if refusal is None:
        return None
    code = _code(refusal)
    told = list(_errors(refusal)) or [{"pointer": "", "code": code, "detail": _detail(refusal)}]
    return refusal.status_code, code, _sendable_errors(told)


def problem(
    request: Any, status_code: int, code: str, detail: str, errors: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """The body of a problem: type, title, status, detail, instance, request_id, errors."""
    return {
        "type": f"urn:ieum:problem:{code}",
        "title": str(_TITLES.get(status_code, "")),
        "status": status_code,
        "detail": _sendable(detail),
        "instance": _sendable(request.path) if request is not None else "",
        "request_id": request_id(request),
        "errors": _sendable_errors(errors or []),
    }


def _sendable_errors(errors: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{name: _sendable(text) for name, text in error.items()} for error in errors]


def _sendable(text: str) -> str:
    """The text, with the lone surrogates that it repeats from a request written out: UTF-8 has none."""
    return text.encode(errors="backslashreplace").decode()


def request_id(request: Any) -> str:
    """The client's own X-Request-ID where it is short and plain, else one made here; one a request."""
    plain = getattr(request, "_request", request)
    if plain is None:
        return str(uuid.uuid4())
    if not hasattr(plain, "ieum_request_id"):
        given = plain.headers.get("x-request-id", "")
        fits = 0 < len(given) <= 100 and given.isascii() and given.isprintable()
        plain.ieum_request_id = given if fits else str(uuid.uuid4())
    return str(plain.ieum_request_id)


def plain_problem(request: HttpRequest, status_code: int, code: str, detail: str) -> JsonResponse:
    """A problem outside of REST framework: Django's own refusals and unknown addresses."""
    body = problem(request, status_code, code, detail)
    headers = {"X-Request-ID": body["request_id"]}
    return JsonResponse(body, status=status_code, content_type=CONTENT_TYPE, headers=headers)


def _as_api_error(error: Exception) -> exceptions.APIException | None:
    if isinstance(error, ModelRefusal):
        return exceptions.ValidationError(_model_errors(error))
    if isinstance(error, Forbidden | PermissionDenied):
        return exceptions.PermissionDenied(_("Your role does not allow this."))
    if isinstance(error, Stale):
        return PreconditionFailed(error.current.version, etag(error.current))
    if isinstance(error, Conflict):
        return Clash(str(error))
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, RequestDataTooBig):
        return TooLarge(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if isinstance(error, OperationalError | InterfaceError):
        log.warning("the database did not answer", exc_info=error)
        return Unavailable()
    return error if isinstance(error, exceptions.APIException) else None


def _model_errors(error: ModelRefusal) -> dict[str, Any]:
    """The refusal of an action by field; a name such as `figures/0/value` is a place within the body."""
    if not hasattr(error, "error_dict"):
        return {"": [exceptions.ErrorDetail(m, "invalid") for m in error.messages]}
    found: dict[str, Any] = {}
    for name, refusals in error.error_dict.items():
        *steps, field = name.split("/")
        place = found
        for step in steps:
            place = place.setdefault(step, {})
        place[field] = [exceptions.ErrorDetail(m, r.code or "invalid") for r in refusals for m in r.messages]
    return found


def _code(refusal: exceptions.APIException) -> str:
    if isinstance(refusal, exceptions.ValidationError):
        refusal.status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
        return "invalid"
    codes = refusal.get_codes()
    return codes if isinstance(codes, str) else refusal.default_code


def _detail(refusal: exceptions.APIException) -> str:
    if isinstance(refusal, exceptions.ValidationError):
        return _("Look at the errors: each names its place and reason.")
    return str(refusal.detail)


def _errors(refusal: exceptions.APIException) -> Iterator[dict[str, str]]:
    if isinstance(refusal, BadQuery):
        yield {"pointer": f"?{refusal.parameter}", "code": _code(refusal), "detail": str(refusal.detail)}
    elif isinstance(refusal, BadRows):
        yield from refusal.errors
    elif isinstance(refusal, BadHeader):
        yield {"pointer": refusal.header, "code": _code(refusal), "detail": str(refusal.detail)}
    elif isinstance(refusal, Unprocessable):
        yield {"pointer": refusal.pointer, "code": _code(refusal), "detail": str(refusal.detail)}
    elif isinstance(refusal, exceptions.ValidationError):
        yield from _places("", refusal.detail)


def _places(pointer: str, detail: Any) -> Iterator[dict[str, str]]:
    """Each error of a nested refusal with its JSON pointer."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            own = pointer if name in _WHOLE else f"{pointer}/{_escaped(str(name))}"
            yield from _places(own, inner)
    elif isinstance(detail, list):
        for i, inner in enumerate(detail):
            yield from _places(pointer if isinstance(inner, str) else f"{pointer}/{i}", inner)
    else:
        yield {"pointer": pointer, "code": getattr(detail, "code", None) or "invalid", "detail": str(detail)}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _headers(refusal: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if getattr(refusal, "auth_header", None):
        headers["WWW-Authenticate"] = str(refusal.auth_header)  # type: ignore[attr-defined]
    if isinstance(refusal, Later):
        headers["Retry-After"] = str(math.ceil(refusal.wait))
    if isinstance(refusal, PreconditionFailed):
        headers["ETag"] = refusal.tag
    return headers
