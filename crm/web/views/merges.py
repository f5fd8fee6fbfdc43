"""Organisations that may be one: reviewing, comparing, merging, and taking it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.base import Caller
from crm.actions.merges import ask_again, merge_organisations, tell_apart, undo_merge
from crm.models import Merge, Organisation, SimilarOutcomes, SimilarPair
from crm.queries.duplicates import organisations_like
from crm.web.entrance import DEED, FORM, PageRequest, back, caller, page
from crm.web.forms.merges import MergeForm, OtherForm
from crm.web.pages.merges import merge_page, merged_page, pairs_page
from crm.web.refusals import REFUSED, done, messages_of
from crm.web.undoing import tell_with_undo
from crm.web.views.leading_on import led_on


@page("record.read")
def similar_pairs(request: PageRequest) -> HttpResponse:
    shown = pairs_page(request.GET.get("show", ""), request.GET.get("page", ""), request.user)
    return render(request, "merges/pairs.html", {"page": shown})


@page("organisation.tell_apart", DEED)
def pair_apart(request: PageRequest, pk: UUID) -> HttpResponse:
    """Tells two apart, or takes it back (`again`)."""
    pair = get_object_or_404(SimilarPair.objects.select_related("first", "second"), pk=pk)
    say_of_pair(request, pair, ask_again if request.POST.get("again") else tell_apart)
    return back(request, reverse("similar-pairs"))


def say_of_pair(
    request: PageRequest, pair: SimilarPair | SimilarOutcomes, act: Callable[[Caller, Any], object]
) -> None:
    """Says of two that they are two, or takes it back, and tells the reader; what was said is undone at a click."""
    try:
        act(caller(request), pair)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
        return
    told = {"first": pair.first, "second": pair.second}
    if pair.apart_at is None:
        messages.success(request, _("%(first)s and %(second)s may be one: they are to be looked at again.") % told)
    else:
        tell_with_undo(request, _("%(first)s and %(second)s are two.") % told, request.path, {"again": "1"})


@page("record.read")
def similar_names(request: PageRequest) -> HttpResponse:
    """Who is on record already under this or nearly this name, while it is being typed."""
    typed = request.GET.get("name", "")[:500]
    return render(request, "merges/_names.html", {"similar": organisations_like(typed) if typed.strip() else []})


@page("organisation.merge", FORM)
def organisation_merge(request: PageRequest, pk: UUID) -> HttpResponse:
    """The organisation of the address is kept, the one that `with` names becomes part of it."""
    kept = get_object_or_404(Organisation, pk=pk)
    if request.method != "POST" and (on := led_on(request, kept, "organisation-merge")):
        return on
    if not request.GET.get("with"):
        return _choose(request, kept)
    try:
        gone = get_object_or_404(Organisation, pk=UUID(request.GET["with"]))
    except ValueError as error:
        raise Http404 from error
    form = MergeForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid() and Merge.objects.filter(pk=form.cleaned_data["id"]).exists():
            messages.info(request, _("This was saved already."))
            return redirect("merge", form.cleaned_data["id"])
        if done(form, lambda: _merge(request, kept, gone, form)):
            messages.success(request, _("%(gone)s is part of %(kept)s now.") % {"gone": gone, "kept": kept})
            return redirect("merge", form.cleaned_data["id"])
        for one in (kept, gone):
            one.refresh_from_db()
    return render(request, "merges/merge.html", {"form": form, "page": merge_page(kept, gone, request.user)})


def _merge(request: PageRequest, kept: Organisation, gone: Organisation, form: MergeForm) -> Merge:
    said = form.values()
    return merge_organisations(caller(request, said["reason"]), kept, gone, **said)


def _choose(request: PageRequest, kept: Organisation) -> HttpResponse:
    form = OtherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(f"{request.path}?with={form.cleaned_data['other'].pk}")
    return render(request, "merges/choose.html", {"form": form, "organisation": kept})


@page("record.read")
def merge(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Merge.objects.select_related("kept", "gone", "author"), pk=pk)
    return render(request, "merges/merged.html", {"page": merged_page(found, request.user)})


@page("organisation.merge", DEED)
def merge_undo(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Merge.objects.select_related("kept", "gone"), pk=pk)
    try:
        undo_merge(caller(request, _("Undone")), found)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    else:
        messages.success(request, _("All of it was undone."))
    return redirect("merge", pk)
