"""Keeping the filters of a list under a name, and taking them away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.saved_filters import PLACES, remove_filter, save_filter
from crm.models import SavedFilter
from crm.web.entrance import DEED, PageRequest, caller, page
from crm.web.refusals import REFUSED, messages_of


@page("filter.save", DEED)
def filter_save(request: PageRequest) -> HttpResponse:
    place, query = request.POST.get("place", ""), request.POST.get("query", "")[:2000]
    name, is_shared = request.POST.get("name", "")[:80], bool(request.POST.get("is_shared"))
    try:
        saved = save_filter(caller(request), place, name, query, is_shared=is_shared)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    else:
        messages.success(request, _("The filter “%(name)s” is kept.") % {"name": saved.name})
    return redirect(f"{reverse(place)}?{query}" if place in PLACES else "today")


@page("filter.save", DEED)
def filter_remove(request: PageRequest, pk: UUID) -> HttpResponse:
    saved = get_object_or_404(SavedFilter, pk=pk, owner=request.user)
    remove_filter(caller(request), saved)
    messages.success(request, _("The filter “%(name)s” was taken away.") % {"name": saved.name})
    return redirect(f"{reverse(saved.place)}?{saved.query}")
