"""A request that is sent again because its answer was lost has no second effect: it gets the first answer again.

The answer is kept in the transaction of the effect. So is the refusal of what was asked (409, 422): who sends the same
again is told the same, and what is mended is another request, with a key of its own. What was refused for who asked, or
for the moment (401, 403, 404, 429, 5xx), is not kept: the same may be right later."""

import hashlib
from collections.abc import Callable
from typing import Any, Final

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from api.problems import CONTENT_TYPE, BadHeader, StillRunning, Unprocessable, problem_response, refused
from crm import answers
from crm.models import KeptAnswer, guard

HEADER: Final = "Idempotency-Key"
_HEADERS: Final = ("ETag", "Location")
_KEPT_REFUSALS: Final = frozenset({409, 422})
Handler = Callable[..., Any]


def once(handler: Handler) -> Handler:
    """The handler of a POST, for a request that bears a key."""

    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request)
        asked = hashlib.sha256(request._request.body).hexdigest()
        with transaction.atomic(), guard.declared(KeptAnswer._meta.db_table):
            _claim(request, key)
            kept = _kept(request, key)
            if kept is None:
                kept = _keep(request, key, asked, _answered(lambda: handler(request, *args, **kwargs), request))
                return _sent(kept)
        if kept.asked != asked:
            raise Unprocessable("", _("This Idempotency-Key was used for another body."), "idempotency_key_reused")
        return _sent(kept, is_replay=True)

    return answer


def _answered(handle: Callable[[], Any], request: Request) -> Any:
    """The answer, or the refusal that is kept as one: then nothing else of the request is. Raises every other."""
    try:
        with transaction.atomic():
            return handle()
    except Exception as error:
        found = refused(error)
        if found is None or found[0] not in _KEPT_REFUSALS:
            raise
        return problem_response(error, {"request": request})


def _key(request: Request) -> str:
    given: str = request.headers[HEADER]
    if not (0 < len(given) <= 255 and given.isascii() and given.isprintable()):
        raise BadHeader(HEADER, _("Give 1 to 255 printable ASCII characters."))
    return given


def _claim(request: Request, key: str) -> None:
    """Raises StillRunning where another request with this key is at work. On SQLite one writes at a time: there the
    second waits, and then finds the answer of the first."""
    if connection.vendor != "postgresql":
        return
    told = f"{request.user.pk} {request.method} {request.path} {key}"
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise StillRunning


def _kept(request: Request, key: str) -> KeptAnswer | None:
    asked: dict[str, Any] = {"account": request.user, "method": request.method, "path": request.path, "key": key}
    kept = KeptAnswer.objects.filter(**asked).first()
    # The day's run takes away what has been kept its time; until it does, the place is in the way of a new answer.
    return None if kept is not None and answers.forget_old(timezone.now(), pk=kept.pk) else kept


def _keep(request: Request, key: str, asked: str, response: Any) -> KeptAnswer:
    return KeptAnswer.objects.create(
        account=request.user,  # type: ignore[misc]
        method=request.method,
        path=request.path,
        key=key,
        asked=asked,
        status=response.status_code,
        headers={name: response[name] for name in _HEADERS if name in response},
        body=JSONRenderer().render(response.data),
        answered_at=timezone.now(),
    )


def _sent(kept: KeptAnswer, *, is_replay: bool = False) -> HttpResponse:
    """First and second time alike made from what is kept: the same bytes."""
    headers = {**kept.headers, **({"Idempotency-Replayed": "true"} if is_replay else {})}
    kind = CONTENT_TYPE if kept.status >= 400 else "application/json"
    return HttpResponse(bytes(kept.body), kind, kept.status, headers=headers)
