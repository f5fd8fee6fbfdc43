"""What was put away: the list, and putting demonstrations and pitches away and bringing them back. Outcomes, whose
figures go and come with them, have their own pages."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from crm.actions.base import Caller
from crm.actions.demonstrations import archive_demonstration, restore_demonstration
from crm.actions.pitches import archive_pitch, restore_pitch
from crm.models import Demonstration, PitchEntry
from crm.web.entrance import FORM, PageRequest, caller, found_or_404, page
from crm.web.forms.outcomes import ArchiveForm
from crm.web.pages.archive import archive_page
from crm.web.pages.chains import linked
from crm.web.refusals import done

Act = Callable[[Caller, Any, str], object]


@page("record.read")
def archive(request: PageRequest) -> HttpResponse:
    asked = request.GET.get("q", "")[:200], request.GET.get("show", ""), request.GET.get("page", "")
    return render(request, "archive/list.html", {"page": archive_page(*asked, request.user)})


@page("record.archive", FORM)
def demonstration_archive(request: PageRequest, pk: UUID) -> HttpResponse:
    return _away(request, found_or_404(request, Demonstration, pk=pk), archive_demonstration)


@page("record.restore", FORM)
def demonstration_restore(request: PageRequest, pk: UUID) -> HttpResponse:
    return _back(request, found_or_404(request, Demonstration, pk=pk), restore_demonstration)


@page("record.archive", FORM)
def pitch_archive(request: PageRequest, pk: UUID) -> HttpResponse:
    return _away(request, found_or_404(request, PitchEntry, pk=pk), archive_pitch)


@page("record.restore", FORM)
def pitch_restore(request: PageRequest, pk: UUID) -> HttpResponse:
    return _back(request, found_or_404(request, PitchEntry, pk=pk), restore_pitch)


def _away(request: PageRequest, record: Demonstration | PitchEntry, act: Act) -> HttpResponse:
    return _sheet(request, record, act, is_back=False, said=_("It was archived."))


def _back(request: PageRequest, record: Demonstration | PitchEntry, act: Act) -> HttpResponse:
    return _sheet(request, record, act, is_back=True, said=_("It is back."))


def _sheet(
    request: PageRequest, record: Demonstration | PitchEntry, act: Act, *, is_back: bool, said: str
) -> HttpResponse:
    form, where = ArchiveForm(request.POST or None), linked(record)
    if request.method == "POST":
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        if done(form, lambda: act(caller(request, reason), record, reason)):
            messages.success(request, said)
            return redirect(where.address)
    return render(request, "archive/sheet.html", {"form": form, "link": where, "is_back": is_back})
