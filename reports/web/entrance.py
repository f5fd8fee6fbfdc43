"""Who comes through the doors of the report pages. The clock is read here."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from crm.actions.base import Caller
from crm.permissions import may


def may_do(request: HttpRequest, verb: str) -> bool:
    return may(request.user, verb)  # type: ignore[arg-type]


def require(request: HttpRequest, verb: str) -> None:
    """Raises PermissionDenied."""
    if not may_do(request, verb):
        raise PermissionDenied


def caller_of(request: HttpRequest) -> Caller:
    return Caller(request.user, timezone.now(), "page", address=request.META.get("REMOTE_ADDR", ""))  # type: ignore[arg-type]
