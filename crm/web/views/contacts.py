"""People at organisations. They are shown only when asked for, with a purpose, and the showing is logged; who is shown
is corrected there, and who asks to be removed is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from crm.actions.base import Conflict
from crm.actions.organisations import record_contact, update_contact
from crm.actions.personal_data import disclose, remove_person
from crm.models import Contact, Organisation
from crm.permissions import may
from crm.queries.timeline import as_it_was
from crm.values.numbers import number_in
from crm.web.entrance import DEED, FORM, PageRequest, caller, page
from crm.web.forms.organisations import ContactForm, DiscloseForm, RemovePersonForm
from crm.web.pages.history import history_lines
from crm.web.pages.organisations import shown_contact
from crm.web.refusals import REFUSED, done, messages_of
from crm.web.undoing import tell_with_undo
from crm.web.views.leading_on import led_on


@page("contact.record", FORM)
def contact_new(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    if request.method != "POST" and (on := led_on(request, found, "contact-new")):
        return on
    form = ContactForm(request.POST or None)
    current = found.current()
    if request.method == "POST":
        saved = form.already_saved() or done(
            form, lambda: record_contact(caller(request), organisation=current, **form.values())
        )
        if saved:
            messages.success(request, _("The contact was saved."))
            return redirect("organisation", pk)
    return render(request, "organisations/contact_form.html", {"form": form, "organisation": current})


@page("personal_data.disclose", FORM)
def contact_show(request: PageRequest, pk: UUID) -> HttpResponse:
    """Asks for the purpose, then shows the person, what was changed of it, and the form that corrects it."""
    contact = _found(pk)
    if contact.purged_at is not None:
        return _is_gone(request, contact)
    purpose = _("To correct the contact") if "correct" in request.GET else ""
    form = DiscloseForm(request.POST or None, initial={"purpose": purpose})
    if request.method == "POST" and done(
        form, lambda: disclose(caller(request), contact, form.cleaned_data["purpose"])
    ):
        more = {"shown": shown_contact(contact), "history": history_lines(contact)}
        return _kept_nowhere(request, contact, ContactForm(record=contact), **more)
    return _kept_nowhere(request, contact, form)


@page("contact.update", FORM)
def contact_edit(request: PageRequest, pk: UUID) -> HttpResponse:
    """Where the form that stands beside the person is sent. Nobody comes to it without having said what for."""
    contact = _found(pk)
    if request.method != "POST" or contact.purged_at is not None:
        return redirect(f"{reverse('contact-show', args=[pk])}?correct")
    form = ContactForm(request.POST, record=contact)
    seen = contact.version
    version = form.cleaned_data["version"] if form.is_valid() else None
    if done(form, lambda: update_contact(caller(request), contact, version=version, **form.values())):
        told, undo = _("The contact was saved."), reverse("contact-put-back", args=[pk])
        if contact.version == seen:
            messages.success(request, told)
        else:
            # The version alone: what stood there before is personal data, and messages travel in a cookie.
            tell_with_undo(request, told, undo, {"version": contact.version})
        return redirect("organisation", contact.organisation_id)
    if form.meanwhile:
        disclose(caller(request), contact, _("Changed by somebody else during the correction"))
    return _kept_nowhere(request, contact, form, is_wrong=True)


@page("contact.update", DEED)
def contact_put_back(request: PageRequest, pk: UUID) -> HttpResponse:
    """Undoes the correction that made this version, where nothing else was changed since."""
    contact, seen = _found(pk), number_in(request.POST.get("version", ""), -1)
    before = as_it_was(contact, seen - 1)
    try:
        if before is None:
            raise Conflict(_("This can no longer be undone."))
        told = {name: getattr(before, name) for name in ContactForm.columns}
        told["phone"] = before.phone_as_typed or before.phone
        update_contact(caller(request, _("Undone at once")), contact, version=seen, **told)
        messages.success(request, _("The contact is as it was before."))
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    return redirect("organisation", contact.organisation_id)


@page("contact.remove", FORM)
def contact_remove(request: PageRequest, pk: UUID) -> HttpResponse:
    """Takes the person out for good, history included."""
    contact = _found(pk)
    if contact.purged_at is not None:
        return _is_gone(request, contact)
    form = RemovePersonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: remove_person(caller(request), contact, form.cleaned_data["reason"])
    ):
        messages.success(request, _("The person was removed."))
        return redirect("organisation", contact.organisation_id)
    context = {"form": form, "organisation": contact.organisation}
    return render(request, "organisations/contact_remove.html", context)


def _found(pk: UUID) -> Contact:
    return get_object_or_404(Contact.objects.select_related("organisation"), pk=pk)


def _is_gone(request: PageRequest, contact: Contact) -> HttpResponse:
    """Nobody is asked what for, where there is nobody left to be shown."""
    messages.info(request, _("This person was removed for good."))
    return redirect("organisation", contact.organisation_id)


def _kept_nowhere(request: PageRequest, contact: Contact, form: Any, **more: Any) -> HttpResponse:
    """The person's page, of which no browser keeps a copy."""
    is_there = contact.purged_at is None
    rights = {
        "may_correct": is_there and may(request.user, "contact.update", contact),
        "may_remove": is_there and may(request.user, "contact.remove", contact),
    }
    shown = {"form": form, "contact": contact, "organisation": contact.organisation, **rights, **more}
    response = render(request, "organisations/contact.html", shown)
    add_never_cache_headers(response)
    return response
