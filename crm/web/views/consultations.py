"""Consultations: putting one right."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.consultations import correct_consultation
from crm.models import Consultation
from crm.web.entrance import FORM, PageRequest, back, caller, came_from, found_or_404, page
from crm.web.forms.consultations import ConsultationForm
from crm.web.refusals import done


@page("consultation.update", FORM)
def consultation(request: PageRequest, pk: UUID) -> HttpResponse:
    """What was recorded of a sitting. Its amounts are corrected by reversal, which takes a reason."""
    found = found_or_404(request, Consultation.objects.select_related("event", "exhibitor", "buyer"), pk=pk)
    if found.archived_at is not None:
        return redirect("event", found.event_id)
    form = ConsultationForm(request.POST or None, record=found)
    if request.method == "POST" and done(form, lambda: _correct(request, found, form)):
        messages.success(request, _("The consultation was saved."))
        return back(request, reverse("event", args=[found.event_id]))
    return render(
        request, "consultations/form.html", {"form": form, "consultation": found, "came_from": came_from(request)}
    )


def _correct(request: PageRequest, found: Consultation, form: ConsultationForm) -> Consultation:
    typed = form.cleaned_data
    told = {"reason": typed["reason"], "version": typed["version"]}
    return correct_consultation(caller(request, typed["reason"]), found, form.said(), **told, **form.values())
