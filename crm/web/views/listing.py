"""Any list of its own address, and as a file."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render

from crm.web.entrance import PageRequest, today
from crm.web.pages.links import Link
from crm.web.pages.listing import Asking, Listing, list_file, list_page
from reports.documents import CONTENT_TYPES
from reports.documents.lists import FORMATS


def show_list(
    request: PageRequest, listing: Listing, deeds: Sequence[Link] = (), new: Link | None = None
) -> HttpResponse:
    """`new` leads to recording one, for those who may."""
    asking = _asking(request, listing)
    shown = list_page(listing, asking, dict(request.GET.lists()))
    return render(request, "lists/list.html", {"page": shown, "form": asking.form, "deeds": deeds, "new": new})


def show_file(request: PageRequest, listing: Listing) -> HttpResponse:
    """What the list shows, every page of it."""
    wanted = request.GET.get("format", "")
    if wanted not in FORMATS:
        raise Http404
    query = {name: values for name, values in request.GET.lists() if name != "format"}
    content = list_file(listing, _asking(request, listing), query, wanted)
    answer = HttpResponse(content, content_type=CONTENT_TYPES[wanted])
    answer["Content-Disposition"] = f'attachment; filename="ieum-{listing.place}-{today().isoformat()}.{wanted}"'
    return answer


def _asking(request: PageRequest, listing: Listing) -> Asking:
    return Asking(listing.form(request.GET, reader=request.user, today=today()), request.user, today())
