"""Outcomes that may be one: reviewing, and telling apart."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.actions.outcome_pairs import ask_again_about_outcomes, tell_outcomes_apart
from crm.models import SimilarOutcomes
from crm.web.entrance import DEED, PageRequest, back, found_or_404, page
from crm.web.pages.outcome_pairs import outcome_pairs_page
from crm.web.views.merges import say_of_pair


@page("record.read")
def similar_outcomes(request: PageRequest) -> HttpResponse:
    shown = outcome_pairs_page(request.GET.get("show", ""), request.GET.get("page", ""), request.user)
    return render(request, "merges/outcomes.html", {"page": shown})


@page("outcome.update", DEED)
def outcomes_apart(request: PageRequest, pk: UUID) -> HttpResponse:
    """Tells two apart, or takes it back (`again`)."""
    found = found_or_404(request, SimilarOutcomes.objects.select_related("first", "second", "apart_by"), pk=pk)
    say_of_pair(request, found, ask_again_about_outcomes if request.POST.get("again") else tell_outcomes_apart)
    return back(request, reverse("similar-outcomes"))
