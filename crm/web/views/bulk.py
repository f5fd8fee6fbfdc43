"""Changing many outcomes at once: choosing, seeing what would change, applying, undoing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.actions.bulk_changes import MOST, change_many, undo_change
from crm.models import BulkChange, Outcome
from crm.permissions import readable
from crm.web.entrance import DEED, FORM, PageRequest, caller, page, today
from crm.web.forms.bulk import BulkForm
from crm.web.pages.bulk import bulk_page, change_page
from crm.web.refusals import REFUSED, done, messages_of


def _chosen(request: PageRequest) -> list[Outcome]:
    """The outcomes that were ticked, in the order of their titles. Raises Http404 where an address names none."""
    told = request.POST if request.method == "POST" else request.GET
    try:
        ids = {UUID(pk) for pk in told.getlist("outcome")}
    except ValueError as error:
        raise Http404 from error
    found = readable(request.user, Outcome.objects.filter(pk__in=ids)).select_related("lead_unit", "event")
    return list(found.order_by("title", "id")[: MOST + 1])


@page("outcome.update", FORM)
def bulk_edit(request: PageRequest) -> HttpResponse:
    """GET chooses the field and shows what would change; POST applies what was shown."""
    outcomes = _chosen(request)
    if not outcomes:
        messages.info(request, _("Tick the outcomes to change first."))
        return redirect("outcomes")
    typed = request.POST if request.method == "POST" else request.GET
    form = BulkForm(typed if "column" in typed else None, today=today())
    if request.method == "POST":
        if form.is_valid() and BulkChange.objects.filter(pk=form.cleaned_data["id"]).exists():
            messages.info(request, _("This was saved already."))
            return redirect("bulk-change", form.cleaned_data["id"])
        if done(form, lambda: _apply(request, outcomes, form)):
            told = ngettext("%(n)d outcome was changed.", "%(n)d outcomes were changed.", len(outcomes))
            messages.success(request, told % {"n": len(outcomes)})
            return redirect("bulk-change", form.cleaned_data["id"])
    is_chosen = form.is_bound and form.is_valid()
    shown = bulk_page(outcomes, request.user, *((form.cleaned_data["column"], form.value()) if is_chosen else ()))
    return render(request, "outcomes/bulk.html", {"form": form, "page": shown})


def _apply(request: PageRequest, outcomes: list[Outcome], form: BulkForm) -> BulkChange:
    typed = form.cleaned_data
    seen = {o.pk: int(text) if (text := request.POST.get(f"version-{o.pk}", "")).isdigit() else 0 for o in outcomes}
    kept = {"id": typed["id"], "reason": typed["reason"]}
    return change_many(caller(request, typed["reason"]), outcomes, typed["column"], form.value(), versions=seen, **kept)


@page("record.read")
def bulk_change(request: PageRequest, pk: UUID) -> HttpResponse:
    change = get_object_or_404(BulkChange.objects.select_related("author"), pk=pk, author=request.user)
    return render(request, "outcomes/bulk_change.html", {"page": change_page(change, request.user)})


@page("outcome.update", DEED)
def bulk_undo(request: PageRequest, pk: UUID) -> HttpResponse:
    change = get_object_or_404(BulkChange, pk=pk, author=request.user)
    try:
        undo_change(caller(request, _("Undone")), change)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    else:
        messages.success(request, _("All of it was undone."))
    return redirect("bulk-change", pk)
