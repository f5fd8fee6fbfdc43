"""Requests for concurrence: the lists, asking, reading and answering, overriding, taking back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.concurrence import concur, override_concurrence, request_concurrence, withdraw_request
from crm.models import Concurrence, Outcome
from crm.queries.concurrence import concurrences_of
from crm.values.concurrence import Answer
from crm.web.entrance import FORM, PageRequest, back_whole, caller, came_from, found_or_404, is_in_place, page, today
from crm.web.forms.base import show_again
from crm.web.forms.concurrence import AnswerForm, AskForm, OverrideForm, RequestsForm, WithdrawForm
from crm.web.pages.concurrence import RequestPage, RequestsAsked, request_page, requests_page
from crm.web.refusals import above, done


@page("record.read")
def concurrences(request: PageRequest) -> HttpResponse:
    asked = RequestsAsked(request.GET.get("show", ""), **RequestsForm(request.GET).asked())
    found = requests_page(asked, request.GET.get("page", ""), request.user, today())
    return render(request, "concurrences/list.html", {"page": found})


@page("concurrence.ask", FORM)
def concurrence_new(request: PageRequest, pk: UUID) -> HttpResponse:
    outcome = found_or_404(request, Outcome, pk=pk)
    asked = [c.org_unit for c in concurrences_of(outcome)]
    form = AskForm(request.POST or None, today=today(), asked=asked, initial={"mandatory": True})
    if request.method == "POST":
        # Sent twice it asks once: the department that is asked already is not offered again.
        sent = _sent_id(request)
        if sent and Concurrence.objects.filter(pk=sent).exists():
            return redirect("outcome", pk)
        if done(form, lambda: request_concurrence(caller(request), outcome, **form.values())):
            messages.success(request, _("The department was asked."))
            return redirect("outcome", pk)
    return render(request, "concurrences/new.html", {"form": form, "outcome": outcome})


@page("record.read", FORM, to_post="concurrence.answer")
def concurrence(request: PageRequest, pk: UUID) -> HttpResponse:
    """What the department is asked about, in full words; those who may answer do so here, or in the place of
    its line in a list, and are led back to that."""
    found = _found(request, pk)
    shown = request_page(found, request.user, today())
    form = _answer_form(request, found, shown)
    if request.method == "POST" and form is not None:
        if done(form, lambda: above(lambda: _concur(request, found, form.cleaned_data))):
            messages.success(request, _("The answer was saved."))
            return back_whole(request, reverse("concurrence", args=[pk]))
        found = _found(request, pk)
        shown = request_page(found, request.user, today())
        show_again(form, version=found.version, content_hash=shown.reading.content_hash)
    context = {
        "page": shown,
        "form": form,
        "history_at": reverse("concurrence-history", args=[pk]),
        "came_from": came_from(request),
    }
    template = "concurrences/_in_place.html" if is_in_place(request) else "concurrences/detail.html"
    return render(request, template, context)


def _answer_form(request: PageRequest, found: Concurrence, shown: RequestPage) -> AnswerForm | None:
    if not shown.line.may_answer and request.method != "POST":
        return None
    initial = {"content_hash": shown.reading.content_hash, "answer": found.answer, "opinion": found.opinion}
    told = {"auto_id": f"answer-{found.pk}-%s"} if is_in_place(request) else {}
    return AnswerForm(request.POST or None, record=found, givers=shown.givers, initial=initial, **told)


def _concur(request: PageRequest, found: Concurrence, typed: dict[str, Any]) -> Concurrence:
    given = {name: typed[name] for name in ("opinion", "content_hash", "version")}
    place = typed.get("on_behalf_of")
    return concur(caller(request), found, Answer(typed["answer"]), on_behalf_of=place, **given)


@page("concurrence.override", FORM)
def concurrence_override(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    form = OverrideForm(request.POST or None, record=found)
    if request.method == "POST" and done(form, lambda: _override(request, found, form.cleaned_data)):
        messages.success(request, _("The concurrence was overridden; the reason stays on record."))
        return redirect("outcome", found.outcome_id)
    line = request_page(found, request.user, today()).line
    return render(request, "concurrences/override.html", {"form": form, "line": line})


def _override(request: PageRequest, found: Concurrence, typed: dict[str, Any]) -> Concurrence:
    reason = typed["override_reason"]
    return override_concurrence(caller(request, reason), found, reason, version=typed["version"])


@page("concurrence.ask", FORM)
def concurrence_withdraw(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    form = WithdrawForm(request.POST or None, record=found)
    if request.method == "POST" and done(form, lambda: _withdraw(request, found, form.cleaned_data)):
        messages.success(request, _("The request was taken back."))
        return redirect("outcome", found.outcome_id)
    line = request_page(found, request.user, today()).line
    return render(request, "concurrences/withdraw.html", {"form": form, "line": line})


def _withdraw(request: PageRequest, found: Concurrence, typed: dict[str, Any]) -> Concurrence:
    reason = typed["reason"]
    return withdraw_request(caller(request, reason), found, reason, version=typed["version"])


def _found(request: PageRequest, pk: UUID) -> Concurrence:
    people = ("asked_by", "answered_by", "on_behalf_of", "overridden_by", "handed_from", "follows")
    return found_or_404(request, Concurrence.objects.select_related("outcome__lead_unit", "org_unit", *people), pk=pk)


def _sent_id(request: PageRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return None
