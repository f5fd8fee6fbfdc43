"""Approval: the lists, submitting, and the page on which it is reviewed, approved, returned or recalled."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.approval import approve, recall, return_draft, review, submit
from crm.models import Approval, Outcome
from crm.queries.one_outcome import OutcomeParts
from crm.web.entrance import FORM, PageRequest, back_whole, caller, came_from, found_or_404, is_in_place, page, today
from crm.web.forms.approval import DecisionForm, SubmitForm
from crm.web.forms.base import show_again
from crm.web.pages.approval import approval_page, approvals_page, missing
from crm.web.pages.concurrence import reading
from crm.web.refusals import above, done


@page("record.read")
def approvals(request: PageRequest) -> HttpResponse:
    found = approvals_page(request.GET.get("show", ""), request.GET.get("page", ""), request.user, today())
    return render(request, "approvals/list.html", {"page": found})


@page("approval.submit", FORM)
def outcome_submit(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, Outcome.objects.select_related("lead_unit"), pk=pk)
    form = SubmitForm(request.POST or None, record=found)
    if request.method == "POST" and done(form, lambda: submit(caller(request), found, **form.cleaned_data)):
        messages.success(request, _("Submitted for approval."))
        return redirect("outcome", pk)
    shown = {"reading": reading(found), "missing": missing(OutcomeParts(found))}
    return render(request, "approvals/submit.html", {"form": form, "outcome": found, "page": shown})


@page("record.read", FORM)
def approval(request: PageRequest, pk: UUID) -> HttpResponse:
    """What was submitted, in full words, and the deeds of those who may do one, here or in the place of its line in a
    list. Each deed is an action of its own verb: sending the form takes that verb."""
    found = _found(request, pk)
    shown = approval_page(found, request.user, today())
    form = DecisionForm(
        request.POST or None,
        record=found,
        initial={"content_hash": shown.reading.content_hash},
        givers=shown.givers,
        may_decide=shown.may_decide,
        **({"auto_id": f"decide-{pk}-%s"} if is_in_place(request) else {}),
    )
    if request.method == "POST":
        if done(form, lambda: above(lambda: _act(request, found, form.cleaned_data))):
            messages.success(request, _SAID[form.cleaned_data["deed"]]())
            return back_whole(request, reverse("approval", args=[pk]))
        found = _found(request, pk)
        shown = approval_page(found, request.user, today())
        show_again(form, version=found.version, content_hash=shown.reading.content_hash)
    context = {"page": shown, "form": form, "history_at": reverse("approval-history", args=[pk])}
    context["came_from"] = came_from(request)
    template = "approvals/_in_place.html" if is_in_place(request) else "approvals/detail.html"
    return render(request, template, context)


_SAID = {
    "review": lambda: _("The review was saved."),
    "approve": lambda: _("The outcome was approved."),
    "return": lambda: _("The draft was returned."),
    "recall": lambda: _("The submission was recalled."),
}


def _act(request: PageRequest, found: Approval, typed: dict[str, Any]) -> Approval:
    who, seen, opinion = caller(request), {"version": typed["version"]}, typed["opinion"]
    place = typed.get("on_behalf_of")
    if typed["deed"] == "review":
        return review(who, found, opinion, content_hash=typed["content_hash"], **seen)
    if typed["deed"] == "return":
        return return_draft(who, found, opinion, on_behalf_of=place, **seen)
    if typed["deed"] == "recall":
        return recall(who, found, **seen)
    number = typed.get("document_number", "")
    bound = {"content_hash": typed["content_hash"], "document_number": number, "on_behalf_of": place}
    return approve(who, found, opinion=opinion, **bound, **seen)


def _found(request: PageRequest, pk: UUID) -> Approval:
    people = ("submitted_by", "reviewed_by", "decided_by", "on_behalf_of")
    return found_or_404(request, Approval.objects.select_related("outcome__lead_unit", *people), pk=pk)
