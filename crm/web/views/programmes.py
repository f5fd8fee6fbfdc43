"""Programmes and pledges."""

from django.http import HttpResponse
from django.shortcuts import render

from crm.web.entrance import PageRequest, page
from crm.web.pages.programmes import programmes_page


@page("record.read")
def programmes(request: PageRequest) -> HttpResponse:
    return render(request, "programmes/list.html", {"lines": programmes_page()})
