"""What was put away: the list, and putting records away and bringing them back. Outcomes, whose figures go and come
with them, have their own pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import consultations, demonstrations, documents, events, organisations, pitches
from crm.actions.base import Caller
from crm.models import (
    Consultation,
    Demonstration,
    Document,
    Event,
    EventClaim,
    Organisation,
    OrganisationAlias,
    Participation,
    PitchEntry,
    Record,
)
from crm.web.entrance import DEED, FORM, PageRequest, back, caller, came_from, found_or_404, page, today
from crm.web.forms.outcomes import ArchiveForm
from crm.web.pages.archive import archive_page, place_of
from crm.web.refusals import REFUSED, done, messages_of
from crm.web.undoing import tell_with_undo

Act = Callable[[Caller, Any], object]
ActWithReason = Callable[[Caller, Any, str], object]
Page = Callable[..., HttpResponseBase]
_LEAVES: Final = gettext_lazy("It leaves the working lists. Nothing is deleted, and it can be brought back.")


@page("record.read")
def archive(request: PageRequest) -> HttpResponse:
    asked = request.GET.get("q", "")[:200], request.GET.get("show", ""), request.GET.get("page", "")
    return render(request, "archive/list.html", {"page": archive_page(*asked, request.user, today())})


@dataclass(frozen=True, slots=True)
class Ways:
    """How records of a kind are put away and brought back. What asks no reason is done at a click; `told`: what the
    page on which the reason is given says beforehand."""

    verb: str
    away: Act | None = None
    away_because: ActWithReason | None = None
    back: Act | None = None
    back_because: ActWithReason | None = None
    back_verb: str = ""
    told: Promise = _LEAVES


WAYS: Final[dict[type[Record], Ways]] = {
    Event: Ways("event.update", away_because=events.archive_event, back=events.restore_event),
    EventClaim: Ways(
        "event.claim",
        away_because=events.archive_claim,
        back=events.restore_claim,
        told=gettext_lazy(
            "It leaves what sources say about the event. A claim that is wrong, but was made, is better left beside the"
            " right one. Nothing is deleted."
        ),
    ),
    Participation: Ways("participation.update", away=events.archive_participation, back=events.restore_participation),
    Consultation: Ways(
        "consultation.update",
        away_because=consultations.archive_consultation,
        back=consultations.restore_consultation,
        told=gettext_lazy(
            "It leaves the lists, and its number and amounts leave the totals by reversal. Nothing is deleted."
        ),
    ),
    Document: Ways(
        "document.update",
        away_because=documents.archive_document,
        back=documents.restore_document,
        told=gettext_lazy("It leaves the evidence. The file is kept, and it can be brought back."),
    ),
    Organisation: Ways("organisation.update", back=organisations.restore_organisation),
    OrganisationAlias: Ways("organisation.update", away=organisations.archive_alias, back=organisations.restore_alias),
    Demonstration: Ways(
        "record.archive",
        away_because=demonstrations.archive_demonstration,
        back_because=demonstrations.restore_demonstration,
        back_verb="record.restore",
    ),
    PitchEntry: Ways(
        "record.archive",
        away_because=pitches.archive_pitch,
        back_because=pitches.restore_pitch,
        back_verb="record.restore",
    ),
}


def put_away(model: type[Record], restore: str) -> Page:
    """The page that puts records of this kind away. `restore`: the page that undoes it."""
    ways = WAYS[model]
    because, act = ways.away_because, ways.away

    @page(ways.verb, FORM if because else DEED)
    def away(request: PageRequest, pk: UUID) -> HttpResponse:
        record = found_or_404(request, model, pk=pk)
        if because is not None:
            return _sheet(request, record, because, restore)
        assert act is not None
        return _click(request, record, act, restore)

    return away


def bring_back(model: type[Record]) -> Page:
    """The page that brings records of this kind back."""
    ways = WAYS[model]
    because, act = ways.back_because, ways.back

    @page(ways.back_verb or ways.verb, FORM if because else DEED)
    def again(request: PageRequest, pk: UUID) -> HttpResponse:
        record = found_or_404(request, model, pk=pk)
        if because is not None:
            return _sheet(request, record, because, "")
        assert act is not None
        return _click(request, record, act, "")

    return again


def _click(request: PageRequest, record: Record, act: Act, restore: str) -> HttpResponse:
    try:
        act(caller(request), record)
        _tell(request, record, restore)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    return back(request, place_of(record).address)


def _sheet(request: PageRequest, record: Record, act: ActWithReason, restore: str) -> HttpResponse:
    form, where = ArchiveForm(request.POST or None), place_of(record)
    if request.method == "POST":
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        if done(form, lambda: act(caller(request, reason), record, reason)):
            _tell(request, record, restore)
            return back(request, where.address)
    shown = {"form": form, "link": where, "is_back": not restore, "told": WAYS[type(record)].told}
    return render(request, "archive/sheet.html", {**shown, "came_from": came_from(request)})


def _tell(request: PageRequest, record: Record, restore: str) -> None:
    """`restore` is empty where it was brought back."""
    if not restore:
        messages.success(request, _("It is back."))
        return
    # The way back of what took a reason asks one as well.
    tell_with_undo(request, _("It was archived."), reverse(restore, args=[record.pk]), {"reason": _("Undone at once")})
