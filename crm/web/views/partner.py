"""The page behind a one-time link: no account, no session, nothing but the claim."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from crm.actions.accounts import system_caller, token_digest
from crm.actions.base import Conflict, Stale
from crm.actions.confirmations import answer_claim
from crm.models import PartnerConfirmation
from crm.queries.confirmations import LANGUAGES, LinkState, link_state
from crm.web.entrance import FORM
from crm.web.forms.confirmations import ReplyForm
from crm.web.limits import WINDOW, too_many
from crm.web.refusals import put

MOST_A_MINUTE = 10


# The link itself is the right to answer; there is no session that another site could misuse. So nothing is asked of
# cookies, and the browser may keep the address to itself, which Django's check of the origin would refuse.
@csrf_exempt
@require_http_methods(FORM)
def partner(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the claim and takes the answer. Reading uses nothing up: programs that look through mail follow links."""
    now = timezone.now()
    digest = token_digest(token)
    keys = (f"address {request.META.get('REMOTE_ADDR', '')}", f"token {digest}")
    knocks = [too_many(key, now, MOST_A_MINUTE) for key in keys]  # each counts, whatever the first says
    if any(knocks):
        return _plain(_closed(request, "too_many", 429), {"Retry-After": str(WINDOW)})
    about = PartnerConfirmation.objects.select_related("outcome", "organisation")
    found = about.filter(digest=digest, archived_at=None).first()
    if found is None:
        return _plain(_closed(request, "unknown", 404))
    state = link_state(found, now)
    if state != LinkState.OPEN:
        return _plain(_closed(request, state, 409 if state == LinkState.CHANGED else 410))
    return _plain(_open(request, found))


def _open(request: HttpRequest, found: PartnerConfirmation) -> HttpResponse:
    wanted = request.GET.get("lang", "")
    language = wanted if wanted in LANGUAGES else found.language
    with translation.override(language):
        form = ReplyForm(request.POST or None, initial={"content_hash": found.content_hash})
        if request.method == "POST" and form.is_valid():
            caller = replace(system_caller(timezone.now()), channel="page", address=request.META.get("REMOTE_ADDR", ""))
            try:
                answer_claim(caller, found, form.reply(language))
            except ValidationError as error:
                put(form, error)
            except (Conflict, Stale):
                return _refused(request, found)
            else:
                return _shown(request, "partner/thanks.html", {"partner": found.organisation.name}, 200, language)
        context = {
            "form": form,
            "partner": found.organisation.name,
            "facts": found.claim["shown"][language],
            "expires": timezone.localtime(found.expires_at),
            "languages": [("ko", "한국어"), ("en", "English")],
            "language": language,
        }
        return _shown(request, "partner/claim.html", context, 422 if form.errors else 200, language)


def _refused(request: HttpRequest, found: PartnerConfirmation) -> HttpResponse:
    """Somebody else was faster, or the record changed between reading and answering."""
    state = link_state(PartnerConfirmation.objects.select_related("outcome").get(pk=found.pk), timezone.now())
    if state in (LinkState.OPEN, LinkState.CHANGED):
        return _closed(request, LinkState.CHANGED, 409)
    return _closed(request, state, 410)


def _closed(request: HttpRequest, why: str, status: int) -> HttpResponse:
    """A page in both languages that shows nothing of the claim."""
    told = LinkState.ANSWERED if why == LinkState.STALE else why
    return _shown(request, "partner/closed.html", {"why": str(told), "languages": LANGUAGES}, status, "ko")


def _shown(request: HttpRequest, template: str, context: dict[str, object], status: int, language: str) -> HttpResponse:
    answer = render(request, template, context, status=status)
    answer["Content-Language"] = language
    return answer


def _plain(answer: HttpResponse, headers: dict[str, str] | None = None) -> HttpResponse:
    for name, value in {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        **(headers or {}),
    }.items():
        answer[name] = value
    return answer
