"""The booth: one page for a phone that goes on without a network, and what it talks to when there is one."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from crm.actions.booking import book_outcome
from crm.models import Outcome
from crm.values.money import echo
from crm.web.entrance import DEED, PageRequest, caller, page, today
from crm.web.forms.booth import BoothForm
from crm.web.pages.booth import (
    FILES,
    booth_page,
    companies,
    file_content,
    files_version,
    is_what_was_sent,
    others_draft,
    recorded,
    recorded_otherwise,
    refusal_of,
)
from crm.web.refusals import attempt
from crm.web.text import language

_KOREAN = {"ensure_ascii": False}


@page("outcome.record")
def booth(request: PageRequest) -> HttpResponse:
    return render(request, "booth/page.html", {"page": booth_page(request.user, today())})


@page("outcome.record")
def booth_session(request: PageRequest) -> HttpResponse:
    """Who would send now, and with which token: asked right before sending."""
    return JsonResponse({"account": str(request.user.pk), "csrf": get_token(request)})


@page("outcome.record")
@gzip_page
def booth_companies(request: PageRequest) -> HttpResponse:
    """Anew only where something has changed; packed, for it travels over the networks of exhibition halls. How long it
    is gives nothing away: there is no secret in it, and nothing that the request says."""
    asked = request.GET.get("part", "")
    part = int(asked[:9]) if asked.isdecimal() else 0
    content = json.dumps(companies(part), ensure_ascii=False, separators=(",", ":")).encode()
    mark = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == mark:
        return HttpResponse(status=304, headers={"ETag": mark})
    return HttpResponse(content, content_type="application/json", headers={"ETag": mark})


@page("outcome.record", DEED)
def booth_drafts(request: PageRequest) -> HttpResponse:
    """Takes one draft: 201 where it was recorded, 200 where it had been, 409 where a person has to decide, 422 where
    something cannot be understood. After anything but the first two nothing was written."""
    form = BoothForm(request.POST, request.FILES, account=request.user, now=caller(request).now, today=today())
    if request.POST.get("account") != str(request.user.pk):
        return _answer(others_draft(), 409)
    if present := _present(form):
        return _already(request, form, present)
    if not form.may_be_recorded_already() and (made := attempt(form, lambda: _book(request, form))):
        amount = form.cleaned_data["amount"]
        understood = echo(amount, language()) if amount else ""
        return _answer(recorded(request.user, made, already=False, understood=understood), 201)
    # Two sendings of one draft that meet: the other one was faster.
    if present := _present(form):
        return _already(request, form, present)
    told = refusal_of(form, request.user)
    return _answer(told, 409 if told["reason"] != "fields" else 422)


def _present(form: BoothForm) -> Outcome | None:
    try:
        wanted = UUID(str(form.data.get("id", "")))
    except ValueError:
        return None
    return Outcome.objects.filter(pk=wanted).first()


def _book(request: PageRequest, form: BoothForm) -> Outcome:
    return book_outcome(caller(request), form.booking(), **form.values())


def _already(request: PageRequest, form: BoothForm, outcome: Outcome) -> HttpResponse:
    if is_what_was_sent(outcome, form, request.user):
        return _answer(recorded(request.user, outcome, already=True), 200)
    return _answer(recorded_otherwise(request.user, outcome), 409)


def _answer(told: dict[str, Any], status: int) -> HttpResponse:
    return JsonResponse(told, status=status, json_dumps_params=_KOREAN)


@page("outcome.record")
def booth_draft(request: PageRequest, pk: UUID) -> HttpResponse:
    """What became of a draft whose answer was lost."""
    outcome = Outcome.objects.filter(pk=pk).first()
    if outcome is None:
        raise Http404
    return _answer(recorded(request.user, outcome, already=True), 200)


@require_safe
def booth_file(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """One of the page's own files under an address that changes with it, so that no browser mixes two makes."""
    if name not in FILES:
        raise Http404
    kept = "public, max-age=31536000, immutable" if version == files_version() else "no-store"
    return HttpResponse(file_content(name), content_type=FILES[name], headers={"Cache-Control": kept})


@require_safe
def booth_worker(request: HttpRequest) -> HttpResponse:
    """The service worker: another text for every make of the files, which is how browsers notice a new one."""
    address = reverse("booth-file", args=(files_version(), "booth_worker.js"))
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": reverse("booth")}
    return HttpResponse(f'import "{address}";\n', content_type="text/javascript; charset=utf-8", headers=headers)
