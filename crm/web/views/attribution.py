"""Stating which events and units an outcome falls to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from crm.actions.attribution import attribute_outcome
from crm.models import Outcome
from crm.web.entrance import FORM, PageRequest, caller, found_or_404, page
from crm.web.forms.attribution import AttributionForm
from crm.web.refusals import done


@page("outcome.attribute", FORM)
def attribution(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, Outcome, pk=pk)
    form = AttributionForm(request.POST or None, outcome=found)
    if request.method == "POST" and done(
        form,
        lambda: attribute_outcome(caller(request), found, form.shares(), version=form.cleaned_data["version"]),
    ):
        messages.success(request, _("The shares were saved."))
        return redirect("outcome", pk)
    return render(request, "attribution/form.html", {"form": form, "outcome": found})
