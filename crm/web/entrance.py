"""The entrance of every page: signed in, allowed, and the one place that makes the actions' caller.

The clock is read here and passed in.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urldefrag

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from crm.actions.base import Caller, Forbidden
from crm.models import Account
from crm.permissions import may, readable
from crm.queries.at_hand import for_one_request
from crm.queries.deputising import on_this_day

P = ParamSpec("P")
M = TypeVar("M", bound=Model)
SAFE = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")
DEED = ("POST",)


class PageRequest(HttpRequest):
    """A request of somebody who has signed in. `verb` is what it takes."""

    user: Account
    verb: str


Page = Callable[Concatenate[PageRequest, P], HttpResponseBase]


def page(
    verb: str, methods: Sequence[str] = SAFE, *, to_post: str = ""
) -> Callable[[Page[P]], Callable[..., HttpResponseBase]]:
    """Makes a function a page for those whose role has the verb: others are sent to sign in, or get a 403.

    `to_post` is the verb that sending the page's form takes, where that is another than reading it."""

    def wrap(view: Page[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def run(request: PageRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            on_this_day(request.user, today())
            for_one_request(request.user)
            request.verb = to_post if to_post and request.method == "POST" else verb
            if not may(request.user, request.verb):
                raise PermissionDenied
            try:
                response = view(request, *args, **kwargs)
            except Forbidden as error:
                raise PermissionDenied from error
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, private=True, no_cache=True)
            return response

        guarded = require_http_methods(methods)(_signed_in(run))
        # What the tests of the policy read: a page without a rule fails them.
        guarded.verb, guarded.to_post = verb, to_post  # type: ignore[attr-defined]
        return guarded

    return wrap


def _signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Others are sent to sign in; what was asked for in a place of a page does not put that form into the place, but
    leads to it and back to the page."""
    otherwise = login_required(view)

    @wraps(view)
    def run(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_in_place(request) and not request.user.is_authenticated:
            return HttpResponseClientRedirect(redirect_to_login(request.htmx.current_url_abs_path or "/").url)
        return otherwise(request, *args, **kwargs)

    return run


def found_or_404(request: PageRequest, found: type[M] | QuerySet[M], **which: Any) -> M:
    """The record that a page is about: a 404 where it is kept from the reader, a 403 where the reader sees it and may
    not do with it what the page does."""
    queryset = found if isinstance(found, QuerySet) else found._default_manager.all()
    record = get_object_or_404(readable(request.user, queryset), **which)
    if not may(request.user, request.verb, record):
        raise PermissionDenied
    return record


def that_stand(request: HttpRequest, model: type[M]) -> QuerySet[M]:
    """The records that a form may be opened for. One that is archived while the form is open is there for who sends it:
    the action refuses, and the form says so with all that was typed."""
    records = model._default_manager.all()
    return records if request.method == "POST" else records.filter(archived_at=None)


def caller(request: PageRequest, reason: str = "") -> Caller:
    return Caller(request.user, timezone.now(), "page", address=request.META.get("REMOTE_ADDR", ""), reason=reason)


def today() -> date:
    """The day in Seoul."""
    return timezone.localdate()


def came_from(request: HttpRequest) -> str:
    """The page to lead back to (`next` of the form or the address), never one of another host; empty where none is
    named."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted.startswith("/") and safe else ""


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page that the form came from."""
    return HttpResponseRedirect(came_from(request) or otherwise)


def is_in_place(request: HttpRequest) -> bool:
    """Whether a page asks for a form in its own place, or sends it from there."""
    return bool(getattr(request, "htmx", False))


def back_whole(request: HttpRequest, otherwise: str) -> HttpResponse:
    """The same, of a form that may have been sent in its place: the page comes whole, with what is told above it."""
    if not is_in_place(request):
        return back(request, otherwise)
    # An address with a place in the page would not be asked for again.
    return HttpResponseClientRedirect(urldefrag(came_from(request) or otherwise).url)
