"""The web server's worker. What it refuses before the site hears of it (a request line that is none, headers that are
too long) is told like every other refusal: as a problem, never as a page."""

import json
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy
from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

_MALFORMED: Final = (400, "malformed", gettext_lazy("The request cannot be read."))
_UNFORESEEN: Final = (500, "unforeseen", gettext_lazy("The error was noted. Please try again later."))
_TOLD: Final[dict[type[Exception], tuple[int, str, Any]]] = {
    errors.LimitRequestLine: (414, "address_too_long", gettext_lazy("The address is too long.")),
    errors.LimitRequestHeaders: (431, "headers_too_large", gettext_lazy("The headers are too many or too long.")),
    errors.ExpectationFailed: (417, "expectation_failed", gettext_lazy("This expectation cannot be met.")),
    errors.UnsupportedTransferCoding: (501, "unknown_coding", gettext_lazy("This transfer coding is not read.")),
    # Of what the site answered, not of what it was asked.
    errors.InvalidResponseHeader: _UNFORESEEN,
    errors.InvalidResponseHeaderName: _UNFORESEEN,
    errors.ConfigurationProblem: _UNFORESEEN,
}


class Worker(ThreadWorker):
    """Serves from its threads."""

    def load_wsgi(self) -> None:
        super().load_wsgi()
        from api.changes import waiting

        waiting.serve_from(self.cfg.threads)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Answers what could not be served, and notes why."""
        otherwise = _MALFORMED if isinstance(exc, errors.ParseException) else _UNFORESEEN
        status, code, detail = _TOLD.get(type(exc), otherwise)
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("unforeseen error while serving", exc_info=exc)
        else:
            self.log.warning("unreadable request from %s: %s", (addr or ("",))[0], exc)
        with suppress(OSError):
            util.write(client, _answer(status, code, detail))


def _answer(status: int, code: str, detail: Any) -> bytes:
    # Read here: the worker is there before the site is set up.
    from api.problems import CONTENT_TYPE, problem

    with translation.override(settings.LANGUAGE_CODE):
        told = problem(None, status, code, str(detail))
    body = json.dumps(told, ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nConnection: close\r\nContent-Type: {CONTENT_TYPE}\r\n"
        f"Content-Length: {len(body)}\r\nX-Request-ID: {told['request_id']}\r\nCache-Control: private, no-cache\r\n\r\n"
    )
    return head.encode("ascii") + body
