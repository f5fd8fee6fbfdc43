"""What every endpoint keeps to: how a body is read, which parameters are known, who calls, what the answer carries."""

import json
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, ClassVar, Final
from urllib.parse import unquote

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import MethodNotAllowed, ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import limits, retries
from api.auth import HasScope
from api.leaving import Leaving
from api.problems import BadQuery, TooLarge, request_id
from crm.actions.base import Caller, Forbidden
from crm.models import ApiToken
from crm.permissions import may
from crm.queries.deputising import on_this_day
from crm.values.names import clean

LONGEST_BODY: Final = 2 * 1024 * 1024


class StrictJson(JSONParser):
    """JSON in UTF-8. A name that stands twice in an object is refused: the second would silently replace the first."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return json.loads(stream.read().decode(), object_pairs_hook=_each_once, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is not JSON: %(reason)s") % {"reason": error}) from error


class StrictMergePatch(StrictJson):
    media_type = "application/merge-patch+json"


class ByAccept(DefaultContentNegotiation):
    """The Accept header alone decides: `format` in an address is a parameter like any other, and not known."""

    settings: Any = SimpleNamespace(URL_FORMAT_OVERRIDE=None)


class Answers:
    """What every answer carries: the request's id, that it is nobody else's, what is left of the client's limit, and
    that what was asked goes away, where it does."""

    allowance: limits.Allowance | None = None
    leaving: ClassVar[Leaving | None] = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        refuse_other_methods(self, request)
        super().initial(request, *args, **kwargs)  # type: ignore[misc]

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Which methods there are, in the header Allow; the schema tells the rest."""
        return Response(status=status.HTTP_204_NO_CONTENT)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        final = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        final["X-Request-ID"] = request_id(request)
        final.setdefault("Cache-Control", "private, no-cache")
        for told in (self.allowance, self.leaving):
            for name, value in (told.headers() if told is not None else {}).items():
                final[name] = value
        return final


class Protocol(Answers):
    """An endpoint for tokens: limits, known parameters, permission to read."""

    permission_classes: ClassVar[Any] = [IsAuthenticated, HasScope]
    parser_classes: ClassVar[Any] = [StrictJson]
    content_negotiation_class: ClassVar[Any] = ByAccept
    parameters: ClassVar[frozenset[str]] = frozenset()
    longest_body: ClassVar[int] = LONGEST_BODY
    # What reading here takes; the actions ask for what writing takes.
    verb: ClassVar[str] = "record.read"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if body_length(request) > self.longest_body:
            raise TooLarge(self.longest_body)
        on_this_day(request.user, timezone.localdate())  # type: ignore[arg-type]
        if not may(request.user, self.verb):  # type: ignore[arg-type]
            raise Forbidden(self.verb)
        check_parameters(request, self.known_parameters())
        if request.method == "POST" and retries.HEADER in request.headers:
            self.post: Any = retries.once(self.post)

    def check_permissions(self, request: Request) -> None:
        """What is refused counts too: a client that storms with it is told to wait like any other."""
        if isinstance(request.auth, ApiToken):
            self.allowance = limits.count(request.auth)
            self.allowance.check()
        # Of the view that this is mixed into, which the types do not know.
        super().check_permissions(request)  # type: ignore[misc]

    def known_parameters(self) -> frozenset[str]:
        return self.parameters


def refuse_other_methods(view: Any, request: Request) -> None:
    """What is not offered here is refused as that, whatever else may be wrong. Raises MethodNotAllowed."""
    if request.method not in view.allowed_methods:
        raise MethodNotAllowed(request.method or "")


def check_parameters(request: Request, known: frozenset[str], may_be_empty: frozenset[str] = frozenset()) -> None:
    """Each parameter is known, given once, and says something: an empty one is a script's unset variable, and to leave
    it out would answer another question than was asked. Raises BadQuery."""
    for name, values in request.query_params.lists():
        if name not in known:
            raise BadQuery(name, _("This parameter is not known here."), "unknown_parameter")
        if len(values) > 1:
            raise BadQuery(name, _("This parameter is given twice."), "duplicate_parameter")
        if not values[0].strip() and name not in may_be_empty:
            raise BadQuery(name, _("This parameter is empty; leave it out instead."), "empty_parameter")


def caller(request: Request) -> Caller:
    """The one place where an API request becomes the actions' caller; the clock is read here."""
    address = request.META.get("REMOTE_ADDR", "")
    return Caller(
        request.user,  # type: ignore[arg-type]
        timezone.now(),
        "api",
        address=address,
        reason=header_text(request, "x-reason", 500),
    )


def header_text(request: Request, name: str, longest: int) -> str:
    """A header as text: in UTF-8, or percent-encoded for clients whose headers are ASCII. What no text that is kept
    has, NUL and other control characters, is left out."""
    given = request.headers.get(name, "")
    # A server hands over the bytes of a header as Latin-1.
    with suppress(UnicodeError):
        given = given.encode("latin-1").decode()
    return clean(unquote(given))[:longest]


def body_length(request: Request) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    if not (given.isascii() and given.isdigit()):
        raise ParseError(_("Content-Length is not a number."))
    return int(given)


def body_of(request: Request) -> Any:
    """The body as it was parsed. Raises ParseError where there is none: an empty change would look like a success."""
    if body_length(request) == 0:
        raise ParseError(_("Send a JSON body with its Content-Length."), "body_missing")
    return request.data


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ParseError(_("The name %(name)s stands twice in one object.") % {"name": twice[:100]}, "duplicate_name")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")
