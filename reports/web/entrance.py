"""Who comes through the doors of the report pages. The clock is read here."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from uuid_utils.compat import uuid7

from crm.actions.base import Caller
from crm.models import Account
from crm.permissions import Sight, may, sight_of, stands_for
from crm.queries.at_hand import for_one_request
from reports.kept import Moment, present


def reader_of(request: HttpRequest) -> Account:
    """Who is signed in: every page here asks for it first, which the types of the framework do not tell."""
    assert isinstance(request.user, Account)
    for_one_request(request.user)
    return request.user


def may_do(request: HttpRequest, verb: str) -> bool:
    return may(reader_of(request), verb)


def sight_for(request: HttpRequest, present: Moment) -> Sight:
    """What this reader is not shown of single records now; read once as long as nothing is recorded, for it may be
    thousands of them."""
    reader = reader_of(request)
    return present.once(("sight", present.now, stands_for(reader)), lambda: sight_of(reader))


def require(request: HttpRequest, verb: str) -> None:
    """Raises PermissionDenied."""
    if not may_do(request, verb):
        raise PermissionDenied


def ids_to_begin(request: HttpRequest) -> tuple[UUID | None, UUID | None]:
    """The ids of the run and the edition that this reader may begin from a page, None where not. They go out with the
    forms: pressed twice it is one run, and one edition."""
    run, edition = (uuid7() if may_do(request, verb) else None for verb in ("report.schedule", "report.publish"))
    return run, edition


def moment() -> Moment:
    """The present that a page tells of, with what is kept of the figures."""
    return present(timezone.now)


def caller_of(request: HttpRequest) -> Caller:
    return Caller(reader_of(request), timezone.now(), "page", address=request.META.get("REMOTE_ADDR", ""))
