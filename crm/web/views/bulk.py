"""Changing many records of a list at once: choosing, seeing what would change, applying, undoing."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.actions.base import Forbidden
from crm.actions.bulk_changes import MOST, change_many, undo_change
from crm.models import BulkChange, Record
from crm.permissions import readable
from crm.values.numbers import number_in
from crm.web.entrance import DEED, FORM, PageRequest, caller, page, today
from crm.web.forms.bulk import BulkForm
from crm.web.pages.bulk import PLACES, bulk_page, change_page, changes_page, with_relations
from crm.web.pages.chosen import ids_found
from crm.web.pages.ticks import ASKED, FOUND, TooMany, list_address, with_asked
from crm.web.refusals import REFUSED, done, messages_of

# In what is sent: that it is only to be shown what would change.
PREVIEW = "preview"
# A server refuses an address of more than some four thousand letters.
LONGEST = 3800


def _chosen(request: PageRequest, place: str) -> list[Record]:
    """The records that were ticked, or all that the list finds, by name. Raises Http404 where an address names none,
    TooMany where the list finds more than may be changed at once."""
    if place not in PLACES:
        raise Http404
    told = request.POST if request.method == "POST" else request.GET
    try:
        ids = {UUID(pk) for pk in told.getlist("record")}
    except ValueError as error:
        raise Http404 from error
    if FOUND in told and (request.method != "POST" or PREVIEW in told):
        # What is applied are the records that were shown: the list may find others by then.
        ids = set(ids_found(place, QueryDict(told[FOUND]), request.user, today()))
    found = readable(request.user, with_relations(PLACES[place]).filter(pk__in=ids))
    return sorted(found.order_by("id")[: MOST + 1], key=str)


@page("bulk.change", FORM)
def bulk_edit(request: PageRequest, place: str) -> HttpResponse:
    """GET chooses the field; POST shows what would change (`preview`) or applies what was shown. What is typed is too
    long for an address. `place` is the list's."""
    try:
        records = _chosen(request, place)
    except TooMany as refusal:
        return _back_to_list(request, place, str(refusal))
    if not records:
        return _back_to_list(request, place)
    typed = request.POST if request.method == "POST" else request.GET
    form = BulkForm(PLACES[place], request.POST or None, today=today())
    if request.method == "POST" and PREVIEW not in request.POST:
        if form.is_valid() and BulkChange.objects.filter(pk=form.cleaned_data["id"]).exists():
            messages.info(request, _("This was saved already."))
            return _to_change(request, form.cleaned_data["id"])
        if done(form, lambda: _apply(request, records, form)):
            told = ngettext("%(n)d record was changed.", "%(n)d records were changed.", len(records))
            messages.success(request, told % {"n": len(records)})
            return _to_change(request, form.cleaned_data["id"])
    is_chosen = form.is_bound and form.is_valid()
    told_so_far = (form.cleaned_data["column"], form.value()) if is_chosen else ()
    shown, asked = bulk_page(records, request.user, *told_so_far), _asked(request)
    all_found = f"{reverse('bulk-edit', args=[place])}?{urlencode({FOUND: asked})}"
    context = {
        "form": form,
        "page": shown,
        "is_found": FOUND in typed,
        "found": typed.get(FOUND, ""),
        "here": all_found if FOUND in typed else _ticked(place, [r.pk for r in records], asked),
        "without_refused": _ticked(place, [line.id for line in shown.lines if not line.refused], asked),
        "back": list_address(place, asked),
    }
    return render(request, "lists/bulk.html", context)


def _asked(request: PageRequest) -> str:
    """What the list was asked, all that it finds was meant or some of it."""
    typed = request.POST if request.method == "POST" else request.GET
    return typed.get(FOUND) or request.GET.get(ASKED, "")


def _ticked(place: str, ids: list[UUID], asked: str) -> str:
    """The page's address with these records, for its forms to be sent to: who comes back to it or loads it anew has
    chosen the same. More of them than an address holds are only in what is sent."""
    address, told = reverse("bulk-edit", args=[place]), {ASKED: asked} if asked else {}
    whole = f"{address}?{urlencode({'record': ids, **told}, doseq=True)}"
    return whole if len(whole) <= LONGEST else with_asked(address, asked)


def _to_change(request: PageRequest, pk: UUID) -> HttpResponse:
    return redirect(with_asked(reverse("bulk-change", args=[pk]), _asked(request)))


def _back_to_list(request: PageRequest, place: str, refusal: str = "") -> HttpResponse:
    """To the list as it was narrowed."""
    if refusal:
        messages.error(request, refusal)
    else:
        messages.info(request, _("Tick the records to change first."))
    return redirect(list_address(place, _asked(request)))


def _apply(request: PageRequest, records: list[Record], form: BulkForm) -> BulkChange:
    typed = form.cleaned_data
    seen = {r.pk: number_in(request.POST.get(f"version-{r.pk}", ""), 0) for r in records}
    kept = {"id": typed["id"], "reason": typed["reason"]}
    return change_many(caller(request, typed["reason"]), records, typed["column"], form.value(), versions=seen, **kept)


@page("bulk.change")
def bulk_changes(request: PageRequest) -> HttpResponse:
    """The reader's own, the latest first: the way back to each and to undoing it."""
    return render(request, "lists/bulk_changes.html", {"page": changes_page(request.GET.get("page", ""), request.user)})


@page("record.read")
def bulk_change(request: PageRequest, pk: UUID) -> HttpResponse:
    change = get_object_or_404(BulkChange.objects.select_related("author"), pk=pk, author=request.user)
    shown, asked = change_page(change, request.user), request.GET.get(ASKED, "")
    undo = with_asked(reverse("bulk-undo", args=[pk]), asked)
    context = {"page": shown, "undo": undo, "back": list_address(shown.place, asked)}
    return render(request, "lists/bulk_change.html", context)


@page("bulk.change", DEED)
def bulk_undo(request: PageRequest, pk: UUID) -> HttpResponse:
    change = get_object_or_404(BulkChange, pk=pk, author=request.user)
    try:
        undo_change(caller(request, _("Undone")), change, leaves_changed="but_changed" in request.POST)
    except Forbidden:
        # Pressed where the button was shown before: the page says why in its place by now.
        pass
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    else:
        left = len([line for line in change.lines if "left" in line])
        rest = ngettext("Undone but for %(n)d record.", "Undone but for %(n)d records.", left) % {"n": left}
        messages.success(request, rest if left else _("All of it was undone."))
    return redirect(with_asked(reverse("bulk-change", args=[pk]), request.GET.get(ASKED, "")))
