"""Any list of its own address, and as a file."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render

from crm.web.entrance import PageRequest, today
from crm.web.pages.links import Link
from crm.web.pages.listing import Listing, list_file, list_page
from reports.documents import CONTENT_TYPES
from reports.documents.lists import FORMATS


def show_list(request: PageRequest, listing: Listing, deeds: Sequence[Link]) -> HttpResponse:
    form = listing.form(request.GET)
    shown = list_page(listing, form, dict(request.GET.lists()), request.user)
    return render(request, "lists/list.html", {"page": shown, "form": form, "deeds": deeds})


def show_file(request: PageRequest, listing: Listing) -> HttpResponse:
    """What the list shows, every page of it."""
    wanted = request.GET.get("format", "")
    if wanted not in FORMATS:
        raise Http404
    query = {name: values for name, values in request.GET.lists() if name != "format"}
    content = list_file(listing, listing.form(request.GET), query, request.user, wanted)
    answer = HttpResponse(content, content_type=CONTENT_TYPES[wanted])
    answer["Content-Disposition"] = f'attachment; filename="ieum-{listing.place}-{today().isoformat()}.{wanted}"'
    return answer
