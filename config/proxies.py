"""Whose request it is, behind proxies of our own: the address that rate limits, lock-outs and the access log go by."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def client_address(get_response: Answer) -> Answer:
    """Puts the client's own address where the connecting proxy's stands, once and for everybody who reads it.

    Every proxy adds to the end of X-Forwarded-For from whom it got the request, so the entry that the outermost of our
    own wrote is counted from the end; what stands before it anybody may have written. Without a proxy of ours the
    header is not looked at, and a header that our proxies can't have written is not believed."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if settings.TRUSTED_PROXIES:
            found = forwarded_for(request.META.get("HTTP_X_FORWARDED_FOR", ""), settings.TRUSTED_PROXIES)
            request.META["REMOTE_ADDR"] = found or request.META.get("REMOTE_ADDR", "")
        return get_response(request)

    return answer


def forwarded_for(header: str, proxies: int) -> str:
    """The address which the outermost of so many proxies noted; empty where it noted none that is an address."""
    noted = header.split(",")
    return _address(noted[-proxies]) if len(noted) >= proxies else ""


def _address(text: str) -> str:
    """Some proxies add the port: 192.0.2.1:5000, [2001:db8::1]:5000."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        return ""
