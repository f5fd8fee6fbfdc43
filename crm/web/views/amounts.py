"""What an amount was understood as, while it is being typed."""

from django.http import HttpResponse
from django.shortcuts import render

from crm.values.measures import Measure
from crm.values.money import AmountError, echo, parse_amount
from crm.web.entrance import PageRequest, page
from crm.web.forms.amounts import refusal
from crm.web.text import language


@page("record.read")
def amount_echo(request: PageRequest) -> HttpResponse:
    text = request.GET.get("text") or request.GET.get("amount") or ""
    understood = refused = ""
    if text.strip() and request.GET.get("measure") != Measure.JOBS:
        try:
            understood = echo(parse_amount(text), language())
        except AmountError as error:
            refused = refusal(error)
    return render(request, "amounts/echo.html", {"understood": understood, "refused": refused})
