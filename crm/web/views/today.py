"""The day's page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.web.entrance import PageRequest, page
from crm.web.entrance import today as day
from crm.web.pages.links import Link
from crm.web.pages.today import outcome_lists, today_page
from crm.web.views.later import later


@page("record.read")
def today(request: PageRequest) -> HttpResponse:
    shown: dict[str, Any] = {"page": today_page(request.user, day())}
    if "whole" in request.GET:
        shown["lists"] = outcome_lists(request.user)
    return render(request, "today/today.html", shown)


@page("record.read")
def today_outcomes(request: PageRequest) -> HttpResponse:
    """The outcomes that lack something."""
    place = Link(_("Today"), reverse("today"))
    return later(request, place, "today/_outcomes.html", {"lists": outcome_lists(request.user)})
