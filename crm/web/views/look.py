"""How the pages look: as the reader's system says, light, dark, or in high contrast. Kept in a cookie."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from crm.web.pages.frame import LOOK_COOKIE, LOOKS

_YEAR = 365 * 24 * 3600


@require_POST
def choose_look(request: HttpRequest) -> HttpResponse:
    """Back to where the reader was. A look that is none is the system's."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    look = request.POST.get("look", "")
    if look in LOOKS and look:
        answer.set_cookie(LOOK_COOKIE, look, max_age=_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        answer.delete_cookie(LOOK_COOKIE, samesite="Lax")
    return answer
