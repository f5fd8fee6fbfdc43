"""From an organisation that was merged away to the one that it is part of now: bookmarks and open pages lead on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.models import Organisation
from crm.web.entrance import PageRequest


def led_on(request: PageRequest, found: Organisation, place: str) -> HttpResponse | None:
    """To the page of this name of the organisation that it is part of now, which the reader is told; None where it was
    not merged."""
    if found.merged_into_id is None:
        return None
    messages.info(request, _("%(name)s was merged into this organisation.") % {"name": found.name})
    query = request.GET.urlencode()
    return redirect(reverse(place, args=[found.current().pk]) + (f"?{query}" if query else ""))
