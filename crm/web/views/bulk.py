"""Changing many records of a list at once: choosing, seeing what would change, applying, undoing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.actions.bulk_changes import MOST, change_many, undo_change
from crm.models import BulkChange, Record
from crm.permissions import readable
from crm.web.entrance import DEED, FORM, PageRequest, caller, page, today
from crm.web.forms.bulk import BulkForm
from crm.web.pages.bulk import PLACES, bulk_page, change_page, with_relations
from crm.web.refusals import REFUSED, done, messages_of


def _chosen(request: PageRequest, model: type[Record]) -> list[Record]:
    """The records that were ticked, by name. Raises Http404 where an address names none."""
    told = request.POST if request.method == "POST" else request.GET
    try:
        ids = {UUID(pk) for pk in told.getlist("record")}
    except ValueError as error:
        raise Http404 from error
    found = readable(request.user, with_relations(model).filter(pk__in=ids))
    return sorted(found.order_by("id")[: MOST + 1], key=str)


@page("bulk.change", FORM)
def bulk_edit(request: PageRequest, place: str) -> HttpResponse:
    """GET chooses the field and shows what would change; POST applies what was shown. `place` is the list's."""
    if place not in PLACES:
        raise Http404
    model = PLACES[place]
    records = _chosen(request, model)
    if not records:
        messages.info(request, _("Tick the records to change first."))
        return redirect(place)
    typed = request.POST if request.method == "POST" else request.GET
    form = BulkForm(model, typed if "column" in typed else None, today=today())
    if request.method == "POST":
        if form.is_valid() and BulkChange.objects.filter(pk=form.cleaned_data["id"]).exists():
            messages.info(request, _("This was saved already."))
            return redirect("bulk-change", form.cleaned_data["id"])
        if done(form, lambda: _apply(request, records, form)):
            told = ngettext("%(n)d record was changed.", "%(n)d records were changed.", len(records))
            messages.success(request, told % {"n": len(records)})
            return redirect("bulk-change", form.cleaned_data["id"])
    is_chosen = form.is_bound and form.is_valid()
    told_so_far = (form.cleaned_data["column"], form.value()) if is_chosen else ()
    shown = {"form": form, "page": bulk_page(records, request.user, *told_so_far), "place": place}
    return render(request, "lists/bulk.html", shown)


def _apply(request: PageRequest, records: list[Record], form: BulkForm) -> BulkChange:
    typed = form.cleaned_data
    seen = {r.pk: int(text) if (text := request.POST.get(f"version-{r.pk}", "")).isdigit() else 0 for r in records}
    kept = {"id": typed["id"], "reason": typed["reason"]}
    return change_many(caller(request, typed["reason"]), records, typed["column"], form.value(), versions=seen, **kept)


@page("record.read")
def bulk_change(request: PageRequest, pk: UUID) -> HttpResponse:
    change = get_object_or_404(BulkChange.objects.select_related("author"), pk=pk, author=request.user)
    return render(request, "lists/bulk_change.html", {"page": change_page(change, request.user)})


@page("bulk.change", DEED)
def bulk_undo(request: PageRequest, pk: UUID) -> HttpResponse:
    change = get_object_or_404(BulkChange, pk=pk, author=request.user)
    try:
        undo_change(caller(request, _("Undone")), change)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    else:
        messages.success(request, _("All of it was undone."))
    return redirect("bulk-change", pk)
