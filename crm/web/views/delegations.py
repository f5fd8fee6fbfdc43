"""Delegations: the list, giving one, ending one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.delegations import end_delegation, give_delegation, resume_delegation
from crm.models import Delegation
from crm.web.entrance import DEED, FORM, PageRequest, back, caller, page, today
from crm.web.forms.delegations import DelegationForm, EndForm
from crm.web.pages.delegations import delegations_page
from crm.web.refusals import REFUSED, done, messages_of
from crm.web.undoing import tell_with_undo


@page("record.read")
def delegations(request: PageRequest) -> HttpResponse:
    return render(request, "delegations/list.html", {"page": delegations_page(request.user, today())})


@page("delegation.give", FORM)
def delegation_new(request: PageRequest) -> HttpResponse:
    initial = {"giver": request.user.pk, "from_on": today()}
    form = DelegationForm(request.POST or None, reader=request.user, initial=initial)
    if request.method == "POST" and (form.already_saved() or _give(request, form)):
        messages.success(request, _("The delegation was saved."))
        return redirect("delegations")
    return render(request, "delegations/form.html", {"form": form})


def _give(request: PageRequest, form: DelegationForm) -> bool:
    return done(form, lambda: give_delegation(caller(request), **form.values()))


@page("delegation.give", DEED)
def delegation_end(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Delegation, pk=pk)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            end_delegation(caller(request), found, version=form.cleaned_data["version"])
            tell_with_undo(request, _("The delegation was ended."), reverse("delegation-resume", args=[pk]))
        except REFUSED as refusal:
            messages.error(request, messages_of(refusal))
    return redirect("delegations")


@page("delegation.give", DEED)
def delegation_resume(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Delegation, pk=pk)
    try:
        resume_delegation(caller(request), found)
        messages.success(request, _("The delegation goes on."))
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    return back(request, reverse("delegations"))
