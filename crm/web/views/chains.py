"""Saying that one record came of another, and taking that back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.chains import link_chain, restore_link, unlink_chain
from crm.models import ChainLink, Outcome, PitchEntry
from crm.permissions import may
from crm.queries.chains import Linked, cause_of, effect_of, record_at
from crm.web.entrance import DEED, FORM, PageRequest, back, caller, found_or_404, page
from crm.web.forms.chains import LinkForm
from crm.web.forms.pitches import ReasonForm
from crm.web.pages.chains import linked
from crm.web.refusals import REFUSED, done, messages_of
from crm.web.undoing import tell_with_undo


@page("chain.link", FORM)
def chain_new(request: PageRequest) -> HttpResponse:
    """`of` is the record that the link is added to, `way` which end is chosen: what came of it (`after`) or what it
    came of (`before`); `q` narrows the choice."""
    record = _of(request, request.GET.get("of", ""))
    is_after, text = request.GET.get("way") != "before", request.GET.get("q", "")[:200]
    form = LinkForm(request.POST or None, record=record, is_after=is_after, text=text, reader=request.user)
    place = linked(record)
    if request.method == "POST" and (
        _is_sent_again(form) or done(form, lambda: _link(request, form, record, is_after))
    ):
        messages.success(request, _("The link was saved."))
        return redirect(place.address)
    context = {"form": form, "place": place, "is_after": is_after, "text": text, "of": request.GET.get("of", "")}
    return render(request, "chains/form.html", context)


@page("chain.link", FORM)
def chain_remove(request: PageRequest, pk: UUID) -> HttpResponse:
    link = found_or_404(request, ChainLink.objects.select_related(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        if done(form, lambda: unlink_chain(caller(request, reason), link, reason)):
            told = _("The link was taken away; it stays in the history.")
            tell_with_undo(request, told, reverse("chain-restore", args=[pk]))
            return redirect(linked(effect_of(link)).address)
    return render(
        request,
        "chains/remove.html",
        {"form": form, "cause": linked(cause_of(link)), "effect": linked(effect_of(link))},
    )


@page("chain.link", DEED)
def chain_restore(request: PageRequest, pk: UUID) -> HttpResponse:
    link = found_or_404(request, ChainLink, pk=pk)
    try:
        restore_link(caller(request), link)
        messages.success(request, _("The link stands again."))
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    return back(request, linked(effect_of(link)).address)


def _of(request: PageRequest, named: str) -> Linked:
    kind, _colon, pk = named.partition(":")
    try:
        found = record_at(kind, UUID(pk))
    except ValueError as error:
        raise Http404 from error
    if found is None or not may(request.user, "record.read", found):
        raise Http404
    return found


def _is_sent_again(form: LinkForm) -> bool:
    return form.is_valid() and ChainLink.objects.filter(pk=form.cleaned_data["id"]).exists()


def _link(request: PageRequest, form: LinkForm, record: Linked, is_after: bool) -> ChainLink:
    typed = form.cleaned_data
    cause, effect = (record, typed["other"]) if is_after else (typed["other"], record)
    ends: dict[str, Any] = {f"from_{_end(cause)}": cause, f"to_{_end(effect)}": effect}
    form.error_places = dict.fromkeys(ends, "other")  # type: ignore[misc]
    return link_chain(caller(request), **ends, note=typed["note"], id=typed["id"])


def _end(record: Linked) -> str:
    if isinstance(record, Outcome):
        return "outcome"
    return "pitch" if isinstance(record, PitchEntry) else "demonstration"
