"""What a client may see of the feed, and whether that is still what it could see when it last asked."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
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


def reader_of(request: Request, types: Iterable[str], head: int) -> FeedReader:
    """The token as a reader of the feed. Where its sight is another than when it last asked, or at its first request
    than that of its account's other tokens, whose places it may go on from, it is noted that it changed here."""
    sight, token = _sight(request, types), request.auth
    assert isinstance(token, ApiToken)  # nobody else comes past the scopes
    with guard.declared(FeedReader._meta.db_table):
        reader, is_new = FeedReader.objects.get_or_create(token=token, defaults=_at_first(token, sight, head))
        if not is_new and reader.sight != sight:
            reader.sight, reader.changed_at_seq, reader.told = sight, head, {}
            reader.save()
    return reader


def note_told(reader: FeedReader, types: Sequence[str], place: int) -> None:
    """That it was told everything of these types up to this place, while older places of its have to be told apart."""
    place = min(place, reader.changed_at_seq)
    if place <= reader.was_told(types):
        return
    with transaction.atomic(), guard.declared(FeedReader._meta.db_table):
        # Several pipelines may start over with one token at once, each with types of its own.
        now = FeedReader.objects.select_for_update().get(pk=reader.pk)
        if now.sight == reader.sight and now.changed_at_seq == reader.changed_at_seq:
            now.told |= {kind: max(place, now.told.get(kind, 0)) for kind in types}
            now.save(update_fields=["told"])


def _at_first(token: ApiToken, sight: str, head: int) -> dict[str, Any]:
    others = FeedReader.objects.filter(token__account=token.account_id).order_by("-changed_at_seq")
    latest = others.first()
    if latest is None:
        return {"sight": sight}
    if others.exclude(sight=sight).exists():
        return {"sight": sight, "changed_at_seq": head}
    return {"sight": sight, "changed_at_seq": latest.changed_at_seq, "told": latest.told}


def _sight(request: Request, types: Iterable[str]) -> str:
    account: Any = request.user
    circle = (
        [] if account.role in SEES_ALL else [sorted(map(str, one)) for one in (units_of(account), lent_to(account))]
    )
    told = json.dumps([account.role in SEES_ALL, circle, list(types)])
    return hashlib.sha256(told.encode()).hexdigest()
