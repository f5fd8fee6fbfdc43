"""A request that is sent again because its answer was lost has no second effect: it gets the first answer again.

The answer is kept in the transaction of the effect. So is the refusal of what was asked (409, 422): who sends the same
again is told the same, and what is mended is another request, with a key of its own. What was refused for who asked, or
for the moment (401, 403, 404, 429, 5xx), is not kept: the same may be right later."""

import fcntl
import hashlib
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

from django.conf import settings
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
_PLACES: Final = 2**62 - 1  # in a file
_KEPT_REFUSALS: Final = frozenset({409, 422})
Handler = Callable[..., Any]


def once(handler: Handler) -> Handler:
    """The handler of a POST, for a request that bears a key."""

    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request)
        asked = hashlib.sha256(request._request.body).hexdigest()
        with _claimed(request, key), guard.declared(KeptAnswer._meta.db_table):
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


@contextmanager
def _claimed(request: Request, key: str) -> Iterator[None]:
    """A transaction, in which nobody else is at work with this key. Raises StillRunning where somebody is."""
    told = f"{request.user.pk} {request.method} {request.path} {key}"
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], signed=True)
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
            if not cursor.fetchone()[0]:
                raise StillRunning
            yield
    else:
        # SQLite has no lock but that of who writes: who waited for it would not be told that the first still runs.
        with open(settings.DATA_DIR / "answering.lock", "ab") as file:
            _hold(file, number)
            with transaction.atomic():
                yield


def _hold(file: IO[bytes], number: int) -> None:
    """Until the file is closed, or the process killed: one byte of the file for one request. An embedded database is of
    one machine, and of each open file the system knows what it holds, whichever thread opened it."""
    asked = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, number & _PLACES, 1, 0)
    try:
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, asked)
    except BlockingIOError as error:
        raise StillRunning from error


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
