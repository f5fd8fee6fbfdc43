"""Django's own refusals: a page for people, a problem for clients of the API."""

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.csrf import csrf_failure

from api.problems import plain_problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_api(request):
        return plain_problem(request, 400, "bad_request", _("The request cannot be read."))
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_api(request):
        return plain_problem(request, 403, "permission_denied", _("Your role does not allow this."))
    return defaults.permission_denied(request, exception)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of this session. One that signs in is shown anew: who opened two tabs and signed in with
    the first has an old one in the second, and comes in from there."""
    login = reverse("login")
    if request.path != login:
        return csrf_failure(request, reason)
    if not request.user.is_authenticated:
        messages.info(request, _("This page was an older one. Please sign in here."))
    ahead = request.POST.get(REDIRECT_FIELD_NAME, "")
    return redirect(f"{login}?{urlencode({REDIRECT_FIELD_NAME: ahead})}" if ahead else login)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_api(request):
        return plain_problem(request, 404, "not_found", _("There is nothing at this address."))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if _is_api(request):
        return plain_problem(request, 500, "unforeseen", _("The error was noted. Please try again later."))
    return defaults.server_error(request)


def _is_api(request: HttpRequest) -> bool:
    return f"{request.path}/".startswith("/api/")
