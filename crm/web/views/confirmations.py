"""Asking a partner by a one-time link, and closing a link."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.confirmations import ask_partner, revoke_link
from crm.models import Outcome, PartnerConfirmation
from crm.web.entrance import DEED, FORM, PageRequest, caller, found_or_404, page
from crm.web.forms.confirmations import AskForm
from crm.web.refusals import REFUSED, attempt, messages_of


@page("confirmation.ask", FORM)
def confirmation_new(request: PageRequest, pk: UUID) -> HttpResponse:
    """Makes a link and shows it this once: it cannot be shown again, only replaced. Who clicks twice sees the one that
    the first click made."""
    outcome = found_or_404(request, Outcome, pk=pk)
    form = AskForm(request.POST or None, outcome=outcome)
    if request.method == "POST" and form.is_valid():
        # The second of two at once waits for the first, is refused, and finds what the first has made.
        made = (
            form.already_made(request.user)
            or attempt(form, lambda: ask_partner(caller(request), outcome, **form.asked()))
            or form.already_made(request.user)
        )
        if made is not None:
            link, token = made
            address = request.build_absolute_uri(reverse("partner", args=[token]))
            given = render(request, "confirmations/given.html", {"outcome": outcome, "link": link, "address": address})
            given["Cache-Control"] = "no-store"
            return given
    return render(request, "confirmations/form.html", {"form": form, "outcome": outcome})


@page("confirmation.revoke", DEED)
def confirmation_revoke(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, PartnerConfirmation.objects.select_related("outcome"), pk=pk)
    try:
        revoke_link(caller(request), found)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    else:
        messages.success(request, _("The link was revoked."))
    return redirect("outcome", found.outcome_id)
