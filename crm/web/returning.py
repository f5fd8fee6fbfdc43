"""Where one stands who had to sign in again in the middle of a form."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme


def to_the_form(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leads who sent a form and has to sign in first back to the page of the form, where what was typed is kept: what
    forms are sent to is often no page of its own."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and (page := _page_of_the_form(request)):
            asked = redirect_to_login(request.get_full_path(), settings.LOGIN_URL)["Location"]
            if response.get("Location") == asked:
                return redirect_to_login(page, settings.LOGIN_URL)
        return response

    return respond


def _page_of_the_form(request: HttpRequest) -> str:
    """Of this host; empty where the browser does not tell it."""
    told = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(told, {request.get_host()}, request.is_secure()):
        return ""
    return urlsplit(told)._replace(scheme="", netloc="", fragment="").geturl()
