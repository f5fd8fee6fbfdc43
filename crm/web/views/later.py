"""Parts of a page that come after it, each by its own address: the page itself stays quick however much a record has.

Without scripts, the address is a page of its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from crm.models import Record
from crm.permissions import sees_values
from crm.web.entrance import PageRequest, found_or_404, page
from crm.web.pages.history import history_lines
from crm.web.pages.links import Link, record_link


def later(request: PageRequest, record: Link, fragment: str, context: dict[str, Any]) -> HttpResponse:
    """The fragment alone where the page asks for it, a page with it where a person does."""
    if getattr(request, "htmx", False):
        return render(request, fragment, context)
    return render(request, "parts/alone.html", {**context, "record": record, "fragment": fragment})


def history_of(model: type[Record]) -> Callable[..., HttpResponseBase]:
    """The page of what changed on a record of this model. Kept from those to whom its values are."""

    @page("record.read")
    def history(request: PageRequest, pk: UUID) -> HttpResponse:
        found = found_or_404(request, model, pk=pk)
        if not sees_values(request.user, found):
            raise PermissionDenied
        return later(request, record_link(found), "parts/history.html", {"lines": history_lines(found)})

    return history
