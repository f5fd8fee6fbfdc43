"""Keeping the filters of a list under a name, and taking them away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.saved_filters import PLACES, remove_filter, restore_filter, save_filter
from crm.models import SavedFilter
from crm.web.entrance import DEED, PageRequest, back, caller, page
from crm.web.forms.filters import KeepForm
from crm.web.refusals import REFUSED, attempt, messages_of
from crm.web.undoing import tell_with_undo


@page("filter.save", DEED)
def filter_save(request: PageRequest) -> HttpResponse:
    """Back to the list. Where it is refused, the form again on a page of its own: the list is not read for that."""
    form = KeepForm(request.POST)
    if saved := attempt(form, lambda: save_filter(caller(request), **form.cleaned_data)):
        messages.success(request, _("The filter “%(name)s” is kept.") % {"name": saved.name})
        return redirect(_list_of(saved))
    place = form.cleaned_data.get("place", "")
    back_to = f"{reverse(place)}?{form.cleaned_data.get('query', '')}" if place in PLACES else reverse("today")
    return render(request, "lists/keep.html", {"form": form, "cancel": back_to})


@page("filter.save", DEED)
def filter_remove(request: PageRequest, pk: UUID) -> HttpResponse:
    saved = get_object_or_404(SavedFilter, pk=pk, owner=request.user)
    remove_filter(caller(request), saved)
    told = _("The filter “%(name)s” was taken away.") % {"name": saved.name}
    tell_with_undo(request, told, reverse("filter-restore", args=[pk]))
    return redirect(_list_of(saved))


@page("filter.save", DEED)
def filter_restore(request: PageRequest, pk: UUID) -> HttpResponse:
    saved = get_object_or_404(SavedFilter, pk=pk, owner=request.user)
    try:
        restore_filter(caller(request), saved)
        messages.success(request, _("The filter “%(name)s” is kept.") % {"name": saved.name})
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    return back(request, _list_of(saved))


def _list_of(saved: SavedFilter) -> str:
    return f"{reverse(saved.place)}?{saved.query}"
