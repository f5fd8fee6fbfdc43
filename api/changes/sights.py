"""What a client may see of the feed, and whether that is still what it could see when it last asked."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from api.auth import HasScope
from api.registry import BY_TYPE, view_of
from crm.models import ApiToken, guard
from crm.models.feed import FeedReader
from crm.permissions import SEES_ALL, may
from crm.queries.deputising import lent_to
from crm.queries.visibility import units_of


def types_for(request: Request) -> tuple[str, ...]:
    """The types of which this client may read records at all, by its scopes and its role."""
    views = ((kind, view_of(BY_TYPE[kind], request)) for kind in sorted(BY_TYPE))
    allowed = HasScope()
    return tuple(
        kind
        for kind, view in views
        if allowed.has_permission(request, view) and may(request.user, view.verb)  # type: ignore[arg-type]
    )


def asked_of(types: Iterable[str], allowed: tuple[str, ...]) -> list[str]:
    """The types that are named, or all that are allowed. Raises PermissionDenied for one that is not: an empty page
    would say that there is nothing."""
    asked = list(types)
    if not set(asked) <= set(allowed):
        raise PermissionDenied(HasScope.message)
    return asked or list(allowed)


def reader_of(request: Request, types: Iterable[str], head: int, *, restarts: bool) -> FeedReader:
    """The token as a reader of the feed. Where its sight is another than when it last asked, or at its first request
    than that of its account's other tokens, whose places it may go on from, it is noted that it changed here;
    `restarts`: it reads from 0."""
    sight, token = _sight(request, types), request.auth
    assert isinstance(token, ApiToken)  # nobody else comes past the scopes
    with guard.declared(FeedReader._meta.db_table):
        first = {
            "sight": sight,
            "changed_at_seq": head,
            "has_restarted": lambda: restarts or _is_sight_of_all(token, sight),
        }
        reader, is_new = FeedReader.objects.get_or_create(token=token, defaults=first)
        if not is_new and reader.sight != sight:
            reader.sight, reader.changed_at_seq, reader.has_restarted = sight, head, restarts
            reader.save()
        elif restarts and not reader.has_restarted:
            reader.has_restarted = True
            reader.save()
    return reader


def _is_sight_of_all(token: ApiToken, sight: str) -> bool:
    others = FeedReader.objects.filter(token__account=token.account_id)
    return not others.exclude(sight=sight, has_restarted=True).exists()


def _sight(request: Request, types: Iterable[str]) -> str:
    account: Any = request.user
    circle = (
        [] if account.role in SEES_ALL else [sorted(map(str, one)) for one in (units_of(account), lent_to(account))]
    )
    told = json.dumps([account.role in SEES_ALL, circle, list(types)])
    return hashlib.sha256(told.encode()).hexdigest()
