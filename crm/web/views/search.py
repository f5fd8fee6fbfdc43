"""Search everywhere, as a page and, while something is typed, as its inner part."""

from django.http import HttpResponse
from django.shortcuts import render

from crm.web.entrance import PageRequest, page
from crm.web.pages.search import search_page

LONGEST = 200


@page("record.read")
def search(request: PageRequest) -> HttpResponse:
    found = search_page(request.GET.get("q", "")[:LONGEST], request.user)
    template = "search/_found.html" if request.headers.get("HX-Request") else "search/search.html"
    return render(request, template, {"page": found})
