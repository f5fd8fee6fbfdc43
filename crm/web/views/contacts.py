"""People at organisations. They are shown only when asked for, with a purpose, and the showing is logged; who asks to
be removed is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from crm.actions.organisations import record_contact
from crm.actions.personal_data import disclose, remove_person
from crm.models import Contact, Organisation
from crm.web.entrance import FORM, PageRequest, caller, page
from crm.web.forms.organisations import ContactForm, DiscloseForm, RemovePersonForm
from crm.web.pages.organisations import shown_contact
from crm.web.refusals import done


@page("contact.record", FORM)
def contact_new(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    form = ContactForm(request.POST or None)
    if request.method == "POST":
        saved = form.already_saved() or done(
            form, lambda: record_contact(caller(request), organisation=found, **form.values())
        )
        if saved:
            messages.success(request, _("The contact was saved."))
            return redirect("organisation", pk)
    return render(request, "organisations/contact_form.html", {"form": form, "organisation": found})


@page("personal_data.disclose", FORM)
def contact_show(request: PageRequest, pk: UUID) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.select_related("organisation"), pk=pk)
    form = DiscloseForm(request.POST or None)
    shown = None
    if request.method == "POST" and done(
        form, lambda: disclose(caller(request), contact, form.cleaned_data["purpose"])
    ):
        shown = shown_contact(contact)
    context = {"form": form, "organisation": contact.organisation, "shown": shown}
    response = render(request, "organisations/contact.html", context)
    add_never_cache_headers(response)
    return response


@page("contact.remove", FORM)
def contact_remove(request: PageRequest, pk: UUID) -> HttpResponse:
    """Takes the person out for good, history included."""
    contact = get_object_or_404(Contact.objects.select_related("organisation"), pk=pk, purged_at=None)
    form = RemovePersonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: remove_person(caller(request), contact, form.cleaned_data["reason"])
    ):
        messages.success(request, _("The person was removed."))
        return redirect("organisation", contact.organisation_id)
    context = {"form": form, "organisation": contact.organisation}
    return render(request, "organisations/contact_remove.html", context)
