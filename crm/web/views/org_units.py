"""Org units."""

from django.http import HttpResponse
from django.shortcuts import render

from crm.web.entrance import PageRequest, page
from crm.web.pages.org_units import org_units_page


@page("record.read")
def org_units(request: PageRequest) -> HttpResponse:
    return render(request, "org_units/list.html", {"lines": org_units_page()})
