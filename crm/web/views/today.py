"""The day's page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.web.entrance import PageRequest, page
from crm.web.entrance import today as day
from crm.web.pages.links import Link
from crm.web.pages.today import OutcomeList, outcome_lists, today_page, whose_day
from crm.web.views.later import later


@page("record.read")
def today(request: PageRequest) -> HttpResponse:
    shown: dict[str, Any] = {"page": today_page(request.user, day(), _whose(request))}
    if "whole" in request.GET:
        shown["lists"] = _lists(request)
    return render(request, "today/today.html", shown)


@page("record.read")
def today_outcomes(request: PageRequest) -> HttpResponse:
    """The outcomes that lack something."""
    place = Link(_("Today"), reverse("today"))
    return later(request, place, "today/_outcomes.html", {"lists": _lists(request)})


def _lists(request: PageRequest) -> tuple[OutcomeList, ...]:
    return outcome_lists(request.user, _whose(request))


def _whose(request: PageRequest) -> str:
    return whose_day(request.user, request.GET.get("whose", ""))
