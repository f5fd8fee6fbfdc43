"""Outcomes that may be one: reviewing, and telling apart."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.outcome_pairs import ask_again_about_outcomes, tell_outcomes_apart
from crm.models import SimilarOutcomes
from crm.web.entrance import DEED, PageRequest, back, caller, found_or_404, page
from crm.web.pages.outcome_pairs import outcome_pairs_page
from crm.web.refusals import REFUSED, messages_of
from crm.web.undoing import tell_with_undo


@page("record.read")
def similar_outcomes(request: PageRequest) -> HttpResponse:
    shown = outcome_pairs_page(request.GET.get("show", ""), request.GET.get("page", ""), request.user)
    return render(request, "merges/outcomes.html", {"page": shown})


@page("outcome.update", DEED)
def outcomes_apart(request: PageRequest, pk: UUID) -> HttpResponse:
    """Tells two apart, or takes it back (`again`)."""
    found = found_or_404(request, SimilarOutcomes.objects.select_related("first", "second", "apart_by"), pk=pk)
    is_back = bool(request.POST.get("again"))
    try:
        (ask_again_about_outcomes if is_back else tell_outcomes_apart)(caller(request), found)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    else:
        told = {"first": found.first, "second": found.second}
        if is_back:
            messages.success(request, _("%(first)s and %(second)s may be one: they are to be looked at again.") % told)
        else:
            said = _("%(first)s and %(second)s are two.") % told
            tell_with_undo(request, said, reverse("outcomes-apart", args=[pk]), {"again": "1"})
    return back(request, reverse("similar-outcomes"))
