"""The day's page."""

from django.http import HttpResponse
from django.shortcuts import render

from crm.web.entrance import PageRequest, page
from crm.web.entrance import today as day
from crm.web.pages.today import today_page


@page("record.read")
def today(request: PageRequest) -> HttpResponse:
    return render(request, "today/today.html", {"page": today_page(request.user, day())})
